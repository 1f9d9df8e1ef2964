import { propertyAccess, TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { hostNames, type HostGroup, type MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import type { BareMetal, DiskImage, SiteInventory } from '#constructs/kubernetes/metal/site-inventory';
import { Verbatim } from '#constructs/kubernetes/verbatim';

/**
 * Asks for what only the site knows. No variable has a default: an address that nobody gave is never used. Each is
 * checked when it is given, not when a host fails to boot.
 */
export function siteVariables(scope: Construct, slice: MetalSlice): SiteInventory {
  return {
    hosts: hostsVariable(scope, slice),
    images: Object.fromEntries(
      [...new Set(slice.groups.map(({ architecture }) => architecture))].map((architecture) => [
        architecture,
        imageVariables(scope, architecture),
      ]),
    ),
    kubernetesVersion: textVariable(scope, 'kubernetes_version', {
      description: `Exact version of kubelet in the image: v${slice.cluster.kubernetesVersion}.x`,
      condition: matches(
        `^v${slice.cluster.kubernetesVersion.replaceAll('.', '[.]')}[.][0-9]+$`,
        'kubernetes_version',
      ),
      errorMessage: `A patch version of v${slice.cluster.kubernetesVersion} is needed, which the plan is made for.`,
    }),
    controlPlaneHost: textVariable(scope, 'control_plane_host', {
      description: 'Virtual address or load balancer in front of port 6443 of the control-plane hosts',
      condition: '${length(var.control_plane_host) > 0}',
      errorMessage: 'An address or a name is needed.',
    }),
  };
}

const HOSTS = 'bmc_hosts';

/** One variable for all servers, by planned name: a reordered list would swap the addresses of two servers. */
function hostsVariable(scope: Construct, slice: MetalSlice): Readonly<Record<string, BareMetal>> {
  const names = slice.groups.flatMap(hostNames);
  const variable = new TerraformVariable(scope, HOSTS, {
    type: 'map(object({ bmc_address = string, boot_mac_address = string }))',
    description: `BMC address, with its protocol, and boot MAC address of: ${names.join(', ')}`,
    nullable: false,
    validation: [
      {
        condition: `\${length(var.${HOSTS}) == ${names.length}}`,
        errorMessage: `The plan has ${names.length} servers.`,
      },
      {
        condition: `\${toset(keys(var.${HOSTS})) == toset(${JSON.stringify(names)})}`,
        errorMessage: `The servers are named ${names.join(', ')}.`,
      },
      {
        condition: everyHost('can(regex("^[a-z0-9+-]+://", host.bmc_address))'),
        errorMessage: 'A BMC address begins with its protocol, such as redfish-virtualmedia://.',
      },
      {
        condition: everyHost('can(regex("^[0-9a-f]{2}(:[0-9a-f]{2}){5}$", lower(host.boot_mac_address)))'),
        errorMessage: 'A MAC address has six pairs of hexadecimal digits with colons between them.',
      },
      {
        condition: distinct('boot_mac_address'),
        errorMessage: 'Two servers have the same MAC address.',
      },
      { condition: distinct('bmc_address'), errorMessage: 'Two servers have the same BMC address.' },
    ],
  });
  const field = (name: string, attribute: string) =>
    new Verbatim(Token.asString(propertyAccess(variable.fqn, [name, attribute])));
  return Object.fromEntries(
    names.map((name) => [
      name,
      { bmcAddress: field(name, 'bmc_address'), bootMacAddress: field(name, 'boot_mac_address') },
    ]),
  );
}

/** Names of the variables of one image: those of x86 hosts have the plain ones. */
const IMAGE_VARIABLES = { x86_64: 'os_image', arm64: 'os_image_arm64' } as const;

function imageVariables(scope: Construct, architecture: HostGroup['architecture']): DiskImage {
  const name = IMAGE_VARIABLES[architecture];
  const [url, checksum, format] = [`${name}_url`, `${name}_checksum`, `${name}_format`];
  return {
    url: textVariable(scope, url, {
      description: `Disk image for ${architecture} with containerd, kubeadm and kubelet, reachable from every host`,
      condition: matches('^https?://', url),
      errorMessage: 'An http or https address is needed.',
    }),
    checksum: textVariable(scope, checksum, {
      description: 'SHA-256 of the image',
      condition: matches('^[0-9a-f]{64}$', checksum),
      errorMessage: 'A SHA-256 of 64 hexadecimal digits is needed.',
    }),
    diskFormat: textVariable(scope, format, {
      description: 'Format of the image: raw or qcow2',
      condition: matches('^(raw|qcow2)$', format),
      errorMessage: 'raw or qcow2 is needed.',
    }),
  };
}

interface Asked {
  readonly description: string;
  readonly condition: string;
  readonly errorMessage: string;
}

function textVariable(scope: Construct, name: string, asked: Asked): Verbatim {
  const { description, condition, errorMessage } = asked;
  const variable = new TerraformVariable(scope, name, {
    type: 'string',
    description,
    nullable: false,
    validation: [{ condition, errorMessage }],
  });
  return new Verbatim(variable.stringValue);
}

/** The patterns hold no backslash, which Terraform's JSON would need twice. */
function matches(pattern: string, variable: string): string {
  return `\${can(regex("${pattern}", var.${variable}))}`;
}

function everyHost(condition: string): string {
  return `\${alltrue([for host in values(var.${HOSTS}) : ${condition}])}`;
}

function distinct(attribute: string): string {
  return `\${length(distinct([for host in values(var.${HOSTS}) : lower(host.${attribute})])) == length(var.${HOSTS})}`;
}
