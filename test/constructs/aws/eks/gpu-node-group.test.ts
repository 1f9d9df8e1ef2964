import { aws_eks_v2 as eks, Tags } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { GpuNodeGroup } from '#constructs/aws/eks/gpu-node-group';
import { nodeRole } from '#constructs/aws/eks/node-role';
import type { NodePool } from '#lib/plan/plan';
import { twoZones } from '../../../_support/aws-network';
import { gpuPool } from '../../../_support/aws-plan';
import { propertiesOf } from '../../../_support/properties';
import { inStack } from '../../../_support/template';
import { problemOf } from '../../../_support/thrown';

function group(changes: Partial<NodePool> = {}, spansNodes = false): Template {
  return inStack((stack) => {
    const vpc = twoZones(stack);
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'serving',
      clusterSecurityGroupId: 'sg-cluster',
      vpc,
    });
    const pool = { ...gpuPool, ...changes };
    Tags.of(stack).add('landfall:option', 'eks');
    new GpuNodeGroup(stack, 'Gpu', { cluster, vpc, nodeRole: nodeRole(stack, 'Role'), pool, spansNodes });
  });
}

interface LaunchTemplateData {
  readonly NetworkInterfaces?: readonly {
    readonly NetworkCardIndex: number;
    readonly DeviceIndex: number;
    readonly InterfaceType: string;
  }[];
  readonly BlockDeviceMappings: readonly object[];
  readonly MetadataOptions: object;
  readonly UserData?: object;
  readonly TagSpecifications?: object;
}

const launchTemplate = (template: Template) =>
  propertiesOf(template, 'AWS::EC2::LaunchTemplate')['LaunchTemplateData'] as LaunchTemplateData;
const nodeGroup = (template: Template) => propertiesOf(template, 'AWS::EKS::Nodegroup');

/** Cards as `card.device type`. */
const interfaces = (template: Template) =>
  (launchTemplate(template).NetworkInterfaces ?? []).map(
    (card) => `${card.NetworkCardIndex}.${card.DeviceIndex} ${card.InterfaceType}`,
  );

describe('GpuNodeGroup', () => {
  it('hands the tags of the stack to its machines and their disks, by which bills are split', () => {
    const Tags = [{ Key: 'landfall:option', Value: 'eks' }];
    expect(launchTemplate(group()).TagSpecifications).toEqual([
      { ResourceType: 'instance', Tags },
      { ResourceType: 'volume', Tags },
    ]);
  });

  it('is tainted so that only GPU work lands on it', () => {
    expect(nodeGroup(group())['Taints']).toEqual([
      { Key: 'nvidia.com/gpu', Value: 'present', Effect: 'NO_SCHEDULE' },
    ]);
  });

  it.each([
    ['p5.48xlarge', 'x86_64', 'AL2023_x86_64_NVIDIA'],
    ['g7e.12xlarge', 'x86_64', 'AL2023_x86_64_NVIDIA'],
    ['p6-b300.48xlarge', 'x86_64', 'AL2023_x86_64_NVIDIA'],
    ['p6e-gb200.36xlarge', 'arm64', 'AL2023_ARM_64_NVIDIA'],
  ] as const)('boots %s (%s) from an image with the driver, %s', (shape, architecture, amiType) => {
    const pool = nodeGroup(group({ shape, architecture }));
    expect(pool).toMatchObject({ AmiType: amiType, InstanceTypes: [shape] });
  });

  it('cuts its GPUs at every boot before the kubelet starts, where replicas stand on slices', () => {
    const slices = { profile: '3g.40gb', perAccelerator: 2 };
    const userData = JSON.stringify(launchTemplate(group({ slices })).UserData);
    expect(userData).toContain('nvidia-smi mig -cgi 3g.40gb,3g.40gb -C');
    expect(userData).toContain('Before=kubelet.service');
    expect(userData).toContain('strategy: RAID0');
    expect(JSON.stringify(launchTemplate(group()).UserData)).not.toContain('nvidia-smi');
    expect(launchTemplate(group({ localDiskGb: 0 })).UserData).toBeUndefined();
  });

  it.each([
    ['on-demand', 'ON_DEMAND'],
    ['savings-plan-3y', 'ON_DEMAND'],
    ['spot', 'SPOT'],
  ])('asks EC2 for %s as %s', (purchase, capacity) => {
    expect(nodeGroup(group({ purchase }))['CapacityType']).toBe(capacity);
  });

  it('refuses a capacity block, whose reservation no plan holds', () => {
    expect(problemOf(() => group({ purchase: 'capacity-block' }))).toMatchObject({
      code: 'NOT_SYNTHESIZABLE',
      at: 'Test/Gpu',
      got: 'purchase capacity-block',
    });
  });

  it('names the zone that the network does not reach', () => {
    expect(problemOf(() => group({ zones: ['us-east-1a', 'us-east-1f'] }))).toMatchObject({
      code: 'ZONE_NOT_IN_NETWORK',
      got: 'us-east-1f',
    });
  });

  it('takes its planned size', () => {
    expect(nodeGroup(group({ nodes: { min: 1, desired: 3, max: 5 } }))['ScalingConfig']).toEqual({
      MinSize: 1,
      DesiredSize: 3,
      MaxSize: 5,
    });
  });

  it('has no EFA where replicas fit one node', () => {
    expect(interfaces(group({ efaInterfaces: 32 }, false))).toEqual([]);
  });

  it('puts EFA on every network card of a p5, the primary one first', () => {
    const cards = interfaces(group({ efaInterfaces: 32 }, true));
    expect(cards).toHaveLength(32);
    expect(cards.slice(0, 2)).toEqual(['0.0 efa', '1.1 efa-only']);
    expect(cards.at(-1)).toBe('31.1 efa-only');
  });

  it('leaves the primary card of a p6-b300 without EFA', () => {
    const cards = interfaces(
      group({ shape: 'p6-b300.48xlarge', efaInterfaces: 16, efaOnPrimary: false }, true),
    );
    expect(cards).toHaveLength(17);
    expect(cards.slice(0, 2)).toEqual(['0.0 interface', '1.0 efa-only']);
    expect(cards.at(-1)).toBe('16.0 efa-only');
  });

  it.each([0, 32])(
    'stands in one zone where replicas span nodes, with %d EFA interfaces',
    (efaInterfaces) => {
      expect(nodeGroup(group({ efaInterfaces }, true))['Subnets']).toHaveLength(1);
      expect(nodeGroup(group({ efaInterfaces }, false))['Subnets']).toHaveLength(2);
    },
  );

  it('lets EFA traffic in and out between its own nodes', () => {
    const template = group({ efaInterfaces: 32 }, true);
    expect(propertiesOf(template, 'AWS::EC2::SecurityGroupIngress')['IpProtocol']).toBe('-1');
    expect(propertiesOf(template, 'AWS::EC2::SecurityGroupEgress')['IpProtocol']).toBe('-1');
  });

  it('keeps the planned root volume encrypted', () => {
    expect(launchTemplate(group({ rootDiskGib: 417 })).BlockDeviceMappings).toMatchObject([
      { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 417, VolumeType: 'gp3', Encrypted: true } },
    ]);
  });

  it('keeps pods away from the credentials of the node', () => {
    expect(launchTemplate(group()).MetadataOptions).toMatchObject({
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
    });
  });

  it('joins local disks into one volume, where there are any', () => {
    expect(launchTemplate(group({ localDiskGb: 30_000 })).UserData).toBeDefined();
    expect(launchTemplate(group({ localDiskGb: 0 })).UserData).toBeUndefined();
  });
});
