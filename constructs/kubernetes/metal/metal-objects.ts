import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { metalCluster } from '#constructs/kubernetes/metal/cluster';
import { healthCheck } from '#constructs/kubernetes/metal/health';
import { bareMetalHosts } from '#constructs/kubernetes/metal/hosts';
import { machineTemplate } from '#constructs/kubernetes/metal/machine-template';
import type { MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import { metadataOf, namespaceOf } from '#constructs/kubernetes/metal/names';
import { checkInventory, type SiteInventory } from '#constructs/kubernetes/metal/site-inventory';
import { workers } from '#constructs/kubernetes/metal/workers';
import { namespace } from '#constructs/kubernetes/namespace';

/**
 * The objects that turn racked servers into a cluster, in the order in which they are applied to a management cluster
 * with Cluster API, its kubeadm providers, the Metal3 provider and the Bare Metal Operator.
 *
 * Cluster API and Metal3 act on them; the cluster still needs a network plugin and the GPU operator.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where the inventory has not exactly the planned servers, CONFLICT where its
 * Kubernetes is not the plan's
 */
export function metalObjects(slice: MetalSlice, inventory: SiteInventory): readonly KubernetesObject[] {
  checkInventory(slice, inventory);
  const [controlPlane, ...workerGroups] = slice.groups;
  const { labels = {} } = metadataOf(slice, namespaceOf(slice));
  return [
    namespace({ name: namespaceOf(slice), labels, podSecurity: 'restricted' }),
    ...slice.groups.flatMap((group) => bareMetalHosts(slice, group, inventory)),
    ...slice.groups.flatMap((group) => machineTemplate(slice, group, inventory)),
    ...metalCluster(slice, controlPlane, inventory),
    ...workerGroups.flatMap((group) => [...workers(slice, group, inventory), ...healthCheck(slice, group)]),
  ];
}
