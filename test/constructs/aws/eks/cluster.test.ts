import { describe, expect, it } from 'vitest';
import { GpuCluster } from '#constructs/aws/eks/cluster';
import { twoZones } from '../../../_support/aws-network';
import { propertiesOf } from '../../../_support/properties';
import { inStack } from '../../../_support/template';

const template = inStack((stack) => {
  new GpuCluster(stack, {
    cluster: { kubernetesVersion: '1.35', name: 'support-eks', namespace: 'inference' },
    vpc: twoZones(stack),
  });
});
const cluster = propertiesOf(template, 'AWS::EKS::Cluster');

describe('GpuCluster', () => {
  it('answers inside the VPC only', () => {
    expect(cluster['ResourcesVpcConfig']).toMatchObject({
      EndpointPrivateAccess: true,
      EndpointPublicAccess: false,
    });
  });

  it('encrypts Kubernetes secrets with a key of its own that rotates', () => {
    expect(cluster['EncryptionConfig']).toMatchObject([{ Resources: ['secrets'] }]);
    expect(propertiesOf(template, 'AWS::KMS::Key')['EnableKeyRotation']).toBe(true);
  });

  it('keeps the key when the stack goes', () => {
    expect(Object.values(template.findResources('AWS::KMS::Key'))).toMatchObject([
      { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
    ]);
  });

  it('writes every log of the control plane', () => {
    const { ClusterLogging } = cluster['Logging'] as {
      ClusterLogging: { EnabledTypes: { Type: string }[] };
    };
    expect(ClusterLogging.EnabledTypes.map(({ Type }) => Type).toSorted()).toEqual([
      'api',
      'audit',
      'authenticator',
      'controllerManager',
      'scheduler',
    ]);
  });

  it('gives rights by access entries, and none to whoever deploys', () => {
    expect(cluster['AccessConfig']).toMatchObject({
      AuthenticationMode: 'API',
      BootstrapClusterCreatorAdminPermissions: false,
    });
  });

  it('has the planned version and name', () => {
    expect(cluster).toMatchObject({ Version: '1.35', Name: 'support-eks' });
  });

  it('enforces network policies', () => {
    const addons = Object.values(template.findResources('AWS::EKS::Addon')) as {
      Properties: { AddonName: string; ConfigurationValues?: string };
    }[];
    const cni = addons.find(({ Properties }) => Properties.AddonName === 'vpc-cni');
    expect(JSON.parse(cni?.Properties.ConfigurationValues ?? '{}')).toEqual({ enableNetworkPolicy: 'true' });
  });
});
