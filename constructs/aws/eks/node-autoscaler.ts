import { type aws_eks_v2 as eks, aws_eks, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '#constructs/aws/acknowledged';
import { roleWith } from '#constructs/aws/role';
import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';
import type { ClusterPlan, ScalingPlan } from '#lib/plan/plan';

const NAMESPACE = 'kube-system';
const SERVICE_ACCOUNT = 'cluster-autoscaler';

export interface NodeAutoscalerProps {
  readonly cluster: eks.ICluster;
  readonly plan: ClusterPlan;
  readonly region: string;
  readonly scaling: ScalingPlan;
}

/** Nodes come for pods that find no room and go when their pods fit elsewhere, between the bounds of their groups. */
export class NodeAutoscaler extends Construct {
  /** What the caller installs, once the rights are there. */
  public readonly chart: HelmChart;

  public constructor(scope: Construct, id: string, { cluster, plan, region, scaling }: NodeAutoscalerProps) {
    super(scope, id);
    const { role, policy } = roleWith(this, 'Role', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
      description: 'Adds and removes nodes of the cluster',
      statements: rights(plan.name),
    });
    acknowledge(
      policy,
      ['AwsSolutions-IAM5[Resource::*]'],
      'what it reads takes no resource, and what it changes must carry the tag of this cluster',
    );
    new aws_eks.CfnPodIdentityAssociation(this, 'Identity', {
      clusterName: cluster.clusterName,
      namespace: NAMESPACE,
      serviceAccount: SERVICE_ACCOUNT,
      roleArn: role.roleArn,
    });
    this.chart = chartOf(plan, region, scaling);
  }
}

/** It may look at every group and move those that EKS tagged as this cluster's. */
function rights(cluster: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      // None of these takes a resource.
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
        'eks:DescribeNodegroup',
      ],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: ['*'],
      conditions: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: 'owned' } },
    }),
  ];
}

function chartOf({ name }: ClusterPlan, region: string, { releaseSeconds }: ScalingPlan): HelmChart {
  return {
    release: 'cluster-autoscaler',
    chart: 'cluster-autoscaler',
    repository: 'https://kubernetes.github.io/autoscaler',
    version: '9.57.0',
    namespace: NAMESPACE,
    createNamespace: false,
    values: {
      cloudProvider: 'aws',
      awsRegion: region,
      autoDiscovery: { clusterName: name },
      rbac: { serviceAccount: { name: SERVICE_ACCOUNT } },
      extraArgs: {
        // Idle GPU nodes cost more than the wait for a new one: ten minutes would be the default.
        'scale-down-unneeded-time': `${releaseSeconds}s`,
        'scale-down-delay-after-add': `${releaseSeconds}s`,
        // The pods of a node that is not full move together; the budget moves them one by one.
        'scale-down-gpu-utilization-threshold': '0.9',
        'skip-nodes-with-system-pods': 'false',
      },
    },
    images: { 'image.repository': 'registry.k8s.io/autoscaling/cluster-autoscaler' },
  };
}
