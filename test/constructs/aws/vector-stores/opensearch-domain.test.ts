import { describe, expect, it } from 'vitest';
import { retrieval } from '../../../_support/aws-plan';
import { propertiesOf } from '../../../_support/properties';
import { stored } from '../../../_support/stored';

const TYPE = 'AWS::OpenSearchService::Domain';
const template = stored('opensearch-domain');
const domain = propertiesOf(template, TYPE);

describe('OpenSearchDomainStore', () => {
  it('has the planned instances, spread over as many zones as there are copies', () => {
    expect(domain['ClusterConfig']).toMatchObject({
      InstanceType: 'r7g.large.search',
      InstanceCount: 2,
      ZoneAwarenessEnabled: true,
      ZoneAwarenessConfig: { AvailabilityZoneCount: 2 },
    });
  });

  it('stands in one zone with one copy', () => {
    const single = propertiesOf(stored('opensearch-domain', { copies: 1 }), TYPE);
    expect(single['ClusterConfig']).toMatchObject({ ZoneAwarenessEnabled: false });
    expect((single['VPCOptions'] as { SubnetIds: object[] }).SubnetIds).toHaveLength(1);
  });

  it('has the planned disk on every node', () => {
    expect(domain['EBSOptions']).toEqual({ EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 40 });
  });

  it('is encrypted at rest and on the way', () => {
    expect(domain).toMatchObject({
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
    });
  });

  it('answers signed requests of its own account only', () => {
    const policy = domain['AccessPolicies'] as { Statement: { Principal: { AWS: object } }[] };
    expect(policy.Statement).toHaveLength(1);
    expect(JSON.stringify(policy.Statement[0]?.Principal)).toContain(':root');
  });

  it('lets in HTTPS from the VPC only', () => {
    const group = propertiesOf(template, 'AWS::EC2::SecurityGroup');
    expect(group['SecurityGroupIngress']).toMatchObject([{ FromPort: 443, ToPort: 443 }]);
    expect(JSON.stringify(group['SecurityGroupIngress'])).not.toContain('0.0.0.0/0');
  });

  it('takes no sizing without an instance type', () => {
    const { sizing } = retrieval('opensearch-domain');
    expect(() => stored('opensearch-domain', { sizing: { ...sizing, nodes: null } })).toThrow(
      'instance type',
    );
  });
});
