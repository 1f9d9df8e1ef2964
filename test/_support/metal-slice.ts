import { hostNames, type MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import type { SiteInventory } from '#constructs/kubernetes/metal/site-inventory';

/** Three control-plane hosts, one more CPU host and six GPU servers. */
export const metal: MetalSlice = {
  environment: 'support',
  option: 'colo',
  cluster: { kubernetesVersion: '1.35', name: 'support-chat', namespace: 'chat' },
  groups: [
    {
      id: 'control-plane',
      role: 'control-plane',
      nodePool: 'cpu',
      hosts: 3,
      gpus: false,
      architecture: 'x86_64',
    },
    { id: 'cpu', role: 'worker', nodePool: 'cpu', hosts: 1, gpus: false, architecture: 'x86_64' },
    { id: 'gpu', role: 'worker', nodePool: 'gpu', hosts: 6, gpus: true, architecture: 'x86_64' },
  ],
};

const pair = (index: number) => index.toString(16).padStart(2, '0');

/** A valid inventory of exactly the planned servers; addresses are of the documentation range. */
export function inventoryOf(slice: MetalSlice = metal): SiteInventory {
  const names = slice.groups.flatMap(hostNames);
  return {
    hosts: Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          bmcAddress: `redfish-virtualmedia://192.0.2.${index + 20}/redfish/v1/Systems/1`,
          bootMacAddress: `02:00:00:00:00:${pair(index)}`,
        },
      ]),
    ),
    images: {
      x86_64: {
        url: 'https://images.example/node.raw',
        checksum: 'ab'.repeat(32),
        diskFormat: 'raw',
      },
    },
    kubernetesVersion: 'v1.35.2',
    controlPlaneHost: '192.0.2.10',
  };
}
