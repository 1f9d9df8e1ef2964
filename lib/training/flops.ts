import type { TrainingShape } from '#lib/training/shape';

/** `full` trains every weight; `adapters` trains low-rank ones beside a frozen base (LoRA, QLoRA). */
export type TrainedPart = 'full' | 'adapters';

/**
 * FLOPs per token of the multiplications with weights: `6 × N` (2 forward, 4 backward), `4 × N` where the base is
 * frozen and has no weight gradient; N active parameters.
 */
export function weightFlopsPerToken(
  shape: Pick<TrainingShape, 'activeParameters'>,
  part: TrainedPart,
): number {
  return (part === 'full' ? 6 : 4) * shape.activeParameters;
}

/** Of those, the share that chosen experts do; 0 for a dense model. */
export function expertFlopsPerToken({ experts }: TrainingShape, part: TrainedPart): number {
  if (experts === null) return 0;
  return ((part === 'full' ? 6 : 4) * experts.parameters * experts.topK) / experts.experts;
}

/**
 * FLOPs per token of causal attention, forward and backward: `6 × layers × sequence × width` (4 × forward without a
 * mask, half of it under a causal one, and twice as much backward). A window bounds what a token sees.
 */
export function attentionFlopsPerToken(shape: TrainingShape, sequenceTokens: number): number {
  const { fullLayers, windowLayers, windowTokens, attentionWidth } = shape;
  const inWindow = Math.min(2 * windowTokens, sequenceTokens);
  return 6 * attentionWidth * (fullLayers * sequenceTokens + windowLayers * inWindow);
}

/** FLOPs per token that the model asks for, recomputation left out: what MFU counts. */
export function modelFlopsPerToken(shape: TrainingShape, part: TrainedPart, sequenceTokens: number): number {
  return weightFlopsPerToken(shape, part) + attentionFlopsPerToken(shape, sequenceTokens);
}
