import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { propertiesOf, statementsOf } from '../../../_support/properties';
import { stored } from '../../../_support/stored';

const COLLECTION = 'AWS::OpenSearchServerless::Collection';
const INDEX = 'AWS::OpenSearchServerless::Index';
const template = stored('opensearch-serverless');

function policy(of: Template, type: string): string {
  const policies = Object.values(of.findResources('AWS::OpenSearchServerless::SecurityPolicy')) as {
    Properties: { Type: string; Policy: object };
  }[];
  return JSON.stringify(policies.find(({ Properties }) => Properties.Type === type)?.Properties.Policy);
}

describe('OpenSearchServerlessStore', () => {
  it('is a collection for vectors', () => {
    expect(propertiesOf(template, COLLECTION)['Type']).toBe('VECTORSEARCH');
  });

  it.each([
    [1, 'DISABLED'],
    [2, 'ENABLED'],
  ])('with %i copies has its stand-by %s', (copies, standby) => {
    const changed = stored('opensearch-serverless', { copies });
    expect(propertiesOf(changed, COLLECTION)['StandbyReplicas']).toBe(standby);
  });

  it('indexes vectors of the planned length', () => {
    const changed = stored('opensearch-serverless', { dimensions: 768 });
    expect(propertiesOf(changed, INDEX)).toMatchObject({
      Mappings: { Properties: { vector: { Type: 'knn_vector', Dimension: 768 } } },
    });
  });

  it('is reached from the VPC only', () => {
    expect(policy(template, 'network')).toMatch(/AllowFromPublic\W+false/);
  });

  it('is encrypted with its own key', () => {
    expect(policy(template, 'encryption')).toContain('KmsARN');
  });

  it('is made after the policies without which it is refused', () => {
    const [collection] = Object.values(template.findResources(COLLECTION)) as { DependsOn: string[] }[];
    const [index] = Object.values(template.findResources(INDEX)) as { DependsOn: string[] }[];
    for (const name of [/Encryption/, /NetworkAccess/, /DataAccess/]) {
      expect(collection?.DependsOn).toContainEqual(expect.stringMatching(name));
      expect(index?.DependsOn).toContainEqual(expect.stringMatching(name));
    }
  });

  it('lets in one role and the deployment, and the role to this collection only', () => {
    const access = JSON.stringify(
      propertiesOf(template, 'AWS::OpenSearchServerless::AccessPolicy')['Policy'],
    );
    expect(access).toContain('cdk-hnb659fds-cfn-exec-role-');
    expect(access).not.toContain(':root');
    expect(statementsOf(template)).toMatchObject([
      { Action: 'aoss:APIAccessAll', Resource: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } },
    ]);
  });

  it('is kept when the stack goes', () => {
    expect(Object.values(template.findResources(COLLECTION))).toMatchObject([{ DeletionPolicy: 'Retain' }]);
  });
});
