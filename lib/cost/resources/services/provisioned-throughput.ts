import {
  aws,
  components,
  unpriced,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { numberAt, shownWord, textAt, valueAt } from '#lib/cost/resources/facts';
import { OpenFact } from '#lib/cost/resources/open-fact';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { PartlyKnownText } from '#lib/artifacts/unresolved';

const TERMS: Readonly<Record<string, string>> = { SixMonths: 'commitment-6m', OneMonth: 'commitment-1m' };
/** What an id of a model says of its context comes last: `amazon.nova-lite-v1:0:300k`. Lists price the model. */
const CONTEXT = /:\d+k$/;

/** More is a slip, or no number of units at all. */
const MOST_UNITS = 1e6;

/** Of Terraform, by its properties. */
const declared: ResourcePricing = {
  types: ['aws_bedrock_provisioned_model_throughput'],
  cost: (resource, context) => {
    const model = lastOf(valueAt(resource, 'ModelArn'), 'ModelArn') ?? 'its model';
    const units = numberAt(resource, 'ModelUnits') ?? 1;
    return unitHours(model, units, textAt(resource, 'CommitmentDuration'), context);
  },
};

/**
 * CloudFormation has none: a custom resource of the CDK's `AwsCustomResource` makes the call that its property `Create`
 * has as JSON. Of another make the resource says nothing that is known here.
 */
const called: ResourcePricing = {
  types: ['Custom::BedrockProvisionedThroughput'],
  cost: (resource, context) => {
    const parameters = parametersOf(valueAt(resource, 'Create'));
    if (parameters === null) return unpriced('it does not say in plain text what it buys');
    const { modelId, modelUnits, commitmentDuration } = parameters;
    return unitHours(shownWord(modelId, 'Create'), modelUnits, commitmentDuration, context);
  },
};

export const provisionedThroughput: readonly ResourcePricing[] = [declared, called];

function unitHours(named: string, units: number, commitment: string | undefined, context: PricingContext) {
  const model = named.replace(CONTEXT, '');
  const term = TERMS[commitment ?? ''];
  const price = aws('bedrock-provisioned', model, 'model-unit-hour', context);
  return components({
    key: 'units',
    label: `${units} model unit${units === 1 ? '' : 's'} of ${model}`,
    category: 'models',
    price: term === undefined ? price : { ...price, term },
    quantityPerMonth: units * context.hours,
    basis: `${units} × ${context.hours} h, ${term ?? 'without a commitment'}`,
  });
}

interface Bought {
  readonly modelId: string;
  readonly modelUnits: number;
  readonly commitmentDuration: string | undefined;
}

function parametersOf(create: ArtifactValue | undefined): Bought | null {
  let call: unknown;
  try {
    call = JSON.parse(typeof create === 'string' ? create : '');
  } catch {
    return null;
  }
  const parameters = fieldOf(call, 'parameters');
  const [modelId, units] = [fieldOf(parameters, 'modelId'), Number(fieldOf(parameters, 'modelUnits'))];
  const duration = fieldOf(parameters, 'commitmentDuration');
  if (typeof modelId !== 'string' || !(units > 0 && units <= MOST_UNITS)) return null;
  return {
    modelId,
    modelUnits: units,
    commitmentDuration: typeof duration === 'string' ? duration : undefined,
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** The model that an ARN or an id names: the last part that is known of it. */
function lastOf(value: ArtifactValue | undefined, path: string): string | undefined {
  const text = value instanceof PartlyKnownText ? value.parts.at(-1) : value;
  if (text instanceof Unresolved) throw new OpenFact(`${path} depends on ${text.dependsOn}`);
  return typeof text === 'string' ? shownWord(text.split('/').at(-1) ?? text, path) : undefined;
}
