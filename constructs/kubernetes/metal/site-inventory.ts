import { hostNames, type HostGroup, type MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import type { Verbatim } from '#constructs/kubernetes/verbatim';
import { LandfallError } from '#lib/errors/landfall-error';

/** Known at the site only, or a reference that the back end resolves when it applies. */
export type SiteValue = string | Verbatim;

/** How one server is reached before it has an operating system. */
export interface BareMetal {
  /** With its protocol: `redfish-virtualmedia://192.0.2.21/redfish/v1/Systems/1`. */
  readonly bmcAddress: SiteValue;
  /** MAC address of the interface that boots. */
  readonly bootMacAddress: SiteValue;
}

/** Disk image with containerd, kubeadm and kubelet. */
export interface DiskImage {
  readonly url: SiteValue;
  /** SHA-256. */
  readonly checksum: SiteValue;
  /** `raw` or `qcow2`; a raw image is streamed to the disk, a qcow2 one must fit the memory first. */
  readonly diskFormat: SiteValue;
}

/** What no plan can know. Nothing of it is made up. */
export interface SiteInventory {
  /** By host name, for every name of `hostNames`. */
  readonly hosts: Readonly<Record<string, BareMetal>>;
  /** By the processors that it is built for: those of the planned hosts. */
  readonly images: Partial<Readonly<Record<HostGroup['architecture'], DiskImage>>>;
  /** Exactly the kubelet's version in the image: `v1.35.2`. */
  readonly kubernetesVersion: SiteValue;
  /** Virtual address or load balancer in front of the control plane; it must exist before the first host boots. */
  readonly controlPlaneHost: SiteValue;
}

/**
 * The host's entry in the inventory.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where it has none
 */
export function bareMetalOf(inventory: SiteInventory, name: string): BareMetal {
  const found = Object.hasOwn(inventory.hosts, name) ? inventory.hosts[name] : undefined;
  if (found !== undefined) return found;
  throw new LandfallError({
    code: 'NOT_SYNTHESIZABLE',
    at: `site inventory: hosts.${name}`,
    expected: 'the BMC address and the boot MAC address of a planned server',
    fix: `add ${name} to the inventory`,
  });
}

/**
 * The image for a group's hosts.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where there is none for their processors
 */
export function imageOf(inventory: SiteInventory, { architecture }: HostGroup): DiskImage {
  const found = inventory.images[architecture];
  if (found !== undefined) return found;
  throw new LandfallError({
    code: 'NOT_SYNTHESIZABLE',
    at: `site inventory: images.${architecture}`,
    expected: `a disk image for ${architecture}, which planned hosts have`,
    fix: `add one for ${architecture} to the inventory`,
  });
}

/**
 * Holds an inventory to the plan it is for.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE for hosts that the plan lacks, CONFLICT for another Kubernetes minor
 */
export function checkInventory(slice: MetalSlice, inventory: SiteInventory): void {
  const planned = new Set(slice.groups.flatMap(hostNames));
  const surplus = Object.keys(inventory.hosts).filter((name) => !planned.has(name));
  if (surplus.length > 0) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: 'site inventory: hosts',
      got: surplus.join(', '),
      expected: `the ${planned.size} planned servers: ${[...planned].join(', ')}`,
      fix: 'remove the surplus hosts, or raise the demand of the scenario',
    });
  }
  const { kubernetesVersion } = inventory;
  const minor = slice.cluster.kubernetesVersion;
  if (typeof kubernetesVersion === 'string' && !kubernetesVersion.startsWith(`v${minor}.`)) {
    throw new LandfallError({
      code: 'CONFLICT',
      at: 'site inventory: kubernetesVersion',
      got: kubernetesVersion,
      expected: `a patch version of v${minor}, which the plan is made for`,
      fix: `use an image with Kubernetes ${minor}`,
    });
  }
}
