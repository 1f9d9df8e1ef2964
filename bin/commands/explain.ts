import { fine, json, textOf, type Run } from '#bin/command';
import { pickOption, pickScenario, type PickedOption } from '#bin/input/pick-option';
import { asOfDate } from '#bin/flags/as-of-date';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { rateOf } from '#bin/input/stated-currency';
import { weighedNodes } from '#lib/compare/weighed-nodes';
import { explain, explainablePaths } from '#lib/cost/explain/explain';
import { amountsInCurrency } from '#lib/cost/in-currency';
import { LandfallError } from '#lib/errors/landfall-error';
import { citedSources, explainScreen } from '#lib/report/screens/explain-screen';
import { screenIn } from '#lib/report/in-currency';
import { explanationAmounts } from '#lib/report/usd-amounts';
import { renderText } from '#lib/report/text';
import type { Environment } from '#lib/spec/schema/environment';

export const run: Run = ([path = '', number], flags, surroundings) => {
  const asOf = asOfDate(flags, surroundings);
  const { environment, catalog } = openedEnvironment(path, flags);
  const scenario = pickScenario(environment, path, textOf(flags, 'scenario'));
  const option = optionOf(number, environment, path, scenario);
  const isWhole = number === option || number === `${option}.monthly`;
  const picked = pickOption({ environment, path, catalog, asOf, scenario, option, otherwise: isWhole });
  if (number === undefined) return fine(`${explainablePaths(picked.estimate, picked.plan).join('\n')}\n`);
  const { plan, estimate, otherwise } = picked;
  const notes = isWhole ? plan.notes : [];
  const explanation = explain(estimate, plan, fullPath(number, option, picked));
  const sources = catalog.sources();
  const nodes = isWhole ? weighedNodes(environment, catalog, plan) : null;
  const rate = rateOf(flags, catalog, environment.finance);
  if (flags['json']) {
    const head = { schema: 'landfall/explanation/v1', environment: environment.name, scenario, asOf };
    const cited = citedSources(explanation).flatMap((id) => sources.get(id) ?? []);
    const said = { ...head, ...explanation, ...(isWhole ? { otherwise, nodes, notes } : {}), sources: cited };
    return fine(
      json(
        rate === undefined
          ? said
          : { ...said, inCurrency: amountsInCurrency(explanationAmounts(explanation), rate) },
      ),
    );
  }
  const screen = screenIn({ explanation, otherwise, nodes, notes }, rate, (shown) =>
    explainScreen(shown.explanation, {
      path,
      scenario: Object.keys(environment.scenarios).length > 1 ? scenario : undefined,
      sources,
      hasServer: plan.serving !== null,
      otherwise: shown.otherwise,
      nodes: shown.nodes,
      notes: shown.notes,
    }),
  );
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};

/** A path starts with its option; without a path it is the option that `deploy` names. */
function optionOf(
  number: string | undefined,
  { deploy, options }: Environment,
  path: string,
  scenario: string,
) {
  const named = number === undefined ? deploy[scenario] : number.split('.')[0];
  if (named !== undefined) return named;
  throw new LandfallError({
    code: 'UNKNOWN_PATH',
    at: 'landfall explain',
    expected: `the path of a number of ${path}`,
    fix: `write <option>.monthly; options: ${Object.keys(options).join(', ')}`,
  });
}

/** `eks` means `eks.monthly`, and `eks.gpu-nodes.instance` the line of that key. */
function fullPath(number: string, option: string, { estimate, plan }: PickedOption): string {
  if (number === option) return `${option}.monthly`;
  const line = `${option}.lines.${number.slice(option.length + 1)}`;
  return explainablePaths(estimate, plan).includes(line) ? line : number;
}
