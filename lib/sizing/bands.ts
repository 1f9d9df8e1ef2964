import type { ErrorQuantiles, SizingConstants } from '#lib/catalog/calibration';
import { type Band } from '#lib/units/band';
import type { Evidence } from '#lib/sizing/nearest';

/** The band that 80 % of measurements fell into, around a prediction: quantiles of measured ÷ predicted. */
export function bandAround(value: number, quantiles: ErrorQuantiles): Band {
  return {
    low: value * Math.min(1, quantiles.p10),
    base: value,
    high: value * Math.max(1, quantiles.p90),
  };
}

/** Wider where the model or the accelerator had no rows to be fitted on; the widest of both where neither had. */
export function throughputQuantiles(
  evidence: Pick<Evidence, 'hasModel' | 'hasAccelerator'>,
  { throughput, throughputUnseenModel, throughputUnseenGpu }: SizingConstants['quantiles'],
): ErrorQuantiles {
  if (evidence.hasModel && evidence.hasAccelerator) return throughput;
  if (evidence.hasAccelerator) return throughputUnseenModel;
  if (evidence.hasModel) return throughputUnseenGpu;
  const [model, gpu] = [throughputUnseenModel, throughputUnseenGpu];
  return {
    p5: Math.min(model.p5, gpu.p5),
    p10: Math.min(model.p10, gpu.p10),
    p50: gpu.p50,
    p90: Math.max(model.p90, gpu.p90),
    p95: Math.max(model.p95, gpu.p95),
  };
}
