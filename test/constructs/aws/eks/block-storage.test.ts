import { aws_eks_v2 as eks } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { BlockStorage } from '#constructs/aws/eks/block-storage';
import { propertiesOf } from '../../../_support/properties';
import { inStack } from '../../../_support/template';

const template = inStack((stack) => {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'serving' });
  new BlockStorage(stack, 'BlockStorage', cluster);
});

describe('BlockStorage', () => {
  it('gives rights to the controller of the driver alone', () => {
    expect(propertiesOf(template, 'AWS::EKS::Addon')['PodIdentityAssociations']).toMatchObject([
      { ServiceAccount: 'ebs-csi-controller-sa', RoleArn: { 'Fn::GetAtt': expect.anything() } },
    ]);
  });

  it('has a role that pods can take on', () => {
    expect(propertiesOf(template, 'AWS::IAM::Role')['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Principal: { Service: 'pods.eks.amazonaws.com' },
        },
      ],
    });
  });
});
