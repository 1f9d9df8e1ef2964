import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeAllocation } from '#lib/cost/estimate';
import { gpuNeed, holdsModel, needInWords } from '#lib/cost/kubernetes/gpu-memory';
import { gibOf, type BuyingContext } from '#lib/cost/kubernetes/offers';
import { OpenRequest } from '#lib/cost/kubernetes/pod-demand';
import { workloadDemand, workloadsOf, type Workload } from '#lib/cost/kubernetes/workloads';

/**
 * Pods that serve a model on nodes whose GPUs cannot hold it. The scheduler counts GPUs and not their memory, so the pods
 * stand there and their server does not start.
 */
export function tooSmallNotes(
  resources: readonly ReadResource[],
  { workloads: shares, pools }: NodeAllocation,
  { catalog, nodeSizes }: Pick<BuyingContext, 'catalog' | 'nodeSizes'>,
): readonly string[] {
  const onGpus = shares.filter(({ perPod, pool }) => (perPod?.accelerators ?? 0) > 0 && pool !== null);
  if (onGpus.length === 0) return [];
  const typeOf = new Map(pools.map(({ key, instanceType }) => [key, instanceType]));
  const notes = workloadsOf(resources).flatMap((workload) => {
    const share = onGpus.find(({ key }) => key === workload.resource.address);
    const type = typeOf.get(share?.pool ?? '') ?? '';
    const size = nodeSizes().get(type);
    return size === undefined ? [] : tooSmall(workload, { type, size, catalog });
  });
  return [...new Set(notes)];
}

interface Place {
  readonly type: string;
  readonly size: Parameters<typeof gibOf>[0];
  readonly catalog: BuyingContext['catalog'];
}

function tooSmall(workload: Workload, { type, size, catalog }: Place): readonly string[] {
  const { kind, name, pod } = workload;
  try {
    const demand = workloadDemand(workload);
    const need = gpuNeed(pod, demand, catalog.models);
    const gib = gibOf(size, demand.slice, catalog) ?? undefined;
    if (need.state !== 'known' || gib === undefined || holdsModel(gib, need)) return [];
    return [
      `${kind}/${name} would not start on ${type}, whose GPUs have ${gib.toFixed(1)} GiB: ${needInWords(need)}`,
    ];
  } catch (error) {
    if (error instanceof OpenRequest) return [];
    throw error;
  }
}
