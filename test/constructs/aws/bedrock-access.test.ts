import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { BedrockAccess } from '#constructs/aws/bedrock-access';
import type { ManagedServingPlan } from '#lib/plan/plan';
import { propertiesOf, statementsOf } from '../../_support/properties';
import { inStack } from '../../_support/template';
import { problemOf } from '../../_support/thrown';

const MODEL = 'meta.llama3-1-70b-instruct-v1:0';

function access(changes: Partial<ManagedServingPlan> = {}, region = 'us-east-1'): Template {
  return inStack((stack) => {
    const managed = { modelId: MODEL, profile: 'regional', guardrail: true, ...changes } as const;
    new BedrockAccess(stack, { managed, region, names: ['support', 'bedrock'] });
  });
}

const source = (template: Template) =>
  JSON.stringify(propertiesOf(template, 'AWS::Bedrock::ApplicationInferenceProfile')['ModelSource']);
const invoking = (template: Template) =>
  statementsOf(template).filter(({ Action }) => JSON.stringify(Action).includes('bedrock:InvokeModel'));
const guardrail = (template: Template) => propertiesOf(template, 'AWS::Bedrock::Guardrail');

describe('BedrockAccess', () => {
  it.each([
    ['in-region', 'us-east-1', `bedrock:us-east-1::foundation-model/${MODEL}`],
    ['regional', 'us-east-1', `inference-profile/us.${MODEL}`],
    ['regional', 'eu-central-1', `inference-profile/eu.${MODEL}`],
    ['regional', 'ap-southeast-2', `inference-profile/apac.${MODEL}`],
    ['global', 'eu-central-1', `inference-profile/global.${MODEL}`],
  ] as const)('copies its profile, %s from %s, from the right model', (profile, region, arn) => {
    expect(source(access({ profile }, region))).toContain(arn);
  });

  it('names the regions that have a geographic profile', () => {
    expect(problemOf(() => access({ profile: 'regional' }, 'sa-east-1'))).toMatchObject({
      code: 'NOT_SYNTHESIZABLE',
      at: 'region sa-east-1',
    });
  });

  it('lets the role call its model through its profile, and no other model', () => {
    const statements = invoking(access({ guardrail: false }));
    expect(statements).toHaveLength(2);
    const models = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('foundation-model'));
    expect(JSON.stringify(models[0]?.['Resource'])).toContain(MODEL);
    expect(models).toMatchObject([
      { Condition: { StringEquals: { 'bedrock:InferenceProfileArn': expect.anything() } } },
    ]);
  });

  it('never allows every resource', () => {
    expect(statementsOf(access()).filter(({ Resource }) => Resource === '*')).toEqual([]);
  });

  it('refuses calls that leave the guardrail out', () => {
    const guarded = invoking(access()).map(({ Condition }) => JSON.stringify(Condition));
    expect(guarded).toHaveLength(2);
    expect(guarded.filter((condition) => !condition.includes('bedrock:GuardrailIdentifier'))).toEqual([]);
  });

  it('has no guardrail where the plan has none', () => {
    const template = access({ guardrail: false });
    expect(template.findResources('AWS::Bedrock::Guardrail')).toEqual({});
    expect(template.findResources('AWS::KMS::Key')).toEqual({});
  });
});

describe('the guardrail', () => {
  it('filters every kind of content, and attacks in the prompt', () => {
    const { FiltersConfig } = guardrail(access())['ContentPolicyConfig'] as {
      FiltersConfig: { Type: string; InputStrength: string; OutputStrength: string }[];
    };
    expect(FiltersConfig.map(({ Type }) => Type).toSorted()).toEqual([
      'HATE',
      'INSULTS',
      'MISCONDUCT',
      'PROMPT_ATTACK',
      'SEXUAL',
      'VIOLENCE',
    ]);
    expect(FiltersConfig.find(({ Type }) => Type === 'PROMPT_ATTACK')).toEqual({
      Type: 'PROMPT_ATTACK',
      InputStrength: 'HIGH',
      OutputStrength: 'NONE',
    });
  });

  it('refuses secrets and masks personal data', () => {
    const { PiiEntitiesConfig } = guardrail(access())['SensitiveInformationPolicyConfig'] as {
      PiiEntitiesConfig: { Type: string; Action: string }[];
    };
    expect(PiiEntitiesConfig).toEqual(
      expect.arrayContaining([
        { Type: 'AWS_SECRET_KEY', Action: 'BLOCK' },
        { Type: 'EMAIL', Action: 'ANONYMIZE' },
      ]),
    );
  });

  it('is encrypted with a key of its own, which the calling role may use', () => {
    const template = access();
    expect(guardrail(template)['KmsKeyArn']).toBeDefined();
    expect(propertiesOf(template, 'AWS::KMS::Key')['EnableKeyRotation']).toBe(true);
    const decrypts = statementsOf(template).filter(({ Action }) => Action === 'kms:Decrypt');
    expect(decrypts).toHaveLength(1);
  });

  it('has a version that callers can pin', () => {
    expect(propertiesOf(access(), 'AWS::Bedrock::GuardrailVersion')['GuardrailIdentifier']).toBeDefined();
  });
});
