import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isStateful } from '#lib/lifecycle/stateful-types';

const types = [...loadAwsServiceSpecSync().all('resource')];

describe('stateful types', () => {
  it('have all that the published specification marks as such', () => {
    const marked = types.filter((type) => type.isStateful === true).map((type) => type.cloudFormationType);
    expect(marked.length).toBeGreaterThan(25);
    expect(marked.filter((type) => !isStateful(type))).toEqual([]);
  });

  it('are spelled as the specification spells them', () => {
    const known = new Set(types.map((type) => type.cloudFormationType));
    const ours = [
      ...readFileSync('lib/lifecycle/stateful-types.ts', 'utf8').matchAll(/'(AWS::[\w:]+)'/g),
    ].map(([, name = '']) => name);
    expect(ours.length).toBeGreaterThan(60);
    expect(ours.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each([
    'AWS::OpenSearchServerless::Collection',
    'AWS::S3Vectors::Index',
    'AWS::EKS::Cluster',
    'AWS::ECR::Repository',
    'AWS::Bedrock::KnowledgeBase',
    'AWS::BedrockAgentCore::Memory',
  ])('have %s, which the specification does not mark', (type) => {
    expect(isStateful(type)).toBe(true);
    expect(types.find(({ cloudFormationType }) => cloudFormationType === type)?.isStateful).toBeUndefined();
  });

  it('know Kubernetes objects by their kind', () => {
    expect(isStateful('kubernetes_manifest:postgresql.cnpg.io/v1/Cluster')).toBe(true);
    expect(isStateful('kubernetes_persistent_volume_claim_v1')).toBe(true);
    expect(isStateful('kubernetes_manifest:networking.k8s.io/v1/NetworkPolicy')).toBe(false);
    expect(isStateful('AWS::RDS::DBSubnetGroup')).toBe(false);
  });
});
