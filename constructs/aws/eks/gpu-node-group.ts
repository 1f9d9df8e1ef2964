import { aws_eks_v2 as eks, type aws_ec2 as ec2, type aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { efaInterfaces, efaSecurityGroup } from '#constructs/aws/eks/efa';
import { capacityType, scalingConfig, subnetsOf } from '#constructs/aws/eks/node-group';
import { nodeLaunchTemplate } from '#constructs/aws/eks/node-launch-template';
import { POOL_LABEL } from '#constructs/kubernetes/labels';
import type { NodePool } from '#lib/plan/plan';

const IMAGE = {
  x86_64: 'AL2023_x86_64_NVIDIA',
  arm64: 'AL2023_ARM_64_NVIDIA',
} as const satisfies Record<NodePool['architecture'], string>;

export interface GpuNodeGroupProps {
  readonly cluster: eks.ICluster;
  readonly vpc: ec2.IVpc;
  readonly nodeRole: iam.IRole;
  readonly pool: NodePool;
  /** Whether a replica spans nodes: they stand in one zone, and talk over EFA where the shape has it. */
  readonly spansNodes: boolean;
}

/** GPU nodes of one shape, tainted so that only GPU work lands on them. */
export class GpuNodeGroup extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: eks.CfnNodegroup;
  public readonly launchTemplate: ec2.CfnLaunchTemplate;

  public constructor(scope: Construct, id: string, props: GpuNodeGroupProps) {
    super(scope, id);
    const { cluster, pool, spansNodes } = props;
    const efa = spansNodes && pool.efaInterfaces > 0;
    this.launchTemplate = nodeLaunchTemplate(this, 'LaunchTemplate', {
      pool,
      ...(efa ? { networkInterfaces: this.fabric(props) } : {}),
    });
    const subnets = subnetsOf(this, props.vpc, pool.zones);
    // The L2 node group does not know newer accelerator families and falls back to an image without a driver.
    this.resource = new eks.CfnNodegroup(this, 'Resource', {
      clusterName: cluster.clusterName,
      nodeRole: props.nodeRole.roleArn,
      // EKS spreads a group over its zones evenly, and each layer of a replica over nodes would wait for the way between
      // them. EFA does not cross it at all.
      subnets: spansNodes ? subnets.slice(0, 1) : subnets,
      amiType: IMAGE[pool.architecture],
      instanceTypes: [pool.shape],
      capacityType: capacityType(this, pool),
      scalingConfig: scalingConfig(pool),
      launchTemplate: {
        id: this.launchTemplate.ref,
        version: this.launchTemplate.attrLatestVersionNumber,
      },
      labels: {
        [POOL_LABEL]: pool.id,
        // The device plugin runs where it finds this.
        'nvidia.com/gpu.present': 'true',
        // By this the node autoscaler knows that a node without its GPUs is still starting, and adds no second one.
        ...(pool.nodes.max > pool.nodes.min && pool.accelerator !== null
          ? { 'k8s.amazonaws.com/accelerator': pool.accelerator }
          : {}),
        ...(pool.productLabel === null ? {} : { 'nvidia.com/gpu.product': pool.productLabel }),
      },
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }],
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
    });
  }

  private fabric({ pool, vpc, cluster }: GpuNodeGroupProps) {
    const group = efaSecurityGroup(this, vpc);
    return efaInterfaces({
      interfaces: pool.efaInterfaces,
      primaryCarriesEfa: pool.efaOnPrimary,
      // A template with interfaces replaces the group that EKS would add.
      securityGroups: [cluster.clusterSecurityGroupId, group.attrGroupId],
    });
  }
}
