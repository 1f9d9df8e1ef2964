import { gpusPerHost } from '#lib/catalog/accelerators';
import { loadOf } from '#lib/sizing/candidate';
import { tensorDegrees } from '#lib/sizing/parallelism';
import type { ServingDemand } from '#lib/sizing/sizing';
import { adapterBytes } from '#lib/sizing/techniques/adapter-size';

/** Why nothing is known of a demand's memory or speed. */
export function unknownMisfit({ model, techniques }: ServingDemand): string {
  const adapters = techniques?.adapters;
  if (adapters !== undefined && adapterBytes(model, adapters) === null) {
    const why = model.mla === null ? 'no one feed-forward width' : 'latent attention';
    return `adapters are sized for models whose layers are dense; ${model.name} has ${why}`;
  }
  return `the dimensions of ${model.name} are not published, so it cannot be sized`;
}

/** What one sequence needs on the widest layout of a node, against what there is. */
export function memoryMisfit(demand: ServingDemand): string {
  const tensor = tensorDegrees(demand).at(-1) ?? 1;
  const load = loadOf(demand, { tensor, pipeline: 1, attentionData: 1 });
  if (load === null) throw new Error('the memory of a model without dimensions was asked for');
  const { neededGibPerGpu, usableGibPerGpu, overhead } = load;
  const { low, high } = overhead.workspaceGib;
  const workspace =
    high === 0 ? '' : ` (${low.toFixed(1)} to ${high.toFixed(1)} of it for the kernels of experts)`;
  const place = gpusPerHost(demand.accelerator, demand.gpusPerNode) < demand.gpusPerNode ? 'host' : 'node';
  const alone = demand.mostNodesPerReplica === 1 ? `, and a replica stays on one ${place}` : '';
  return `${neededGibPerGpu.toFixed(1)} GiB needed on each of ${tensor} × ${demand.accelerator.id} for ${demand.model.name} in ${demand.precision} and one longest sequence${workspace}, ${usableGibPerGpu.toFixed(1)} GiB usable${alone}`;
}

/** The best latencies of a layout that missed an objective. */
export interface Missed {
  readonly gpus: number;
  readonly ttftMs: number;
  readonly tpotMs: number;
  /** Under which load: `at concurrency 1`, `p95 when idle`. */
  readonly load: string;
}

/** The best latency that any layout reached, for each objective that was missed. */
export function latencyMisfit(demand: ServingDemand, missed: readonly Missed[]): readonly string[] {
  const reasons: string[] = [];
  const report = (name: string, asked: number | null, valueOf: (one: Missed) => number) => {
    const [best] = missed.toSorted((a, b) => valueOf(a) - valueOf(b));
    if (asked === null || best === undefined || valueOf(best) <= asked) return;
    reasons.push(
      `${name} ${valueOf(best).toFixed(0)} ms ${best.load} on ${best.gpus} × ${demand.accelerator.id}, ${asked} ms asked`,
    );
  };
  report('TPOT', demand.tpotMs, (one) => one.tpotMs);
  report('TTFT', demand.ttftMs, (one) => one.ttftMs);
  if (reasons.length > 0) return reasons;
  return [
    `no layout on ${demand.accelerator.id} meets TPOT ${demand.tpotMs ?? '–'} ms and TTFT ${demand.ttftMs ?? '–'} ms at once`,
  ];
}
