import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { POOL_LABEL } from '#constructs/kubernetes/labels';
import type { HostGroup, MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import {
  GROUP_LABEL,
  groupName,
  INFRASTRUCTURE,
  metadataOf,
  V1BETA2,
} from '#constructs/kubernetes/metal/names';
import { imageOf, type SiteInventory } from '#constructs/kubernetes/metal/site-inventory';

/**
 * What the machines of a group are made from: an image, a host of the group, and the metadata that cloud-init gives to
 * the kubelet. Hosts get their addresses by DHCP.
 */
export function machineTemplate(
  slice: MetalSlice,
  group: HostGroup,
  inventory: SiteInventory,
): readonly KubernetesObject[] {
  const name = groupName(slice, group);
  const apiVersion = `${INFRASTRUCTURE}/${V1BETA2}`;
  const metadata = metadataOf(slice, name);
  return [
    {
      apiVersion,
      kind: 'Metal3DataTemplate',
      metadata,
      spec: {
        clusterName: slice.cluster.name,
        metaData: {
          objectNames: ['name', 'local-hostname', 'local_hostname'].map((key) => ({
            key,
            object: 'machine',
          })),
        },
      },
    },
    {
      apiVersion,
      kind: 'Metal3MachineTemplate',
      metadata,
      spec: {
        // An upgrade has no spare host: it writes the new image to the host that it has just drained.
        nodeReuse: true,
        template: {
          spec: {
            automatedCleaningMode: 'metadata',
            dataTemplate: { name },
            hostSelector: { matchLabels: { [GROUP_LABEL]: group.id } },
            image: { ...imageOf(inventory, group), checksumType: 'sha256' },
          },
        },
      },
    },
  ];
}

/** Keeps pods away that ask for no GPU. */
const GPU_TAINT = { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' } as const;

/** How kubeadm registers a node of the group. `ds.meta_data` is cloud-init's, filled from the data template. */
export function nodeRegistration(group: HostGroup) {
  const labels = [
    `${POOL_LABEL}=${group.nodePool}`,
    // The MIG manager of the GPU operator cuts the node's GPUs by it.
    ...(group.gpuSlices === undefined ? [] : [`nvidia.com/mig.config=all-${group.gpuSlices}`]),
  ];
  return {
    name: '{{ ds.meta_data.name }}',
    kubeletExtraArgs: [
      { name: 'node-labels', value: labels.join(',') },
      // How the Metal3 provider recognises the node of a machine; it adds `providerid` by itself.
      { name: 'provider-id', value: 'metal3://{{ ds.meta_data.providerid }}' },
    ],
    // Empty, not absent: kubeadm would taint the control plane, which carries the system pods here.
    taints: group.gpus ? [GPU_TAINT] : [],
  };
}
