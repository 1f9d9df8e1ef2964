import type { Catalog } from '#lib/catalog/catalog';
import type { Comparison, ScenarioComparison } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import { priceQuality } from '#lib/cost/price-quality';
import { addBands, mapBand } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** How old and how firm the prices behind all feasible rows are. Shares are shares of the monthly money. */
export function catalogSummary(
  estimates: readonly Estimate[],
  { snapshot, laidOver }: Pick<Catalog, 'snapshot' | 'laidOver'>,
): Comparison['catalog'] {
  return {
    ...priceQuality(estimates.flatMap((estimate) => estimate.lines)),
    snapshot,
    ...(laidOver === undefined ? {} : { laidOver }),
  };
}

/**
 * The option of each scenario, as `deploy` names it or else as recommended, and their cost together. The cost is `null`
 * when a chosen option does not fit or nothing fits: a sum that leaves a scenario out would be a wrong one.
 */
export function portfolioOf(
  scenarios: readonly ScenarioComparison[],
  deploy: Readonly<Record<string, string>>,
): Comparison['portfolio'] {
  const chosen = scenarios.map((scenario) => {
    const id = deploy[scenario.id] ?? scenario.recommended;
    return { scenario: scenario.id, id, row: scenario.options.find((row) => row.id === id) };
  });
  const costs = chosen.flatMap(({ row }) => row?.monthlyUsd ?? []);
  return {
    choice: Object.fromEntries(chosen.flatMap(({ scenario, id }) => (id === null ? [] : [[scenario, id]]))),
    monthlyUsd:
      costs.length < chosen.length || costs.length === 0 ? null : mapBand(addBands(costs), roundUsd),
    atLeast: chosen.some(({ row }) => row?.atLeast ?? false),
  };
}
