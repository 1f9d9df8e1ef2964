import type { Band } from '#lib/units/band';
import { scaleBand } from '#lib/units/band';
import { modelFlopsPerToken } from '#lib/training/flops';
import { peakFlops, type TrainingSetup } from '#lib/training/setup';
import { trainingConstants, type TrainingConstants } from '#lib/training/speed-constants';
import { effectFactor, runKey } from '#lib/training/speed-model';
import { secondsPerToken, tokenTime, type TokenTime } from '#lib/training/step-time';

/** How fast one GPU of a run trains. */
export interface TrainingSpeed {
  readonly tokensPerSecondPerGpu: Band;
  /** Model FLOP/s ÷ dense peak of the format; recomputation does not count. */
  readonly mfu: Band;
  /** Dense FLOP/s of the format, to which the MFU refers. */
  readonly peakFlops: number;
  readonly flopsPerToken: number;
  /** GPU seconds of one token by part, before the effects. */
  readonly time: TokenTime;
  /** Multiple of that time that runs of this kind are known to take. */
  readonly effect: number;
  /** `calibrated` where this model was measured on this accelerator in this format, else `extrapolated`. */
  readonly confidence: 'calibrated' | 'extrapolated';
}

/**
 * Tokens per second and MFU of one GPU, with a band that held four of five runs that were left out of the fit.
 *
 * @returns `null` where the accelerator has no unit for the format
 */
export function trainingSpeed(
  setup: TrainingSetup,
  constants: TrainingConstants = trainingConstants(),
): TrainingSpeed | null {
  const time = tokenTime(setup, constants.constants);
  const peak = peakFlops(setup.accelerator, setup.precision);
  if (time === null || peak === null) return null;
  const effect = effectFactor(setup, constants.effects);
  const tokens = 1 / (secondsPerToken(time) * effect);
  const isKnown = constants.effects.has(runKey(setup));
  const { low, high } = doubt(setup, isKnown, constants);
  const tokensPerSecondPerGpu = { low: tokens * low, base: tokens, high: tokens * high };
  const flopsPerToken = modelFlopsPerToken(setup.shape, setup.part, setup.sequenceTokens);
  return {
    tokensPerSecondPerGpu,
    mfu: scaleBand(tokensPerSecondPerGpu, flopsPerToken / peak),
    peakFlops: peak,
    flopsPerToken,
    time,
    effect,
    confidence: isKnown ? 'calibrated' : 'extrapolated',
  };
}

/** Measured ÷ predicted of runs of the class that were left out; the estimate itself is always inside. */
function doubt({ shape }: TrainingSetup, isKnown: boolean, { heldOut }: TrainingConstants) {
  const id = `heldout/${isKnown ? 'seen' : 'unseen'}/${shape.experts === null ? 'dense' : 'moe'}`;
  const figures = heldOut.get(id);
  if (figures === undefined) throw new Error(`the constants of training lack ${id}`);
  return { low: Math.min(1, figures.low), high: Math.max(1, figures.high) };
}
