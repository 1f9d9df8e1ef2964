import { gpusPerHost } from '#lib/catalog/accelerators';
import type { FleetPlan } from '#lib/plan/plan';
import type { Sized } from '#lib/plan/nodes/sized';
import type { ServingSizing } from '#lib/sizing/sizing';

type SizedReplica = Pick<ServingSizing, 'gpusPerReplica' | 'nodesPerReplica'>;

/** By it GPU feature discovery tells which hosts' GPUs reach each other's memory. */
const CLIQUE_LABEL = 'nvidia.com/gpu.clique';

/** Pods of a replica: one on each node that it spans, and on each host of it where a node is a rack. */
export function podsOf(
  { placement: { offering }, accelerator }: Pick<Sized, 'placement' | 'accelerator'>,
  replica: SizedReplica,
): number {
  const perNode = Math.ceil(replica.gpusPerReplica / replica.nodesPerReplica);
  return replica.nodesPerReplica * Math.ceil(perNode / gpusPerHost(accelerator, offering.gpus));
}

export function gpusPerPod(choice: Pick<Sized, 'placement' | 'accelerator'>, replica: SizedReplica): number {
  return Math.ceil(replica.gpusPerReplica / podsOf(choice, replica));
}

/** What joins the pods of a replica on hosts of a rack; nothing where each node is a host. */
export function linksOf(
  choice: Pick<Sized, 'placement' | 'accelerator'>,
  replica: SizedReplica,
): Pick<FleetPlan, 'hostLinks'> {
  const { nodesPerReplica } = replica;
  if (podsOf(choice, replica) === nodesPerReplica) return {};
  return { hostLinks: { joinedLabel: nodesPerReplica === 1 ? CLIQUE_LABEL : null } };
}
