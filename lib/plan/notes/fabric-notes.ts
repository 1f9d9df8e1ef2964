import type { ServingPlan } from '#lib/plan/plan';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/port/offering';

/**
 * What pods that talk across nodes lack of the fabric between these. Without a device of it, or without its libraries in the
 * image, NCCL and NIXL use TCP, and raise no error.
 */
export function fabricNotes(
  {
    nodesPerReplica,
    prompts,
    parallelism,
  }: Pick<ServingSizing, 'nodesPerReplica' | 'prompts' | 'parallelism'>,
  { fabric }: Pick<NodeOffering, 'fabric'>,
  { launch, pod }: Pick<ServingPlan, 'launch' | 'pod'>,
): string[] {
  if (pod.fabric !== undefined && fabric?.kind === 'rdma') {
    return [
      `${prompts === undefined ? 'replicas over nodes' : 'pods of both fleets'} claim \`${pod.fabric.resource}\`: RDMA takes an unlimited \`memlock\` of your container runtime, since the pods have no IPC_LOCK, and without it goes over TCP`,
    ];
  }
  if (pod.fabric !== undefined) {
    return [
      `replicas over nodes run ${launch.image.repository}:${launch.image.tag}, which holds the runtime of EFA: try one before the rollout, as nobody has yet under a user without rights`,
    ];
  }
  // Stages of a pipeline hand on little, once a step; groups gather all tokens before each layer of experts.
  const isGrouped = nodesPerReplica > 1 && parallelism.pipeline === 1;
  const talks = [
    ...(nodesPerReplica > 1
      ? [`the ranks of a replica${isGrouped ? ', which meet in every layer,' : ''}`]
      : []),
    ...(prompts === undefined ? [] : ['the caches of prompts']),
  ];
  if (talks.length === 0) return [];
  const figures = isGrouped
    ? 'the figures are those of the fabric, and over TCP they do not hold'
    : 'measure before you rely on the figures';
  return [`${talks.join(' and ')} go over TCP between nodes: ${lacking(fabric)}; ${figures}`];
}

function lacking(fabric: NodeOffering['fabric']): string {
  if (fabric?.kind === 'efa') {
    return 'EFA takes its device plugin, pods that claim `vpc.amazonaws.com/efa`, and an image with libfabric and aws-ofi-nccl, which the published one lacks';
  }
  return 'RDMA takes the device plugin of your network cards, and `rdmaResource` by which pods claim them';
}
