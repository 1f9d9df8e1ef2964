import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { nodeRegistration } from '#constructs/kubernetes/metal/machine-template';
import type { HostGroup, MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import {
  BOOTSTRAP,
  groupName,
  INFRASTRUCTURE,
  machineLabels,
  metadataOf,
  V1BETA2,
} from '#constructs/kubernetes/metal/names';
import type { SiteInventory } from '#constructs/kubernetes/metal/site-inventory';

/** A drain may wait this long for a long answer to end and a large model to load elsewhere. */
const DRAIN_SECONDS = 1800;

/** The nodes of a group: one per host. */
export function workers(
  slice: MetalSlice,
  group: HostGroup,
  inventory: SiteInventory,
): readonly KubernetesObject[] {
  const name = groupName(slice, group);
  const labels = machineLabels(slice, group);
  return [
    {
      apiVersion: `${BOOTSTRAP}/${V1BETA2}`,
      kind: 'KubeadmConfigTemplate',
      metadata: metadataOf(slice, name),
      spec: {
        template: { spec: { joinConfiguration: { nodeRegistration: nodeRegistration(group) } } },
      },
    },
    {
      apiVersion: `cluster.x-k8s.io/${V1BETA2}`,
      kind: 'MachineDeployment',
      metadata: metadataOf(slice, name, labels),
      spec: {
        clusterName: slice.cluster.name,
        replicas: group.hosts,
        // No spare host: a machine goes before its successor comes.
        rollout: {
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            clusterName: slice.cluster.name,
            version: inventory.kubernetesVersion,
            bootstrap: { configRef: { apiGroup: BOOTSTRAP, kind: 'KubeadmConfigTemplate', name } },
            infrastructureRef: { apiGroup: INFRASTRUCTURE, kind: 'Metal3MachineTemplate', name },
            deletion: { nodeDrainTimeoutSeconds: DRAIN_SECONDS },
          },
        },
      },
    },
  ];
}
