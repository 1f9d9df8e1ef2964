import type { Model } from '#lib/catalog/models';

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
