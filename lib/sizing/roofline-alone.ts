import type { SizingMethod } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';

/**
 * Ranking by the roofline spares most of the work of the full method: candidates are sized in full in its order, until
 * the next would have to be cheaper than the roofline says by more than this share to win.
 */
export const ROOFLINE_HOPE = 0.95;
/**
 * The same among the layouts of one model on one accelerator, which the roofline ranks less well: it takes prompts and
 * exchanges for up to a third dearer than they are.
 */
export const LAYOUT_HOPE = 0.7;
/** An objective that the roofline misses by less than this factor may be met by the full method. */
const LOOSER = 1.5;

/** The method without measured operators and runs. */
export function rooflineAlone(method: SizingMethod): SizingMethod {
  return { ...method, kernelTable: () => null, corrections: () => [] };
}

/** Hopeful objectives, and no queue. */
export function loosened(demand: ServingDemand): ServingDemand {
  const { tpotMs, ttftMs } = demand;
  return {
    ...demand,
    tpotMs: tpotMs === null ? null : tpotMs * LOOSER,
    ttftMs: ttftMs === null ? null : ttftMs * LOOSER,
    percentile: null,
  };
}
