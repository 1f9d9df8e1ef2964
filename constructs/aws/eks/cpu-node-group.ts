import { aws_eks_v2 as eks, type aws_ec2 as ec2, type aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { capacityType, scalingConfig, subnetsOf } from '#constructs/aws/eks/node-group';
import { nodeLaunchTemplate } from '#constructs/aws/eks/node-launch-template';
import { POOL_LABEL } from '#constructs/kubernetes/labels';
import type { NodePool } from '#lib/plan/plan';

const IMAGE = {
  x86_64: 'AL2023_x86_64_STANDARD',
  arm64: 'AL2023_ARM_64_STANDARD',
} as const satisfies Record<NodePool['architecture'], string>;

export interface CpuNodeGroupProps {
  readonly cluster: eks.ICluster;
  readonly vpc: ec2.IVpc;
  readonly nodeRole: iam.IRole;
  readonly pool: NodePool;
}

/** Nodes for everything that needs no GPU: system pods, gateways, vector stores. */
export class CpuNodeGroup extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: eks.CfnNodegroup;
  public readonly launchTemplate: ec2.CfnLaunchTemplate;

  public constructor(scope: Construct, id: string, props: CpuNodeGroupProps) {
    super(scope, id);
    const { pool } = props;
    this.launchTemplate = nodeLaunchTemplate(this, 'LaunchTemplate', { pool });
    this.resource = new eks.CfnNodegroup(this, 'Resource', {
      clusterName: props.cluster.clusterName,
      nodeRole: props.nodeRole.roleArn,
      subnets: subnetsOf(this, props.vpc, pool.zones),
      amiType: IMAGE[pool.architecture],
      instanceTypes: [pool.shape],
      capacityType: capacityType(this, pool),
      scalingConfig: scalingConfig(pool),
      launchTemplate: {
        id: this.launchTemplate.ref,
        version: this.launchTemplate.attrLatestVersionNumber,
      },
      labels: { [POOL_LABEL]: pool.id },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
    });
  }
}
