import { Unusable } from '#lib/evaluation/row-fields';
import { attentionFlopsPerToken, modelFlopsPerToken, weightFlopsPerToken } from '#lib/training/flops';
import { peakFlops, type TrainingSetup } from '#lib/training/setup';

/** Published runs reach 3.7 to 58 % of the peak of their format. */
const PEAK_SHARE = { least: 0.01, most: 1 } as const;
/** FLOP a token by the rates of a row ÷ those of the model: 0.66 for adapters, 1 for all weights, publishers count apart. */
const FLOPS_SHARE = { least: 0.6, most: 1.25 } as const;
/** Shorter ones are written in thousands. */
const LEAST_SEQUENCE_TOKENS = 32;

/**
 * Refuses a rate that the accelerators cannot have: of all of them where that of one is asked, or in another unit.
 *
 * @throws Unusable
 */
export function checkRate(setup: TrainingSetup, tokensPerSecondPerGpu: number, wrongUnit: string): void {
  const { shape, part, sequenceTokens, accelerator, precision } = setup;
  if (sequenceTokens < LEAST_SEQUENCE_TOKENS) {
    throw new Unusable(`seq_len is ${sequenceTokens}: no model is trained on that; is it in thousands?`);
  }
  const peak = peakFlops(accelerator, precision);
  if (peak === null) return;
  const share = (tokensPerSecondPerGpu * modelFlopsPerToken(shape, part, sequenceTokens)) / peak;
  if (share <= PEAK_SHARE.most && share >= PEAK_SHARE.least) return;
  throw new Unusable(
    `its rate is ${(share * 100).toPrecision(2)} % of the peak of ${accelerator.id} in ${precision}: ${wrongUnit}`,
  );
}

/**
 * Refuses two rates that contradict each other: together they say how many FLOP a token took, and so whether the base was
 * frozen.
 *
 * @throws Unusable
 */
export function checkFlops(setup: TrainingSetup, tokensPerSecond: number, teraflops: number | null): void {
  if (teraflops === null) return;
  const { shape, sequenceTokens } = setup;
  const weights = weightFlopsPerToken(shape, 'full');
  // Some count attention without its mask: twice as much.
  const most = weights + 2 * attentionFlopsPerToken(shape, sequenceTokens);
  const flops = (teraflops * 1e12) / tokensPerSecond;
  if (flops >= FLOPS_SHARE.least * weights && flops <= FLOPS_SHARE.most * most) return;
  throw new Unusable(
    `model_tflops_per_gpu ÷ tok_s_per_gpu are ${(flops / 1e9).toPrecision(3)} GFLOP a token, ${shape.id} takes ${(weights / 1e9).toPrecision(3)} and attention: is one of them of all accelerators, or in another unit?`,
  );
}
