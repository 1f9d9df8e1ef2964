import { labelsOf } from '#constructs/kubernetes/labels';
import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import type { HostGroup, MetalSlice } from '#constructs/kubernetes/metal/metal-slice';

export const INFRASTRUCTURE = 'infrastructure.cluster.x-k8s.io';
export const BOOTSTRAP = 'bootstrap.cluster.x-k8s.io';
export const CONTROL_PLANE = 'controlplane.cluster.x-k8s.io';
/** Contract of Cluster API and of its Metal3 provider since 1.13. */
export const V1BETA2 = 'v1beta2';

/** Label with the group's id, on hosts and machines: what a machine is allowed to take. */
export const GROUP_LABEL = 'landfall/host-group';
/** Cluster API adds it where it is missing, which Terraform would read as a change by a stranger. */
const CLUSTER_LABEL = 'cluster.x-k8s.io/cluster-name';

/** The namespace of all objects on the management cluster. */
export function namespaceOf(slice: MetalSlice): string {
  return slice.cluster.name;
}

export function groupName(slice: MetalSlice, group: HostGroup): string {
  return `${slice.cluster.name}-${group.id}`;
}

export function metadataOf(
  slice: MetalSlice,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): KubernetesObject['metadata'] {
  return {
    name,
    namespace: namespaceOf(slice),
    labels: { ...labelsOf({ ...slice, name: slice.cluster.name, component: 'hardware' }), ...labels },
  };
}

/** What selects the machines of a group. */
export function machineLabels(slice: MetalSlice, group: HostGroup): Readonly<Record<string, string>> {
  return { [CLUSTER_LABEL]: slice.cluster.name, [GROUP_LABEL]: group.id };
}
