import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { nodeRegistration } from '#constructs/kubernetes/metal/machine-template';
import type { HostGroup, MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import {
  CONTROL_PLANE,
  groupName,
  INFRASTRUCTURE,
  machineLabels,
  metadataOf,
  V1BETA2,
} from '#constructs/kubernetes/metal/names';
import type { SiteInventory } from '#constructs/kubernetes/metal/site-inventory';

/** A /24 for each of 256 nodes, and kubeadm's own choice for services: private ranges that the site must not route. */
const PODS_CIDR = '10.244.0.0/16';
const SERVICES_CIDR = '10.96.0.0/12';
const API_PORT = 6443;

/** The cluster, with its control plane on hosts of this group. It comes without a network plugin. */
export function metalCluster(
  slice: MetalSlice,
  group: HostGroup,
  inventory: SiteInventory,
): readonly KubernetesObject[] {
  const { name } = slice.cluster;
  const metadata = metadataOf(slice, name);
  return [
    {
      apiVersion: `${INFRASTRUCTURE}/${V1BETA2}`,
      kind: 'Metal3Cluster',
      metadata,
      spec: {
        controlPlaneEndpoint: { host: inventory.controlPlaneHost, port: API_PORT },
        cloudProviderEnabled: false,
      },
    },
    controlPlane(slice, group, inventory),
    {
      apiVersion: `cluster.x-k8s.io/${V1BETA2}`,
      kind: 'Cluster',
      metadata,
      spec: {
        clusterNetwork: {
          pods: { cidrBlocks: [PODS_CIDR] },
          services: { cidrBlocks: [SERVICES_CIDR] },
          serviceDomain: 'cluster.local',
        },
        controlPlaneRef: {
          apiGroup: CONTROL_PLANE,
          kind: 'KubeadmControlPlane',
          name: groupName(slice, group),
        },
        infrastructureRef: { apiGroup: INFRASTRUCTURE, kind: 'Metal3Cluster', name },
      },
    },
  ];
}

function controlPlane(slice: MetalSlice, group: HostGroup, inventory: SiteInventory): KubernetesObject {
  const name = groupName(slice, group);
  const registration = { nodeRegistration: nodeRegistration(group) };
  return {
    apiVersion: `${CONTROL_PLANE}/${V1BETA2}`,
    kind: 'KubeadmControlPlane',
    metadata: metadataOf(slice, name),
    spec: {
      replicas: group.hosts,
      version: inventory.kubernetesVersion,
      // Without a spare host one member leaves before the next joins; allowed from three members on.
      rollout: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0 } } },
      machineTemplate: {
        metadata: { labels: machineLabels(slice, group) },
        spec: {
          infrastructureRef: { apiGroup: INFRASTRUCTURE, kind: 'Metal3MachineTemplate', name },
        },
      },
      kubeadmConfigSpec: { initConfiguration: registration, joinConfiguration: registration },
    },
  };
}
