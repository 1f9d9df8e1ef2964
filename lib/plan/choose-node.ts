import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { quantisesOnLoad } from '#lib/engines/quantising';
import { fewestGpus } from '#lib/plan/bounds';
import {
  billing,
  canCost,
  gpusOf,
  limitOf,
  type Candidate,
  type Choice,
  type Limit,
  type Misfits,
} from '#lib/plan/candidate-bill';
import { nativePrecision, unsupported } from '#lib/plan/candidates';
import { cheapestFirst, compareUsd, type Cost } from '#lib/plan/cheapest-first';
import type { LeastBills } from '#lib/plan/least-bill';
import { place, undominated } from '#lib/plan/place';
import { preferred } from '#lib/plan/preferred';
import type { Sizer } from '#lib/plan/sizer';
import { unpricedNodes, type UnpricedNode } from '#lib/plan/unpriced-nodes';
import type { OptionBill } from '#lib/plan/whole-bill';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { FabricOf } from '#lib/plan/node-fabric';
import type { NodeOffering } from '#lib/targets/offering';

/** What is the same for every candidate of an option. */
export type Load = Omit<ServingDemand, 'model' | 'accelerator' | 'gpusPerNode' | 'precision' | 'fabric'>;

export interface Wish {
  readonly model: Model;
  readonly precisions: readonly Precision[];
}

/** What candidates cost: the whole bill, and bounds below it that are quicker. */
export interface Bills extends LeastBills, Pick<OptionBill, 'whole'> {
  /** Prices of a node-hour by which offerings of one shape are compared; none of them lower is none the cheaper. */
  hoursUsd(offering: NodeOffering): readonly number[];
}

/** Where candidates may stand, and how replicas there reach each other's nodes. */
export interface Nodes {
  readonly offerings: readonly NodeOffering[];
  readonly fabricOf: FabricOf;
}

/** The chosen one, and what is known of the nodes that were not. */
export interface Chosen {
  readonly choice: Choice;
  /** No fleet on another node costs less, USD a month; infinite where there is none. */
  readonly othersFromUsd: number;
  /** Nodes without a price that would take far fewer accelerators. */
  readonly unpriced: readonly UnpricedNode[];
}

const REASONS_SHOWN = 6;

/**
 * The model, format and offering with the lowest bill over the horizon. Candidates are sized in the order that the
 * roofline alone gives them, and billed wholly where the least that they can cost could still win: the answer is that of
 * billing all of them. Among those that stand on the same nodes in the same hours the widest format and the best score
 * are taken. An unpriced offering is taken only if no priced one fits.
 */
export function chooseNode(
  wishes: readonly Wish[],
  nodes: Nodes,
  load: Load,
  catalog: Catalog,
  sizer: Sizer,
  bills: Bills,
): Chosen | { readonly reasons: readonly string[] } {
  const misfits: Misfits = { unsized: new Set(), unserved: new Set(), incomplete: [] };
  const candidates = enumerate(wishes, nodes, load, catalog, bills, misfits);
  const known = new Map<Candidate, Choice | number>();
  const billed = billing(sizer, bills, misfits);
  let cheapest: Choice | undefined;
  const limit = (): Limit | null => (cheapest === undefined ? null : limitOf(cheapest));
  // By the roofline, so that a cheap one is found early and the bounds leave out the most.
  const roughCost = ({ demand, offering }: Candidate): Cost => {
    const sizing = sizer.rough(demand);
    if (!sizing.fits) return { usdPerMonth: Number.POSITIVE_INFINITY, gpus: Number.POSITIVE_INFINITY };
    const placement = place(sizing, offering);
    return { usdPerMonth: bills.roughUsd({ ...demand, demand, sizing, placement }), gpus: gpusOf(placement) };
  };
  const isOpen = ({ least }: Candidate) => canCost(least, limit());
  for (const candidate of cheapestFirst(candidates, roughCost, isOpen)) {
    const found = billed(candidate, limit());
    known.set(candidate, found);
    if (typeof found !== 'number' && (cheapest === undefined || isCheaper(found, cheapest))) cheapest = found;
  }
  if (cheapest === undefined) return { reasons: reasonsOf(misfits) };
  const { placement } = cheapest;
  const isHere = ({ offering }: Candidate) => offering.id === placement.offering.id;
  const othersFromUsd = candidates
    .filter((candidate) => !isHere(candidate))
    .map((candidate) => known.get(candidate) ?? candidate.least.usdPerMonth)
    .reduce<number>(
      (least, found) => Math.min(least, typeof found === 'number' ? found : found.usdPerMonth),
      Number.POSITIVE_INFINITY,
    );
  const choice = preferred(
    cheapest,
    candidates.filter(isHere),
    (candidate, limit) => {
      const found = known.get(candidate);
      return typeof found === 'object' ? found : billed(candidate, limit);
    },
    sizer,
  );
  return { choice, othersFromUsd, unpriced: unpricedNodes(choice, candidates, sizer) };
}

