import { loadCatalog } from '#lib/catalog/load';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import { sizeServing } from '#lib/sizing/size-serving';

const catalog = loadCatalog();

/** A support assistant on one model and accelerator, with what a test changes. */
export function demandFor(model: string, gpu: string, changes: Partial<ServingDemand> = {}): ServingDemand {
  const found = catalog.models.get(model);
  const accelerator = catalog.accelerators.get(gpu);
  if (found === undefined || accelerator === undefined)
    throw new Error(`no ${model} or ${gpu} in the catalog`);
  return {
    model: found,
    accelerator,
    gpusPerNode: 8,
    precision: 'fp8',
    kvPrecision: 'bf16',
    calibration: 'vllm',
    memoryShare: 0.9,
    peakRequestsPerSecond: 10,
    meanRequestsPerSecond: 2,
    inputTokens: { mean: 1024, longest: 4096 },
    outputTokens: { mean: 512, longest: 1024 },
    cachedShare: 0,
    ttftMs: 5000,
    tpotMs: 50,
    percentile: 'p95',
    availability: 0.99,
    fill: 0.7,
    replica: { mtbfHours: 1000, mttrHours: 2, nodeShare: 0 },
    ...changes,
  };
}

/** Sizes a demand with the catalog's constants and rows. */
export function size(demand: ServingDemand) {
  return sizeServing(demand, catalog, catalog.servingRows());
}

/** The sizing of a demand that fits, else the reasons as an error. */
export function sized(demand: ServingDemand): ServingSizing {
  const result = size(demand);
  if (!result.fits) throw new Error(result.reasons.join('; '));
  return result;
}
