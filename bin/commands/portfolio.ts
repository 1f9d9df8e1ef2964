import { EXIT, fine, json, type Run } from '#bin/command';
import { asOfDate } from '#bin/input/read-input';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { sentenceCurrency, withAmounts } from '#bin/input/stated-currency';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { asAsked } from '#bin/output/quiet';
import { screenIn } from '#lib/report/in-currency';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { portfolioScreen } from '#lib/report/screens/portfolio-screen';
import { renderText } from '#lib/report/text';
import { portfolioAmounts } from '#lib/report/usd-amounts';

export const run: Run = ([path = ''], flags, surroundings) => {
  const { environment, catalog } = openedEnvironment(path, flags);
  const made = makePortfolio({
    environment,
    catalog,
    asOf: asOfDate(flags, surroundings),
    currency: sentenceCurrency(flags, catalog, environment.finance),
  });
  const portfolio = withAmounts(made, portfolioAmounts, flags, catalog, environment.finance);
  const screen = () =>
    asAsked(
      screenIn(portfolio, portfolio.inCurrency, (shown) => portfolioScreen(shown, path)),
      flags,
    );
  const outcome = flags['json']
    ? fine(json(portfolio))
    : flags['markdown']
      ? fine(renderMarkdown(screen()))
      : fine(renderText(screen(), { ...surroundings, wide: flags['wide'] === true }));
  if (portfolio.status !== 'infeasible') return outcome;
  return { ...outcome, exitCode: EXIT.guardrail };
};
