import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import { type aws_ec2 as ec2, aws_eks_v2 as eks, aws_kms as kms, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, managedByAws } from '#constructs/aws/acknowledged';
import { acknowledgeHandler, handlerRole } from '#constructs/aws/eks/object-handler';
import { privateSubnets } from '#constructs/aws/network';
import type { ClusterPlan } from '#lib/plan/plan';

export interface GpuClusterProps {
  readonly cluster: ClusterPlan;
  readonly vpc: ec2.IVpc;
}

/**
 * A cluster whose API is reachable from the VPC only: objects are applied by a function inside it, people come by VPN
 * or a bastion. Nodes are added by the caller. Built straight into the scope: its children are addresses.
 */
export class GpuCluster {
  public readonly cluster: eks.Cluster;
  /** Add-ons that a node needs before it is ready. */
  public readonly nodeAddons: readonly eks.CfnAddon[];
  /** Add-ons that run as pods and so need nodes. */
  public readonly podAddons: readonly eks.CfnAddon[];

  public constructor(scope: Construct, props: GpuClusterProps) {
    const { cluster: plan, vpc } = props;
    const subnets = privateSubnets(vpc);
    const secretsKey = new kms.Key(scope, 'SecretsKey', {
      description: `Secrets of the cluster ${plan.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.cluster = new eks.Cluster(scope, 'Cluster', {
      clusterName: plan.name,
      version: eks.KubernetesVersion.of(plan.kubernetesVersion),
      vpc,
      vpcSubnets: [{ subnets }],
      endpointAccess: eks.EndpointAccess.PRIVATE,
      secretsEncryptionKey: secretsKey,
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      // Rights are given by access entries; whoever deploys gets none by accident.
      bootstrapClusterCreatorAdminPermissions: false,
      bootstrapSelfManagedAddons: false,
      // Each object is a resource of its own, which deletes it: labels for pruning would only alter it.
      prune: false,
      outputConfigCommand: false,
      kubectlProviderOptions: {
        role: handlerRole(scope, plan.name),
        kubectlLayer: new KubectlV35Layer(scope, 'KubectlLayer'),
        privateSubnets: subnets,
      },
    });
    acknowledge(
      this.cluster,
      ['CloudFormation-Validate::W9009'],
      'the cluster construct of aws-cdk-lib writes EncryptionConfig.Resources; EKS accepts it',
    );
    acknowledge(
      this.cluster.node.findChild('Role'),
      managedByAws('AmazonEKSClusterPolicy'),
      'the policy that EKS asks of the role of its control plane, and keeps in step with it',
    );
    acknowledgeHandler(this.cluster);
    this.nodeAddons = [
      // Without this the network policies of the model server are accepted and ignored.
      this.addon('vpc-cni', { enableNetworkPolicy: 'true' }),
      this.addon('kube-proxy'),
      this.addon('eks-pod-identity-agent'),
    ];
    this.podAddons = [this.addon('coredns'), this.addon('eks-node-monitoring-agent')];
  }

  private addon(name: string, configuration?: Readonly<Record<string, string>>): eks.CfnAddon {
    return new eks.CfnAddon(this.cluster, `Addon-${name}`, {
      addonName: name,
      clusterName: this.cluster.clusterName,
      resolveConflicts: 'OVERWRITE',
      ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
    });
  }
}
