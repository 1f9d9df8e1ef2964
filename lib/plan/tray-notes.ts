import type { ServerShape } from '#lib/catalog/instances';
import type { ServingSizing } from '#lib/sizing/sizing';

/**
 * What a rack-scale system lacks where a replica is wider than one of its hosts: each host is a node of the cluster, and a
 * pod stands on one. Over several, GPUs reach each other's memory by channels that NVIDIA's DRA driver hands out.
 */
export function trayNotes(
  { gpusPerReplica, nodesPerReplica }: Pick<ServingSizing, 'gpusPerReplica' | 'nodesPerReplica'>,
  server: ServerShape | undefined,
): string[] {
  if (server === undefined || server.fabric.hosts === 1) return [];
  const gpusPerHost = server.gpus / server.fabric.hosts;
  const gpusPerPod = Math.ceil(gpusPerReplica / nodesPerReplica);
  if (gpusPerPod <= gpusPerHost) return [];
  return [
    `a pod of ${gpusPerPod} GPUs finds no place: ${server.id} has ${server.fabric.hosts} hosts of ${gpusPerHost}; a replica over hosts takes a pod on each and a ComputeDomain of NVIDIA's DRA driver, which the templates do not have`,
  ];
}
