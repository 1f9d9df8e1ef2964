import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { quantisesOnLoad } from '#lib/engines/quantising';
import { fewestGpus } from '#lib/plan/choice/bounds';
import {
  canCost,
  firstStage,
  type Candidate,
  type Choice,
  type Misfits,
  type Stage,
} from '#lib/plan/choice/candidate-bill';
import { unsupported } from '#lib/plan/models/candidates';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { cheapestOf, type Cost } from '#lib/plan/cheapest-first';
import type { LeastBills } from '#lib/plan/choice/least-bill';
import { undominated } from '#lib/plan/nodes/place';
import type { ScoreDifference } from '#lib/plan/models/quality-metric';
import { preferred } from '#lib/plan/choice/preferred';
import type { Sizer } from '#lib/plan/sizing/sizer';
import { unpricedNodes, type UnpricedNode } from '#lib/plan/choice/unpriced-nodes';
import type { OptionBill } from '#lib/plan/choice/whole-bill';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { FabricOf } from '#lib/plan/nodes/node-fabric';
import type { NodeOffering } from '#lib/targets/port/offering';

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
 * The model, format and offering with the lowest bill over the horizon. Candidates are sized and billed as far as the least
 * that they can cost could still win: the answer is that of billing all of them. Among those that stand on the same nodes in the same hours the widest format and the best score
 * are taken. An unpriced offering is taken only if no priced one fits.
 */
export function chooseNode(
  wishes: readonly Wish[],
  nodes: Nodes,
  load: Load,
  catalog: Catalog,
  sizer: Sizer,
  bills: Bills,
  scoreDifference: ScoreDifference,
): Chosen | { readonly reasons: readonly string[] } {
  const misfits: Misfits = { unsized: new Set(), unserved: new Set(), incomplete: [] };
  const candidates = enumerate(wishes, nodes, load, catalog, bills, misfits);
  const stages = new Map(
    candidates.map((candidate) => [candidate, firstStage(candidate, sizer, bills, misfits)] as const),
  );
  const stageOf = (candidate: Candidate): Stage => {
    const stage = stages.get(candidate);
    if (stage === undefined) throw new Error('no candidate of this option');
    return stage;
  };
  const closer = (candidate: Candidate): boolean => {
    const next = stageOf(candidate).next?.();
    if (next !== undefined) stages.set(candidate, next);
    return next !== undefined;
  };
  const cheapest = cheapestOf(candidates, (candidate) => stageOf(candidate).least, closer);
  const chosen = cheapest === undefined ? undefined : stageOf(cheapest).choice;
  if (chosen === undefined) return { reasons: reasonsOf(misfits) };
  const { placement } = chosen;
  const isHere = ({ offering }: Candidate) => offering.id === placement.offering.id;
  const othersFromUsd = candidates
    .filter((candidate) => !isHere(candidate))
    .reduce(
      (least, candidate) => Math.min(least, stageOf(candidate).least.usdPerMonth),
      Number.POSITIVE_INFINITY,
    );
  const within = (candidate: Candidate, limit: Cost): Choice | undefined => {
    while (canCost(stageOf(candidate).least, limit) && closer(candidate));
    return stageOf(candidate).choice;
  };
  const choice = preferred(chosen, candidates.filter(isHere), within, sizer, scoreDifference);
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

/** What fits and cannot be completed says more than what does not fit, and that more than what serves no such format. */
function reasonsOf({ unsized, unserved, incomplete }: Misfits): readonly string[] {
  if (incomplete.length > 0) return incomplete;
  const reasons = [...unsized, ...unserved];
  const rest = reasons.length - REASONS_SHOWN;
  return rest > 0 ? [...reasons.slice(0, REASONS_SHOWN), `and ${rest} more of the kind`] : reasons;
}
