import { fine, json, textOf, type Run } from '#bin/command';
import { pickScenario } from '#bin/input/pick-option';
import { asOfDate } from '#bin/input/read-input';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { sentenceCurrency, withAmounts } from '#bin/input/stated-currency';
import { asAsked } from '#bin/output/quiet';
import { screenIn } from '#lib/report/in-currency';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { routesScreen } from '#lib/report/screens/routes-screen';
import { renderText } from '#lib/report/text';
import { routesAmounts } from '#lib/report/usd-amounts';
import { compareRoutes } from '#lib/routes/compare-routes';

export const run: Run = ([path = ''], flags, surroundings) => {
  const asOf = asOfDate(flags, surroundings);
  const { environment, catalog } = openedEnvironment(path, flags);
  const scenarioId = pickScenario(environment, path, textOf(flags, 'scenario'));
  const scenario = environment.scenarios[scenarioId];
  if (scenario === undefined) throw new Error(`no scenario ${scenarioId} after it was picked`);
  const computed = compareRoutes({
    environment,
    catalog,
    asOf,
    scenarioId,
    scenario,
    currency: sentenceCurrency(flags, catalog, environment.finance),
  });
  const routes = withAmounts(computed, routesAmounts, flags, catalog, environment.finance);
  if (flags['json']) return fine(json(routes));
  const screen = asAsked(
    screenIn(routes, routes.inCurrency, (shown) => routesScreen(shown, path)),
    flags,
  );
  if (flags['markdown']) return fine(renderMarkdown(screen));
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
