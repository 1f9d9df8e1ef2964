import type { InstanceShape } from '#lib/catalog/instances';
import type { ServingSizing } from '#lib/sizing/sizing';

/**
 * What pods that talk across nodes lack of the fabric between these: they ask for no device of it, and the engines'
 * published images hold no runtime for EFA (vllm-project/vllm#55635). NCCL and NIXL then use TCP, without an error.
 */
export function fabricNotes(
  {
    nodesPerReplica,
    prompts,
    parallelism,
  }: Pick<ServingSizing, 'nodesPerReplica' | 'prompts' | 'parallelism'>,
  shape: InstanceShape | undefined,
): string[] {
  // Stages of a pipeline hand on little, once a step; groups gather all tokens before each layer of experts.
  const isGrouped = nodesPerReplica > 1 && parallelism.pipeline === 1;
  const talks = [
    ...(nodesPerReplica > 1
      ? [`the ranks of a replica${isGrouped ? ', which meet in every layer,' : ''}`]
      : []),
    ...(prompts === undefined ? [] : ['the caches of prompts']),
  ];
  if (talks.length === 0) return [];
  const fabric =
    shape?.efa == null
      ? 'RDMA takes the device plugin of your network cards and pods that claim its resource'
      : 'EFA takes its device plugin, pods that claim `vpc.amazonaws.com/efa`, and an image with libfabric and aws-ofi-nccl, which the published one lacks';
  return [
    `${talks.join(' and ')} go over TCP between nodes: ${fabric}; ${
      isGrouped
        ? 'the figures are those of the fabric, and over TCP they do not hold'
        : 'measure before you rely on the figures'
    }`,
  ];
}
