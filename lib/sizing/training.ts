import type { Model } from '#lib/catalog/models';

/** FLOPs of full training: `6 × N × D`, N active parameters, D tokens. */
export function trainingFlops(parameters: number, tokens: number): number {
  return 6 * parameters * tokens;
}

/** Share of peak FLOPs that a run reached: `FLOPs ÷ (GPU hours × 3600 × peak)`; the peak is FLOP/s of one GPU. */
export function flopsUtilisation(flops: number, gpuHours: number, peakFlops: number): number {
  return flops / (gpuHours * 3600 * peakFlops);
}

/** Hours of a run: `FLOPs ÷ (GPUs × peak × MFU) ÷ 3600`; `flopsPerSecond` is what one GPU delivers, MFU included. */
export function trainingHours(flops: number, gpus: number, flopsPerSecond: number): number {
  return flops / (gpus * flopsPerSecond) / 3600;
}

/**
 * FLOPs per token of LoRA: `4 × N + 4 × layers × hidden × sequence`. The frozen base has no weight gradient, and causal
 * attention is counted forward and for the gradient of its activations.
 */
export function loraFlopsPerToken(shape: {
  readonly parameters: number;
  readonly layers: number;
  readonly hidden: number;
  readonly sequenceTokens: number;
}): number {
  return 4 * shape.parameters + 4 * shape.layers * shape.hidden * shape.sequenceTokens;
}

/** ZeRO stage: 0 keeps everything on every GPU; 1 splits optimiser states, 2 gradients too, 3 weights too. */
export type ZeroStage = 0 | 1 | 2 | 3;

/**
 * Bytes of model state on one GPU with Adam in mixed precision: 2 for weights, 2 for gradients, 12 for the FP32 master
 * and two moments, each divided by the GPUs from its stage on (Rajbhandari et al., ZeRO).
 */
export function modelStateBytes(parameters: number, stage: ZeroStage, gpus: number): number {
  const weights = stage >= 3 ? 2 / gpus : 2;
  const gradients = stage >= 2 ? 2 / gpus : 2;
  const optimiser = stage >= 1 ? 12 / gpus : 12;
  return parameters * (weights + gradients + optimiser);
}

export const LORA_TARGETS = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'] as const;
export type LoraTarget = (typeof LORA_TARGETS)[number];

/** Trainable parameters of LoRA: `rank × (inputs + outputs)` for every target of every layer; `null` without dimensions. */
export function loraParameters(model: Model, rank: number, targets: readonly LoraTarget[]): number | null {
  const { hidden, heads, kvHeads, headDim, ffn, layers } = model;
  if (kvHeads === null || headDim === null || ffn === null) return null;
  const sides: Readonly<Record<LoraTarget, number>> = {
    q: hidden + heads * headDim,
    k: hidden + kvHeads * headDim,
    v: hidden + kvHeads * headDim,
    o: heads * headDim + hidden,
    gate: hidden + ffn,
    up: hidden + ffn,
    down: ffn + hidden,
  };
  return layers * rank * targets.reduce((sum, target) => sum + sides[target], 0);
}

/** Bytes of a checkpoint: 2 per parameter to serve it, 14 to resume training (FP32 master and two moments besides). */
export function checkpointBytes(parameters: number, purpose: 'serve' | 'resume'): number {
  return parameters * (purpose === 'serve' ? 2 : 14);
}

/** Seconds between checkpoints that lose the least time: `√(2 × write time × MTBF)` (Young, Daly). */
export function checkpointIntervalSeconds(writeSeconds: number, mtbfSeconds: number): number {
  return Math.sqrt(2 * writeSeconds * mtbfSeconds);
}
