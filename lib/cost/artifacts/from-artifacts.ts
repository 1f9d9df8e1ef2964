import type { ReadResource } from '#lib/artifacts/unresolved';
import type { Catalog } from '#lib/catalog/catalog';
import type { NodeSize } from '#lib/catalog/node-sizes';
import { referenceOfId, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import { artifactBill, type ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import { allocateNodes, allocationNotes } from '#lib/cost/kubernetes/allocation';
import { tooSmallNotes } from '#lib/cost/kubernetes/too-small';
import { nodePools, nodesAmong, type NodePool } from '#lib/cost/kubernetes/node-pools';
import type { BuyingContext } from '#lib/cost/kubernetes/offers';
import { boughtNodesNotes, nodesToBuy, type NodeType } from '#lib/cost/kubernetes/nodes-to-buy';
import { freeTierNotes, withFreeTier, type FreeTier } from '#lib/cost/artifacts/free-tier';
import { monthlyCash } from '#lib/cash/cash-flow';
import { cashFlowOf } from '#lib/cost/cash-need';
import type { Usage } from '#lib/cost/resources/usage';
import type { Estimate, LineItem, Reconciliation } from '#lib/cost/estimate';
import { priceAges } from '#lib/cost/price-age';
import { presenceNotes } from '#lib/cost/presence-note';
import { priceQuality } from '#lib/cost/price-quality';
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
  /** Takes AWS's free tier off the bill. @default - nothing is taken off */
  readonly freeTier?: FreeTier | undefined;
  /** True where the nodes of its pods are bought by contract, outside of the artifacts. @default false */
  readonly areNodesElsewhere?: boolean;
  /** Read where there are pods. */
  readonly nodeSizes: () => ReadonlyMap<string, NodeSize>;
  /** Read where pods ask for accelerators, and for the regions there are. */
  readonly catalog: BuyingContext['catalog'] & Pick<Catalog, 'awsRegions'>;
  /** Types of nodes that the user named without a number: as many as pods ask for. @default - none */
  readonly nodeTypes?: readonly NodeType[];
  /** What the bill is called by. */
  readonly head: Pick<Estimate, 'environment' | 'scenario' | 'option' | 'target'>;
  readonly reconciliation?: (bill: ArtifactBill) => Reconciliation;
}

/** The bill of synthesized resources: the second book, or the only one of an app that is not ours. */
export function estimateFromArtifacts(
  declared: readonly ReadResource[],
  context: ArtifactEstimateContext,
): { readonly estimate: Estimate; readonly bill: ArtifactBill } {
  const { asOf, horizonMonths, head } = context;
  const bought = nodesToBuy(declared, {
    ...context,
    areNodesElsewhere: context.areNodesElsewhere ?? false,
    nodeTypes: context.nodeTypes ?? [],
    standing: () => standingNodes(declared, context),
  });
  const resources = bought.nodes.length === 0 ? declared : [...declared, ...bought.nodes];
  const gross = artifactBill(resources, { ...context, regions: context.catalog.awsRegions, bought });
  const bill =
    context.freeTier === undefined ? gross : { ...gross, lines: withFreeTier(gross.lines, context.freeTier) };
  const allocation = allocateNodes(resources, bill.lines, context);
  const lines: LineItem[] = [];
  const unpriced: string[] = [];
  let open = 0;
  for (const { item, isByUse } of bill.lines) {
    lines.push(item);
    if (item.state === 'unpriced') unpriced.push(item.key);
    if (isByUse && item.monthlyUsd === null) open += 1;
  }
  const { priced, free, usage } = bill.counts;
  const references = new Map<string, PriceReference | null>();
  const priceOf = (_: LineItem, index: number) => {
    const id = bill.lines[index]?.priceId ?? null;
    if (id === null) return null;
    const known = references.get(id);
    if (known !== undefined) return known;
    const reference = referenceOfId(id);
    references.set(id, reference);
    return reference;
  };
  const ages = priceAges(lines, priceOf, context.prices, asOf);
  // Nothing of it grows and nothing is bought once: one month's sum is every month's.
  const totals = totalsOf(lines);
  const flat = monthlyCash(horizonMonths).map((share) => share * totals.tangibleMonthlyUsd);
  const estimate: Estimate = {
    schema: 'landfall/estimate/v1',
    // Field by field: of an estimate of the plan, its growth would come along.
    environment: head.environment,
    scenario: head.scenario,
    option: head.option,
    target: head.target,
    asOf,
    horizonMonths,
    lines,
    totals,
    cash: cashFlowOf([{ tangible: true, byMonthUsd: flat }], horizonMonths, 0),
    underuse: null,
    atLeast: unpriced.length > 0 || open > 0,
    unpriced,
    stale: ages.stale,
    notes: [
      `${resources.length} ${resources.length === 1 ? 'resource' : 'resources'}: ${priced} priced, ${usage} by use, ${free} free, ${bill.counts.unpriced} without a price`,
      ...(open === 0
        ? []
        : [
            open === 1
              ? '1 line depends on use that nobody stated: its unit price is known, its amount is not'
              : `${open} lines depend on use that nobody stated: their unit prices are known, their amounts are not`,
          ]),
      ...presenceNotes(resources),
      ...(bill === gross ? [] : freeTierNotes(bill.lines)),
      ...(allocation === null ? [] : allocationNotes(allocation)),
      ...(allocation === null ? [] : tooSmallNotes(resources, allocation, context)),
      ...boughtNodesNotes(bought),
      ...ages.notes,
    ],
    prices: priceQuality(lines),
    reconciliation: context.reconciliation?.(bill) ?? null,
    ...(allocation === null ? {} : { allocation }),
  };
  return { estimate, bill };
}

/** The nodes that the artifacts hold, billed apart, so that it is known which pods find room on them. */
function standingNodes(
  resources: readonly ReadResource[],
  context: ArtifactEstimateContext,
): readonly NodePool[] {
  const nodes = new Set(nodesAmong(resources));
  // Their launch templates say what they are.
  const referred = new Set([...nodes].flatMap(({ references }) => references));
  const { lines } = artifactBill(
    resources.filter((resource) => nodes.has(resource) || referred.has(resource.address)),
    context,
  );
  return nodePools(resources, lines, context.nodeSizes());
}
