import type { InstanceShape } from '#lib/catalog/instances';
import type { ServingSizing } from '#lib/sizing/sizing';

/**
 * What pods that talk across nodes lack of the fabric between these: they ask for no device of it, and the engines'
 * published images hold no runtime for EFA (vllm-project/vllm#55635). NCCL and NIXL then use TCP, without an error.
 */
export function fabricNotes(
  { nodesPerReplica, prompts }: Pick<ServingSizing, 'nodesPerReplica' | 'prompts'>,
  shape: InstanceShape | undefined,
): string[] {
  const talks = [
    ...(nodesPerReplica > 1 ? ['the ranks of a replica'] : []),
    ...(prompts === undefined ? [] : ['the caches of prompts']),
  ];
  if (talks.length === 0) return [];
  const fabric =
    shape?.efa == null
      ? 'RDMA takes the device plugin of your network cards and pods that claim its resource'
      : 'EFA takes its device plugin, pods that claim `vpc.amazonaws.com/efa`, and an image with libfabric and aws-ofi-nccl, which the published one lacks';
  return [
    `${talks.join(' and ')} go over TCP between nodes: ${fabric}; measure before you rely on the figures`,
  ];
}
