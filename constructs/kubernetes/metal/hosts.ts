import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { hostNames, type HostGroup, type MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import { GROUP_LABEL, metadataOf } from '#constructs/kubernetes/metal/names';
import { bareMetalOf, type SiteInventory } from '#constructs/kubernetes/metal/site-inventory';

/** As the Bare Metal Operator calls them. */
const ARCHITECTURE = { x86_64: 'x86_64', arm64: 'aarch64' } as const;

/**
 * The servers of a group. Each reads the user and password of its BMC from the Secret `<host>-bmc` in the namespace,
 * which is never written here; until it exists, the host waits.
 */
export function bareMetalHosts(
  slice: MetalSlice,
  group: HostGroup,
  inventory: SiteInventory,
): readonly KubernetesObject[] {
  return hostNames(group).map((name) => {
    const { bmcAddress, bootMacAddress } = bareMetalOf(inventory, name);
    return {
      apiVersion: 'metal3.io/v1alpha1',
      kind: 'BareMetalHost',
      metadata: metadataOf(slice, name, { [GROUP_LABEL]: group.id }),
      spec: {
        online: true,
        architecture: ARCHITECTURE[group.architecture],
        bmc: { address: bmcAddress, credentialsName: `${name}-bmc` },
        bootMACAddress: bootMacAddress,
        bootMode: 'UEFI',
        // Wipes partition tables between owners; the default, written so that nobody has to look it up.
        automatedCleaningMode: 'metadata',
      },
    };
  });
}
