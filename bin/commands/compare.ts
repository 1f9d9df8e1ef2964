import { EXIT, fine, json, textOf, type Outcome, type Run } from '#bin/command';
import { compareFile } from '#bin/input/read-input';
import { withAmounts } from '#bin/input/stated-currency';
import { documentOrigin } from '#bin/output/document-origin';
import { heldTo } from '#bin/output/strict';
import { planKey } from '#lib/compare/compare';
import type { Comparison } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import { comparisonCsv } from '#lib/report/formats/comparison-csv';
import { comparisonScreen, SORT_ORDERS } from '#lib/report/screens/comparison-screen';
import { screenIn } from '#lib/report/in-currency';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';
import { comparisonAmounts } from '#lib/report/usd-amounts';

export const run: Run = ([path = ''], flags, surroundings) => {
  const { environment, catalog, estimates, root, ...compared } = compareFile(path, flags, surroundings);
  const comparison = withAmounts(compared.comparison, comparisonAmounts, flags, catalog, environment.finance);
  const sort = SORT_ORDERS.find((order) => order === textOf(flags, 'sort')) ?? 'cost';
  const screen = () =>
    screenIn(comparison, comparison.inCurrency, (shown) =>
      comparisonScreen(shown, {
        path,
        scenarios: environment.scenarios,
        sort,
        quiet: flags['quiet'] === true,
      }),
    );
  const outcome: Outcome = flags['json']
    ? fine(json({ ...comparison, madeBy: documentOrigin(root, catalog, feasible(comparison)) }))
    : flags['csv']
      ? fine(comparisonCsv(comparison))
      : flags['markdown']
        ? fine(renderMarkdown(screen()))
        : fine(renderText(screen(), { ...surroundings, wide: flags['wide'] === true }));
  if (flags['strict'] !== true) return outcome;
  const failed = comparison.scenarios.filter(
    ({ options }) => !options.some(({ feasible, atLeast }) => feasible && !atLeast),
  );
  if (failed.length === 0) return heldTo(outcome, recommendedBills(comparison, estimates));
  const ids = failed.map(({ id }) => id).join(', ');
  return {
    ...outcome,
    stderr: `--strict: no option fits and is fully priced for ${ids}\n`,
    exitCode: EXIT.guardrail,
  };
};

/** Each option that fits, with its scenario. */
function feasible({ scenarios }: Comparison): [scenario: string, option: string][] {
  return scenarios.flatMap(({ id, options }) =>
    options.filter((row) => row.feasible).map((row): [string, string] => [id, row.id]),
  );
}

function recommendedBills(comparison: Comparison, estimates: ReadonlyMap<string, Estimate>): Estimate[] {
  return comparison.scenarios.flatMap(({ id, recommended }) => {
    const estimate = recommended === null ? undefined : estimates.get(planKey(id, recommended));
    return estimate === undefined ? [] : [estimate];
  });
}
