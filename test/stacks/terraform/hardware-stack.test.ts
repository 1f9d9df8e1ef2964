import { Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { hardwareStack } from '#stacks/terraform/hardware-stack';
import { plannedFor } from '../../_support/planned';

interface Variable {
  readonly type: string;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly validation?: readonly { readonly condition: string; readonly error_message: string }[];
}
interface Document {
  readonly variable: Readonly<Record<string, Variable>>;
  readonly provider: Readonly<Record<string, readonly { readonly config_path?: string }[]>>;
  readonly resource: {
    readonly kubernetes_manifest: Readonly<
      Record<string, { readonly manifest: { readonly kind: string; readonly spec: Record<string, unknown> } }>
    >;
  };
}

function hardwareOf(target: string) {
  const [plan] = plannedFor(target);
  if (plan === undefined) throw new Error(`nothing was planned for ${target}`);
  const stack = hardwareStack(Testing.app(), plan);
  const document = JSON.parse(Testing.synth(stack)) as Document;
  const manifests = Object.values(document.resource.kubernetes_manifest).map(({ manifest }) => manifest);
  return { plan, stack, document, manifests };
}

describe.each(['colo', 'self-built'])('the hardware stack of %s', (target) => {
  const { plan, stack, document, manifests } = hardwareOf(target);
  const hosts = manifests.filter(({ kind }) => kind === 'BareMetalHost');
  const servers = plan.nodePools.reduce((sum, { nodes }) => sum + nodes.desired, 0);

  it('declares every server of the plan once', () => expect(hosts).toHaveLength(servers));

  it('stands where the bill says', () => {
    const path = ADDRESSES.hardware.hosts.split('/');
    expect(path.reduce((node, id) => node.findChild(id).node, stack.node).children.length).toBeGreaterThan(0);
  });

  it('asks for everything that only the site knows, without a default', () => {
    expect(Object.keys(document.variable).toSorted()).toEqual([
      'bmc_hosts',
      'control_plane_host',
      'kubernetes_version',
      'management_kubeconfig',
      'os_image_checksum',
      'os_image_format',
      'os_image_url',
    ]);
    for (const variable of Object.values(document.variable)) expect(variable).not.toHaveProperty('default');
  });

  it('refuses a list of hosts that is not the planned one', () => {
    const conditions = document.variable['bmc_hosts']?.validation?.map(({ condition }) => condition);
    expect(conditions?.[0]).toBe(`\${length(var.bmc_hosts) == ${servers}}`);
    expect(conditions?.[1]).toContain('"gpu-0"');
  });

  it('talks to the management cluster', () => {
    expect(document.provider['kubernetes']?.[0]?.config_path).toBe('${var.management_kubeconfig}');
  });

  it('leaves references to variables for Terraform to resolve', () => {
    expect(hosts[0]?.spec).toMatchObject({
      bmc: { address: '${var.bmc_hosts["control-plane-0"].bmc_address}' },
      bootMACAddress: '${var.bmc_hosts["control-plane-0"].boot_mac_address}',
    });
    expect(JSON.stringify(manifests)).not.toContain('$${');
  });

  it('holds no address and no secret of its own', () => {
    const text = JSON.stringify(manifests);
    expect(text).not.toMatch(/redfish|ipmi|password|"kind":"Secret"/);
  });
});
