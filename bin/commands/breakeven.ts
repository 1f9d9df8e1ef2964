import { fine, json, textOf, type Run } from '#bin/command';
import { knownOption, pickScenario } from '#bin/input/pick-option';
import { readEnvironment } from '#bin/input/read-input';
import { withAmounts } from '#bin/input/stated-currency';
import { breakEven } from '#lib/decision/break-even';
import { BREAK_EVEN_OVER } from '#lib/decision/break-even-point';
import { breakEvenScreen } from '#lib/report/screens/breakeven-screen';
import { asAsked } from '#bin/output/quiet';
import { screenIn } from '#lib/report/in-currency';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';
import { breakEvenAmounts } from '#lib/report/usd-amounts';

export const run: Run = ([path = '', a = '', b = ''], flags, surroundings) => {
  const { environment, catalog, asOf } = readEnvironment(path, flags, surroundings);
  for (const id of [a, b]) knownOption(id, environment, path);
  const scenarioId = pickScenario(environment, path, textOf(flags, 'scenario'));
  const over = BREAK_EVEN_OVER.find((one) => one === textOf(flags, 'over'));
  const computed = breakEven({ environment, scenarioId, catalog, asOf, a, b, over });
  const document = withAmounts(computed, breakEvenAmounts, flags, catalog, environment.finance);
  if (flags['json']) return fine(json(document));
  const screen = asAsked(
    screenIn(document, document.inCurrency, (shown) => breakEvenScreen(shown, path)),
    flags,
  );
  return fine(
    flags['markdown']
      ? renderMarkdown(screen)
      : renderText(screen, { ...surroundings, wide: flags['wide'] === true }),
  );
};
