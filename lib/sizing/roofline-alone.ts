import { holdsAs } from '#lib/sizing/candidate';
import type { SizingMethod } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';

/**
 * Layouts of one model on one accelerator are sized in full in the roofline's order, until the next would have to be
 * cheaper than it says by more than this share to win: it takes prompts and exchanges for up to a third dearer.
 */
export const LAYOUT_HOPE = 0.7;
/** An objective that the roofline misses by less than this factor may be met by the full method. */
const LOOSER = 1.5;

/** The method without measured operators and runs. */
export function rooflineAlone({ constants, kernelConstants }: SizingMethod): SizingMethod {
  // Field by field: to copy a catalog reads all of its tables.
  return { constants, kernelConstants, kernelTable: () => null, corrections: () => [] };
}

/** Hopeful objectives, and no queue. */
export function loosened(demand: ServingDemand): ServingDemand {
  const { tpotMs, ttftMs } = demand;
  const looser = {
    ...demand,
    tpotMs: tpotMs === null ? null : tpotMs * LOOSER,
    ttftMs: ttftMs === null ? null : ttftMs * LOOSER,
    percentile: null,
  };
  holdsAs(looser, demand);
  return looser;
}
