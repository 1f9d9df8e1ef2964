import type { ReadResource } from '#lib/artifacts/unresolved';
import { referenceOfId, type PriceBook } from '#lib/catalog/prices';
import { artifactBill, type ArtifactBill, type ArtifactLine, type Usage } from '#lib/cost/artifact-bill';
import { monthlyCash } from '#lib/cost/cash-flow';
import { cashFlowOf } from '#lib/cost/cash-need';
import type { Estimate, LineItem, Reconciliation } from '#lib/cost/estimate';
import { priceAges } from '#lib/cost/price-age';
import { totalsOf } from '#lib/cost/totals';

export interface ArtifactEstimateContext {
  readonly prices: PriceBook;
  /** Day for which the bill is made: `2026-11-23`. */
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  /** Region of resources whose artifact does not say it. */
  readonly region: string;
  readonly usage: Usage;
  /** What the bill is called by. */
  readonly head: Pick<Estimate, 'environment' | 'scenario' | 'option' | 'target'>;
  readonly reconciliation?: (bill: ArtifactBill) => Reconciliation;
}

/** The bill of synthesized resources: the second book, or the only one of an app that is not ours. */
export function estimateFromArtifacts(
  resources: readonly ReadResource[],
  context: ArtifactEstimateContext,
): { readonly estimate: Estimate; readonly bill: ArtifactBill } {
  const { asOf, horizonMonths, head } = context;
  const bill = artifactBill(resources, { ...context, growthPerMonth: 0 });
  const lines = bill.lines.map(itemOf);
  const unpriced = lines.filter(({ state }) => state === 'unpriced').map(({ key }) => key);
  const open = bill.lines.filter(({ isByUse, monthlyUsd }) => isByUse && monthlyUsd === null).length;
  const { priced, free, usage } = bill.counts;
  const dated = bill.lines.map((line) => ({
    line,
    price: line.priceId === null ? null : referenceOfId(line.priceId),
  }));
  const ages = priceAges(dated, context.prices, asOf);
  const estimate: Estimate = {
    schema: 'landfall/estimate/v1',
    ...head,
    asOf,
    horizonMonths,
    lines,
    totals: totalsOf(lines),
    cash: cashFlowOf(
      lines.flatMap(({ tangible, monthlyUsd }) =>
        monthlyUsd === null
          ? []
          : [{ tangible, byMonthUsd: monthlyCash(horizonMonths).map((share) => share * monthlyUsd) }],
      ),
      horizonMonths,
      0,
    ),
    atLeast: unpriced.length > 0 || open > 0,
    unpriced,
    stale: ages.stale,
    notes: [
      `${resources.length} resources: ${priced} priced, ${usage} by use, ${free} free, ${bill.counts.unpriced} without a price`,
      ...(open === 0
        ? []
        : [
            `${open} lines depend on use that nobody stated: their unit prices are known, their amounts are not`,
          ]),
      ...ages.notes,
    ],
    reconciliation: context.reconciliation?.(bill) ?? null,
  };
  return { estimate, bill };
}

/** Without what only joins the books. */
function itemOf({
  address: _address,
  type: _type,
  priceId: _id,
  isByUse: _use,
  isFloor: _floor,
  ...line
}: ArtifactLine): LineItem {
  return line;
}
