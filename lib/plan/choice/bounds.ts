import { memoryGib, type Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { bytesPerParameter } from '#lib/plan/models/native-precision';
import { unroundedReplicas, wholeReplicas } from '#lib/sizing/replicas';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import { GIB } from '#lib/units/bytes';

/** GPUs, or parts of them, that no fleet has fewer of at so many times the peak that is sized for. */
export type LeastGpus = (times: number) => number;

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
): LeastGpus {
  if (model.paramsTotalB === null) return () => 1;
  const weightsGib = (model.paramsTotalB * 1e9 * bytesPerParameter(precision)) / GIB;
  const forMemory = Math.ceil((weightsGib * (1 - (load.offloadedShare ?? 0))) / memoryGib(accelerator));
  const active = (model.paramsActiveB ?? model.paramsTotalB) * 1e9;
  const { bf16, fp8, fp4, int8 } = accelerator.denseTflops;
  const fastest = Math.max(bf16, fp8 ?? 0, fp4 ?? 0, int8 ?? 0) * 1e12;
  const flops = load.requestsPerSecond * load.tokensPerRequest * 2 * active;
  const least = Math.max(1, forMemory);
  return (times) => Math.max(least, fastest > 0 ? Math.ceil((times * flops) / fastest) : 1);
}

/**
 * GPUs that a sized fleet takes at least at so many times its peak, whatever the queue of one replica allows: what the
 * throughput or the latencies asked for at the peak, in proportion.
 *
 * @returns 0 for two fleets, which grow each by its own rule
 */
export function sizedGpus(
  {
    peakRequestsPerSecond,
    outputTokens,
    fill,
  }: Pick<ServingDemand, 'peakRequestsPerSecond' | 'outputTokens' | 'fill'>,
  sizing: ServingSizing,
): LeastGpus {
  const { replicasForLoad: forLoad, spares, gpusPerReplica, prompts } = sizing;
  if (prompts !== undefined) return () => 0;
  const forThroughput = unroundedReplicas({
    peakRequestsPerSecond,
    outputTokens: outputTokens.mean,
    tokensPerSecond: sizing.tokensPerSecondPerReplica.base,
    fill,
  });
  // The latencies let one replica serve less than the peak ÷ one replica fewer.
  const forLatency = wholeReplicas(forThroughput) < forLoad ? forLoad - 1 : 0;
  const atPeak = Math.max(forThroughput, forLatency);
  return (times) => (Math.max(forLoad, wholeReplicas(times * atPeak)) + spares) * gpusPerReplica;
}