function enumerate(
  wishes: readonly Wish[],
  { offerings, fabricOf }: Nodes,
  load: Load,
  catalog: Catalog,
  bills: Bills,
  { unserved }: Misfits,
): Candidate[] {
  const offloadedShare = load.techniques?.offload?.weightsShare ?? 0;
  const tokensPerRequest = load.inputTokens.mean * (1 - load.cachedShare) + load.outputTokens.mean;
  const work = { requestsPerSecond: load.peakRequestsPerSecond, tokensPerRequest, offloadedShare };
  const shapes = undominated(offerings, (offering) => bills.hoursUsd(offering), offloadedShare > 0);
  return wishes.flatMap(({ model, precisions }) =>
    shapes.flatMap((offering) => {
      const accelerator = catalog.accelerators.get(offering.accelerator);
      if (accelerator === undefined) throw new Error(`no accelerator ${offering.accelerator}`);
      const fabric = fabricOf(offering);
      const node = {
        accelerator,
        gpusPerNode: offering.gpus,
        ...(fabric === undefined ? {} : { fabric }),
      };
      return precisions.flatMap((precision): Candidate[] => {
        const misfit = unsupported(accelerator, precision, nativePrecision(model));
        if (misfit !== null) {
          unserved.add(misfit);
          return [];
        }
        const gpus = fewestGpus(model, precision, accelerator, work);
        let demand: ServingDemand | undefined;
        return [
          {
            // Half of the candidates are closed by their bound: a load is not copied for those.
            get demand() {
              return (demand ??= {
                ...load,
                model,
                ...node,
                precision,
                ...storedOtherwise(model, precision),
              });
            },
            offering,
            gpus,
            least: { usdPerMonth: bills.quickUsd(offering, gpus), gpus: gpus(1) },
          },
        ];
      });
    }),
  );
}

function storedOtherwise(model: Model, precision: Precision): Pick<ServingDemand, 'storedAs'> {
  const storedAs = nativePrecision(model);
  return quantisesOnLoad({ precision, storedAs }) ? { storedAs } : {};
}

/** The lower bill, and of equal ones the fewer accelerators: the rest is decided among those that stand alike. */
function isCheaper(one: Choice, other: Choice): boolean {
  return (
    (compareUsd(one.usdPerMonth, other.usdPerMonth) || gpusOf(one.placement) - gpusOf(other.placement)) < 0
  );
}

/** What fits and cannot be completed says more than what does not fit, and that more than what serves no such format. */
function reasonsOf({ unsized, unserved, incomplete }: Misfits): readonly string[] {
  if (incomplete.length > 0) return incomplete;
  const reasons = [...unsized, ...unserved];
  const rest = reasons.length - REASONS_SHOWN;
  return rest > 0 ? [...reasons.slice(0, REASONS_SHOWN), `and ${rest} more of the kind`] : reasons;
}
