import type { ServerShape } from '#lib/catalog/instances';
import type { ServingPlan } from '#lib/plan/plan';

/** What hosts of a rack must have beside the templates, where replicas are wider than one of them. */
export function hostLinkNotes(
  { hostLinks, nodesPerReplica }: Pick<ServingPlan, 'hostLinks' | 'nodesPerReplica'>,
  server: ServerShape | undefined,
): string[] {
  if (hostLinks === undefined || server === undefined) return [];
  return [
    `a replica stands on ${nodesPerReplica} of the ${server.fabric.hosts} hosts of ${server.id} and claims a channel between them (ComputeDomain): the hosts need NVIDIA's driver 570.158.01 or later from the GPU operator, \`nvidia-imex.service\` masked, Kubernetes 1.34.2 and GPU feature discovery; try one replica before the rollout`,
  ];
}
