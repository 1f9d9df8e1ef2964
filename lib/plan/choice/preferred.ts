import { canCost, costOf, ROUNDING, type Candidate, type Choice } from '#lib/plan/choice/candidate-bill';
import type { Cost } from '#lib/plan/cheapest-first';
import { bytesPerParameter } from '#lib/plan/models/native-precision';
import type { ScoreDifference } from '#lib/plan/models/quality-metric';
import { standAlike } from '#lib/plan/choice/complete-fleet';
import type { Sizer } from '#lib/plan/sizing/sizer';

/** What a format that keeps more of the model, or a model that scores higher, may add to the bill of the same nodes. */
const ALIKE_UP_TO = 1.005;

/**
 * Of the candidates that stand as the cheapest one does: the widest format of its model, or a model that scores higher
 * where both have a score, or one at the same bill that leaves more headroom by its throughput.
 */
export function preferred(
  cheapest: Choice,
  candidates: readonly Candidate[],
  billed: (candidate: Candidate, limit: Cost) => Choice | undefined,
  sizer: Sizer,
  scoreDifference: ScoreDifference,
): Choice {
  /** The model that scores higher where both have a score; else the one that leaves more headroom. */
  const isBetter = (one: Choice, other: Choice) => {
    const byScore = scoreDifference(one.model, other.model);
    return byScore === 0 ? one.sizing.headroom > other.sizing.headroom : byScore > 0;
  };
  const { gpus, usdPerMonth } = costOf(cheapest);
  const headroomOf = ({ demand }: Pick<Candidate, 'demand'>) => {
    const sizing = sizer.search(demand);
    return sizing.fits ? sizing.headroom : 0;
  };
  const widest = new Map([[cheapest.model.id, cheapest]]);
  for (const candidate of candidates.toSorted(widestFirst)) {
    const { model } = candidate.demand;
    const held = widest.get(model.id);
    if (held !== undefined && widestFirst(held, candidate) <= 0) continue;
    const byScore = scoreDifference(model, cheapest.model);
    const isOther = model.id !== cheapest.model.id;
    if (isOther && byScore < 0) continue;
    const isTie = isOther && byScore === 0;
    const mostUsd = usdPerMonth * (isTie ? 1 + 2 * ROUNDING : ALIKE_UP_TO);
    const limit = { gpus, usdPerMonth: mostUsd };
    if (!canCost(candidate.least, limit)) continue;
    if (isTie && headroomOf(candidate) <= headroomOf(cheapest)) continue;
    const found = billed(candidate, limit);
    if (found === undefined || found.usdPerMonth > mostUsd) continue;
    if (standAlike(found.complete, cheapest.complete)) widest.set(model.id, found);
  }
  const [own, ...others] = widest.values();
  return others.reduce<Choice>(
    (best, one) => (best === own || isBetter(one, best) ? one : best),
    own ?? cheapest,
  );
}

/** On the same nodes, of one model the wider format. */
function widestFirst(one: Pick<Candidate, 'demand'>, other: Pick<Candidate, 'demand'>): number {
  return bytesPerParameter(other.demand.precision) - bytesPerParameter(one.demand.precision);
}
