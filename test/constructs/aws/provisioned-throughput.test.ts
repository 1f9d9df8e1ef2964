import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ProvisionedThroughput } from '#constructs/aws/provisioned-throughput';
import { statementsOf } from '../../_support/properties';
import { inStack } from '../../_support/template';

const TYPE = 'Custom::BedrockProvisionedThroughput';

function bought(term: 'none' | '1-month' | '6-months'): Template {
  return inStack((stack) => {
    new ProvisionedThroughput(stack, {
      managed: {
        modelId: 'amazon.nova-lite-v1:0:24k',
        profile: 'in-region',
        guardrail: false,
        provisioned: { modelUnits: 2, term, headroom: 0 },
      },
      region: 'us-east-1',
      names: ['support', 'provisioned'],
    });
  });
}

function resourceOf(template: Template) {
  const [resource] = Object.values(template.findResources(TYPE)) as {
    Properties: { Create: string; Delete?: string };
    DeletionPolicy: string;
  }[];
  if (resource === undefined) throw new Error(`no ${TYPE}`);
  return resource;
}

describe('ProvisionedThroughput', () => {
  it('buys its units for the term, under its own name', () => {
    const { Create } = resourceOf(bought('6-months')).Properties;
    expect(JSON.parse(Create)).toMatchObject({
      action: 'createProvisionedModelThroughput',
      parameters: {
        modelId: 'amazon.nova-lite-v1:0:24k',
        modelUnits: 2,
        provisionedModelName: 'support-provisioned',
        commitmentDuration: 'SixMonths',
      },
    });
  });

  it('gives back what is bought by the hour, and leaves a commitment standing', () => {
    const hourly = resourceOf(bought('none'));
    expect(hourly).toMatchObject({ DeletionPolicy: 'Delete' });
    expect(hourly.Properties.Delete).toContain('deleteProvisionedModelThroughput');
    expect(hourly.Properties.Create).not.toContain('commitmentDuration');
    const committed = resourceOf(bought('1-month'));
    expect(committed).toMatchObject({ DeletionPolicy: 'Retain' });
    expect(committed.Properties.Delete).toBeUndefined();
  });

  it('may buy this model and no other, and lets callers have what was bought', () => {
    const statements = statementsOf(bought('none'));
    const creating = statements.filter(({ Action }) => JSON.stringify(Action).includes('CreateProvisioned'));
    expect(JSON.stringify(creating)).toContain('foundation-model/amazon.nova-lite-v1:0:24k');
    expect(statements.filter(({ Resource }) => Resource === '*')).toEqual([]);
    const [invoking] = statements.filter(({ Action }) =>
      JSON.stringify(Action).includes('bedrock:InvokeModel'),
    );
    expect(JSON.stringify(invoking?.['Resource'])).toContain('provisionedModelArn');
  });
});
