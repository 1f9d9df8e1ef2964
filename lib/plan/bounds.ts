import { memoryGib, type Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { bytesPerParameter } from '#lib/plan/candidates';
import { GIB } from '#lib/units/bytes';

/**
 * Fewest accelerators that any placement could need: the weights that are not offloaded must fit into their memory, and the peak's arithmetic
 * (2 FLOPs per active parameter and token) into their datasheet rate. A true lower bound, so that a candidate whose
 * bound costs more than a sized one need not be sized.
 */
export function fewestGpus(
  model: Model,
  precision: Precision,
  accelerator: Accelerator,
  load: {
    readonly requestsPerSecond: number;
    readonly tokensPerRequest: number;
    /** Share of the weights that stays in the host's memory. @default - 0 */
    readonly offloadedShare?: number;
  },
): number {
  if (model.paramsTotalB === null) return 1;
  const weightsGib = (model.paramsTotalB * 1e9 * bytesPerParameter(precision)) / GIB;
  const forMemory = Math.ceil((weightsGib * (1 - (load.offloadedShare ?? 0))) / memoryGib(accelerator));
  const active = (model.paramsActiveB ?? model.paramsTotalB) * 1e9;
  const { bf16, fp8, fp4, int8 } = accelerator.denseTflops;
  const fastest = Math.max(bf16, fp8 ?? 0, fp4 ?? 0, int8 ?? 0) * 1e12;
  const flops = load.requestsPerSecond * load.tokensPerRequest * 2 * active;
  return Math.max(1, forMemory, fastest > 0 ? Math.ceil(flops / fastest) : 1);
}
