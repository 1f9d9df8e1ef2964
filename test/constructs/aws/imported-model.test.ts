import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ImportedModel } from '#constructs/aws/imported-model';
import { propertiesOf, statementsOf } from '../../_support/properties';
import { inStack } from '../../_support/template';

const flat = (base: number) => ({ low: base, base, high: base });

function imported(guardrail: boolean): Template {
  return inStack((stack) => {
    new ImportedModel(stack, {
      managed: {
        modelId: 'llama-3.1-8b',
        profile: 'in-region',
        guardrail,
        imported: {
          unitVersion: 'v1.0',
          unitsPerCopy: flat(2),
          copiesAtPeak: 1,
          billedHours: flat(730),
          weightsGb: 16.1,
        },
      },
      region: 'us-east-1',
      names: ['support', 'imported'],
      tags: { 'landfall:environment': 'support', 'landfall:option': 'imported' },
    });
  });
}

const definition = (template: Template) =>
  JSON.stringify(propertiesOf(template, 'AWS::StepFunctions::StateMachine')['DefinitionString']);
const withAction = (template: Template, action: string) =>
  statementsOf(template).filter(({ Action }) => JSON.stringify(Action).includes(action));

describe('ImportedModel', () => {
  const plain = imported(false);

  it('imports what lies under the prefix that an execution names, once for each execution', () => {
    const text = definition(plain);
    expect(text).toContain('aws-sdk:bedrock:createModelImportJob');
    expect(text).toContain("/{}', $.prefix)");
    expect(text).toContain('ClientRequestToken.$');
    for (const state of ['Completed', 'Failed']) expect(text).toContain(state);
  });

  it('lets Bedrock read the weights for jobs of this account, and nobody else', () => {
    const trust = Object.values(plain.findResources('AWS::IAM::Role')).map(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument),
    );
    const [reader, ...others] = trust.filter((text) => text.includes('bedrock.amazonaws.com'));
    expect(others).toEqual([]);
    expect(reader).toContain('aws:SourceAccount');
    expect(reader).toContain('model-import-job/*');
    expect(withAction(plain, 'iam:PassRole')).toMatchObject([
      { Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } } },
    ]);
  });

  it('keeps the weights encrypted, private and versioned', () => {
    expect(propertiesOf(plain, 'AWS::S3::Bucket')).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('lets callers have models with the tags of this option, through the guardrail where there is one', () => {
    const [open] = withAction(plain, 'bedrock:InvokeModel');
    expect(JSON.stringify(open?.['Resource'])).toContain('imported-model/*');
    expect(open).toMatchObject({
      Condition: { StringEquals: { 'aws:ResourceTag/landfall:option': 'imported' } },
    });
    expect(definition(plain)).toContain('landfall:option');
    const [guarded] = withAction(imported(true), 'bedrock:InvokeModel');
    expect(guarded).toMatchObject({
      Condition: { StringLike: { 'bedrock:GuardrailIdentifier': expect.anything() } },
    });
  });

  it('allows every resource only where the action takes none', () => {
    const open = statementsOf(plain).filter(({ Resource }) => Resource === '*');
    const actions = open.flatMap(({ Action }) => Action as string | string[]);
    expect(actions.filter((action) => !/^(logs|xray):|CreateModelImportJob$/i.test(action))).toEqual([]);
  });
});
