import { aws_eks_v2 as eks, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge, managedByAws } from '#constructs/aws/acknowledged';
import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';

/** What a claim without a class gets: encrypted, made in the zone of its first pod. */
export const DEFAULT_STORAGE_CLASS: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'gp3',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'ebs.csi.aws.com',
  parameters: { type: 'gp3', encrypted: 'true' },
  allowVolumeExpansion: true,
  // A claim that goes by accident must not take the data with it.
  reclaimPolicy: 'Retain',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** The driver that makes volumes for claims; a cluster comes without one. */
export class BlockStorage extends Construct {
  public readonly addon: eks.CfnAddon;

  public constructor(scope: Construct, id: string, cluster: eks.ICluster) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
      description: 'Makes and attaches the volumes of pods',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEBSCSIDriverPolicy')],
    });
    acknowledge(
      role,
      managedByAws('service-role/AmazonEBSCSIDriverPolicy'),
      'AWS keeps the policy in step with the driver, whose version EKS chooses; it touches only what the driver has tagged',
    );
    this.addon = new eks.CfnAddon(this, 'Addon', {
      addonName: 'aws-ebs-csi-driver',
      clusterName: cluster.clusterName,
      resolveConflicts: 'OVERWRITE',
      podIdentityAssociations: [{ serviceAccount: 'ebs-csi-controller-sa', roleArn: role.roleArn }],
    });
  }
}
