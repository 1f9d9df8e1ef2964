import type { Purchase } from '#lib/catalog/purchase';
import { GB, GIB } from '#lib/units/bytes';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { meanNodes, nodeHours, type AddedNodes } from '#lib/targets/purchases/node-hours';
import { awsOnDemand } from '#lib/targets/purchases/price-references';
import { LOG_BYTES_PER_REQUEST } from '#lib/targets/purchases/leaving-data';
import type { PlacedFleet } from '#lib/targets/target';

/** Nodes, control plane, root volumes, key and logs of an EKS cluster. */
export function clusterPurchases(fleet: PlacedFleet, region: string, additions?: AddedNodes): Purchase[] {
  const { gpuNodes, cpuNodes, controlPlane, secretsKey } = ADDRESSES.cluster;
  const nodes = meanNodes(fleet);
  const gpuDiskGb = roundTo((fleet.rootDiskGib.gpu * GIB) / GB, 3);
  const cpuDiskGb = roundTo((fleet.rootDiskGib.cpu * GIB) / GB, 3);
  const gp3 = awsOnDemand('ebs', 'gp3 storage', region, 'GB-month');
  const cpu = fleet.cpuNodes;
  return [
    ...nodeHours(fleet, {
      key: 'gpu-nodes.instance',
      committedKey: 'gpu-nodes.committed',
      addedKey: 'gpu-nodes.added',
      ...(additions === undefined ? {} : { additions }),
      resources: [gpuNodes],
    }),
    {
      kind: 'recurring',
      key: 'gpu-nodes.root-volume',
      label: 'Root volumes of GPU nodes',
      category: 'storage',
      // EBS bills GiB under the name of GB; the list's unit is kept.
      quantityPerMonth: nodes.base * fleet.rootDiskGib.gpu,
      quantityBand: { low: nodes.low * fleet.rootDiskGib.gpu, high: nodes.high * fleet.rootDiskGib.gpu },
      follows: { by: 'nodes' },
      price: gp3,
      ...(fleet.nodes.some(({ standing }) => standing !== undefined) ? { comesAndGoes: true } : {}),
      basis: `${roundTo(nodes.base, 3)} nodes × ${fleet.rootDiskGib.gpu} GiB (${gpuDiskGb} GB)`,
      resources: [gpuNodes],
    },
    ...(cpu.count === 0 || cpu.instanceType === null
      ? []
      : [
          {
            kind: 'recurring',
            key: 'cpu-nodes.instance',
            label: `${cpu.instanceType}, on-demand`,
            category: 'compute',
            quantityPerMonth: cpu.count * HOURS_PER_MONTH,
            price: awsOnDemand('ec2', cpu.instanceType, region, 'instance-hour'),
            basis: `${cpu.count} nodes × ${HOURS_PER_MONTH} h`,
            resources: [cpuNodes],
          } as const,
          {
            kind: 'recurring',
            key: 'cpu-nodes.root-volume',
            label: 'Root volumes of CPU nodes',
            category: 'storage',
            quantityPerMonth: cpu.count * fleet.rootDiskGib.cpu,
            price: gp3,
            basis: `${cpu.count} nodes × ${fleet.rootDiskGib.cpu} GiB (${cpuDiskGb} GB)`,
            resources: [cpuNodes],
          } as const,
        ]),
    {
      kind: 'recurring',
      key: 'cluster.control-plane',
      label: 'EKS control plane',
      category: 'platform',
      quantityPerMonth: HOURS_PER_MONTH,
      price: awsOnDemand('eks', 'control-plane (standard support)', region, 'cluster-hour'),
      basis: `1 cluster × ${HOURS_PER_MONTH} h`,
      resources: [controlPlane],
    },
    {
      kind: 'recurring',
      key: 'cluster.secrets-key',
      label: 'Key of the cluster secrets',
      category: 'platform',
      quantityPerMonth: 1,
      price: awsOnDemand('kms', 'Customer managed key', region, 'key-month'),
      basis: '1 key',
      resources: [secretsKey],
    },
    {
      kind: 'usage',
      key: 'cluster.logs',
      label: 'Access logs',
      category: 'platform',
      quantityPerMonth: (fleet.tokens.requestsPerMonth * LOG_BYTES_PER_REQUEST) / GB,
      price: awsOnDemand('cloudwatch', 'Logs ingested (standard)', region, 'GB'),
      basis: `${LOG_BYTES_PER_REQUEST} bytes per request`,
      resources: [controlPlane],
    },
  ];
}
