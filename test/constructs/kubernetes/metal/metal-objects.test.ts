import { describe, expect, it } from 'vitest';
import { metalObjects } from '#constructs/kubernetes/metal/metal-objects';
import type { SiteInventory } from '#constructs/kubernetes/metal/site-inventory';
import { YamlCluster } from '#constructs/kubernetes/yaml';
import { Verbatim } from '#constructs/kubernetes/verbatim';
import { inventoryOf, metal } from '../../../_support/metal-slice';

const objects = metalObjects(metal, inventoryOf());
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
const named = (kind: string, name: string) => ofKind(kind).find(({ metadata }) => metadata.name === name);

describe('metalObjects', () => {
  it('declares a host for every planned server', () => {
    expect(ofKind('BareMetalHost').map(({ metadata }) => metadata.name)).toEqual([
      'control-plane-0',
      'control-plane-1',
      'control-plane-2',
      'cpu-0',
      ...Array.from({ length: 6 }, (_, index) => `gpu-${index}`),
    ]);
  });

  it('gives a host its address and refers to a Secret that it does not write', () => {
    expect(named('BareMetalHost', 'gpu-0')).toMatchObject({
      spec: {
        online: true,
        bmc: {
          address: 'redfish-virtualmedia://192.0.2.24/redfish/v1/Systems/1',
          credentialsName: 'gpu-0-bmc',
        },
        bootMACAddress: '02:00:00:00:00:04',
        bootMode: 'UEFI',
      },
    });
    expect(ofKind('Secret')).toEqual([]);
  });

  it('lets machines take only hosts of their group', () => {
    for (const group of metal.groups) {
      const wanted = { 'landfall/host-group': group.id };
      expect(named('Metal3MachineTemplate', `support-chat-${group.id}`)).toMatchObject({
        spec: { template: { spec: { hostSelector: { matchLabels: wanted } } } },
      });
      const hosts = ofKind('BareMetalHost').filter(
        ({ metadata }) => metadata.labels?.['landfall/host-group'] === group.id,
      );
      expect(hosts).toHaveLength(group.hosts);
    }
  });

  it('joins the cluster, its hosts’ network and its control plane by name', () => {
    expect(named('Cluster', 'support-chat')).toMatchObject({
      spec: {
        controlPlaneRef: { kind: 'KubeadmControlPlane', name: 'support-chat-control-plane' },
        infrastructureRef: { kind: 'Metal3Cluster', name: 'support-chat' },
      },
    });
    expect(named('KubeadmControlPlane', 'support-chat-control-plane')).toMatchObject({
      spec: { replicas: 3, version: 'v1.35.2' },
    });
    expect(named('Metal3Cluster', 'support-chat')).toMatchObject({
      spec: { controlPlaneEndpoint: { host: '192.0.2.10', port: 6443 } },
    });
  });

  it('makes as many machines of a pool as there are hosts, and never one more while it upgrades', () => {
    expect(named('MachineDeployment', 'support-chat-gpu')).toMatchObject({
      spec: {
        replicas: 6,
        rollout: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
        template: { spec: { version: 'v1.35.2' } },
      },
    });
  });

  it('taints GPU nodes and leaves the control plane open to system pods', () => {
    const taintsOf = (kind: string, name: string) =>
      JSON.stringify(named(kind, name)).match(/"taints":(\[[^\]]*\])/)?.[1];
    expect(taintsOf('KubeadmConfigTemplate', 'support-chat-gpu')).toContain('nvidia.com/gpu');
    expect(taintsOf('KubeadmConfigTemplate', 'support-chat-cpu')).toBe('[]');
    expect(taintsOf('KubeadmControlPlane', 'support-chat-control-plane')).toBe('[]');
  });

  it('stops rebooting when more than a third of a pool falls silent', () => {
    expect(named('MachineHealthCheck', 'support-chat-gpu')).toMatchObject({
      spec: {
        remediation: {
          triggerIf: { unhealthyLessThanOrEqualTo: 2 },
          templateRef: { kind: 'Metal3RemediationTemplate', name: 'support-chat-gpu' },
        },
      },
    });
    expect(named('MachineHealthCheck', 'support-chat-cpu')).toMatchObject({
      spec: { remediation: { triggerIf: { unhealthyLessThanOrEqualTo: 1 } } },
    });
  });

  it('applies hosts before the machines that take them, the namespace before all', () => {
    const kinds = objects.map(({ kind }) => kind);
    expect(kinds[0]).toBe('Namespace');
    expect(kinds.lastIndexOf('BareMetalHost')).toBeLessThan(kinds.indexOf('MachineDeployment'));
  });

  it('refuses an inventory that lacks a planned server', () => {
    const { 'gpu-5': _last, ...hosts } = inventoryOf().hosts;
    expect(() => metalObjects(metal, { ...inventoryOf(), hosts })).toThrow(/hosts\.gpu-5.*NOT_SYNTHESIZABLE/);
  });

  it('refuses an inventory with a server that the plan lacks', () => {
    const whole = inventoryOf();
    const hosts: SiteInventory['hosts'] = {
      ...whole.hosts,
      'gpu-6': { bmcAddress: 'redfish://192.0.2.99', bootMacAddress: '02:00:00:00:00:63' },
    };
    expect(() => metalObjects(metal, { ...whole, hosts })).toThrow(/got gpu-6.*NOT_SYNTHESIZABLE/);
  });

  it('refuses an image with another Kubernetes minor than the plan’s', () => {
    const inventory = { ...inventoryOf(), kubernetesVersion: 'v1.34.9' };
    expect(() => metalObjects(metal, inventory)).toThrow(/v1\.34\.9.*CONFLICT/);
  });

  it('is written as YAML with the values of an inventory', () => {
    const cluster = new YamlCluster();
    for (const object of objects) cluster.apply(object);
    expect(cluster.render()).toContain('bootMACAddress: 02:00:00:00:00:04');
  });

  it('is not written as YAML with references that only Terraform resolves', () => {
    const cluster = new YamlCluster();
    const inventory = { ...inventoryOf(), controlPlaneHost: new Verbatim('${var.control_plane_host}') };
    for (const object of metalObjects(metal, inventory)) cluster.apply(object);
    expect(() => cluster.render()).toThrow(/give the inventory.*NOT_SYNTHESIZABLE/);
  });
});
