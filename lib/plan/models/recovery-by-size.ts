import type { Model } from '#lib/catalog/models';
import type { LossBySize, QualityRecovery } from '#lib/catalog/quality';
import type { Band } from '#lib/units/band';

/**
 * What a weight format keeps of a model's score. Small models lose more: where that was measured, the loss is a
 * power of the size, held beyond its ends. Mixtures of experts were not among them.
 */
export function recoveryAtSize(model: Model, { low, base, high, bySize }: QualityRecovery): Band {
  const { paramsTotalB, moe } = model;
  if (bySize === undefined || paramsTotalB === null || moe !== null) return { low, base, high };
  const loss = lossAt(paramsTotalB, bySize);
  return { low: 1 - loss * bySize.worstTimes, base: 1 - loss, high };
}

function lossAt(paramsB: number, { lossAtBillion, exponent, fromB, toB }: LossBySize): number {
  return lossAtBillion * Math.min(Math.max(paramsB, fromB), toB) ** -exponent;
}
