import { describe, expect, it } from 'vitest';
import { broadenings } from '#lib/lifecycle/cloudformation/broadening';

const one = (Type: string, Properties: object, more: object = {}) => ({
  Resources: { R: { Type, Properties, ...more } },
});

const reasons = (before: object | null, after: object) =>
  broadenings('stack', before as never, after as never).map(({ because }) => because);

// What the CDK's own comparison prints nothing about, or shows as any other difference.
const FLIPS: [string, string, object, object, object?, object?][] = [
  [
    'a public endpoint',
    'AWS::EKS::Cluster',
    { ResourcesVpcConfig: { EndpointPublicAccess: false } },
    { ResourcesVpcConfig: { EndpointPublicAccess: true } },
  ],
  ['a public database', 'AWS::RDS::DBInstance', { PubliclyAccessible: false }, { PubliclyAccessible: true }],
  ['public addresses', 'AWS::EC2::Subnet', { MapPublicIpOnLaunch: false }, { MapPublicIpOnLaunch: true }],
  [
    'blocked public policies',
    'AWS::S3::Bucket',
    { PublicAccessBlockConfiguration: { BlockPublicPolicy: true } },
    { PublicAccessBlockConfiguration: { BlockPublicPolicy: false } },
  ],
  ['the whole block', 'AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }, {}],
  [
    'encryption of a database',
    'AWS::RDS::DBCluster',
    { StorageEncrypted: true },
    { StorageEncrypted: false },
  ],
  ['encryption of a bucket', 'AWS::S3::Bucket', { BucketEncryption: { a: 1 } }, {}],
  ['a key of one’s own', 'AWS::Bedrock::Guardrail', { KmsKeyArn: 'arn' }, {}],
  [
    'protection from deletion',
    'AWS::RDS::DBCluster',
    { DeletionProtection: true },
    { DeletionProtection: false },
  ],
  ['rotation of a key', 'AWS::KMS::Key', { EnableKeyRotation: true }, { EnableKeyRotation: false }],
  [
    'what is kept on deletion',
    'AWS::S3::Bucket',
    {},
    {},
    { DeletionPolicy: 'Retain' },
    { DeletionPolicy: 'Delete' },
  ],
  ['what is kept on replacement', 'AWS::S3::Bucket', {}, {}, { UpdateReplacePolicy: 'Snapshot' }, {}],
  [
    'every address',
    'AWS::EC2::SecurityGroup',
    { SecurityGroupIngress: [{ CidrIp: '10.0.0.0/8' }] },
    { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0' }] },
  ],
  [
    'anybody',
    'AWS::S3::BucketPolicy',
    { PolicyDocument: { Statement: [] } },
    { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }] } },
  ],
  [
    'a policy with more',
    'AWS::IAM::Policy',
    { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'a' }] } },
    {
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'a' }],
      },
    },
  ],
];

describe('what comes to be open', () => {
  it.each(FLIPS)(
    'is told of %s, and nothing the other way round',
    (_, type, from, to, fromMore = {}, toMore = {}) => {
      const [before, after] = [one(type, from, fromMore), one(type, to, toMore)];
      expect(reasons(before, after)).not.toEqual([]);
      // A policy that is taken away grants less; everything else goes back to what was closed.
      expect(reasons(after, before)).toEqual([]);
    },
  );

  it('is told of a switch that was not stated before, and not of a safeguard that was not', () => {
    expect(reasons(one('T', {}), one('T', { PubliclyAccessible: true }))).toHaveLength(1);
    expect(reasons(one('T', {}), one('T', { PubliclyAccessible: false }))).toEqual([]);
  });

  it('tells words of a closed list, never a value', () => {
    const secret = 'CANARY-4711';
    const before = one('AWS::RDS::DBInstance', { KmsKeyId: secret, PubliclyAccessible: { Ref: secret } });
    const after = one('AWS::RDS::DBInstance', { PubliclyAccessible: true });
    const found = reasons(before, after).join('\n');
    expect(found).toContain('KmsKeyId set → none');
    expect(found).not.toContain(secret);
  });

  it('is told of a guard that goes, and of a new resource only where it lets everybody in', () => {
    expect(reasons(one('AWS::Bedrock::Guardrail', {}), { Resources: {} })).toHaveLength(1);
    expect(
      reasons(null, one('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0' }] })),
    ).toEqual([]);
    expect(reasons(null, one('AWS::EC2::SecurityGroupIngress', { CidrIpv6: '::/0' }))).toHaveLength(1);
  });
});
