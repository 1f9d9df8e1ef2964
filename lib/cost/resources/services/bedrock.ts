import {
  aws,
  components,
  stated,
  unpriced,
  used,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { shownWord, valueAt } from '#lib/cost/resources/facts';
import { OpenFact } from '#lib/cost/resources/open-fact';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';
import { provisionedThroughput } from '#lib/cost/resources/services/provisioned-throughput';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { PartlyKnownText } from '#lib/artifacts/unresolved';

/** `us.anthropic.…`, `global.…`: a profile over regions in front of the model's id. */
const GEOGRAPHY = /^(?:us|eu|apac|jp|au|ca|sa|global|us-gov)\./;

/** The model, or the profile over regions, that an ARN or an id names: the last part that is known of it. */
function namedBy(value: ArtifactValue | undefined, path: string): string | undefined {
  const text = value instanceof PartlyKnownText ? value.parts.at(-1) : value;
  if (text instanceof Unresolved) throw new OpenFact(`${path} depends on ${text.dependsOn}`);
  if (typeof text !== 'string') return undefined;
  // What stands before it may be cut in a part that is no word: `:inference-profile/us.…` behind an account's number.
  return shownWord(text.split('/').at(-1) ?? text, path);
}

function modelOf(value: ArtifactValue | undefined, path: string): string | undefined {
  return namedBy(value, path)?.replace(GEOGRAPHY, '');
}

/**
 * SKUs that may price a model as it is named, the nearest first. Lists have a price for the `global.` profile and one,
 * `regional.`, for those of a geography; where a model has no entry of its own, a call in its region costs the latter.
 * AWS leaves the version out of some ids (`anthropic.claude-sonnet-4-6`) that lists end in `-v1:0`.
 */
function skusOf(named: string): readonly string[] {
  const model = named.replace(GEOGRAPHY, '');
  const spellings = /-v\d+:\d+$/.test(model) ? [model] : [model, `${model.replace(/-v1$/, '')}-v1:0`];
  const under = (profile: string) => spellings.map((each) => `${profile}${each}`);
  if (named === model) return [...under(''), ...under('regional.')];
  return [...under(named.startsWith('global.') ? 'global.' : 'regional.'), ...under('')];
}

function tokens(named: string, context: PricingContext) {
  const model = named.replace(GEOGRAPHY, '');
  const price = (unit: string) => {
    const priced = skusOf(named).find((sku) => context.usdOf(aws('bedrock', sku, unit, context)) !== null);
    return aws('bedrock', priced ?? model, unit, context);
  };
  return components(
    used('input', `${model}, input`, price('1M input tokens'), 'models'),
    used('output', `${model}, output`, price('1M output tokens'), 'models'),
  );
}

const inferenceProfile: ResourcePricing = {
  types: ['AWS::Bedrock::ApplicationInferenceProfile', 'aws_bedrock_inference_profile'],
  cost: (resource, context) => {
    const named = namedBy(valueAt(resource, 'ModelSource.CopyFrom'), 'ModelSource');
    return named === undefined ? unpriced('it names no model') : tokens(named, context);
  },
};

const TEXT_UNITS = '1k text units (1 unit = 1,000 chars)';

const guardrail: ResourcePricing = {
  types: ['AWS::Bedrock::Guardrail', 'aws_bedrock_guardrail'],
  cost: (resource, context) => {
    const policy = (property: string, key: string, sku: string) =>
      valueAt(resource, property) === undefined
        ? null
        : used(key, `guardrail: ${sku}`, aws('bedrock-guardrails', sku, TEXT_UNITS, context), 'models');
    return components(
      policy('ContentPolicyConfig', 'content-filters', 'content filters'),
      policy('TopicPolicyConfig', 'denied-topics', 'denied topics'),
      policy('SensitiveInformationPolicyConfig', 'personal-data', 'sensitive information filters'),
      policy('WordPolicyConfig', 'words', 'word filters and regex'),
      policy('ContextualGroundingPolicyConfig', 'grounding', 'contextual grounding check'),
      policy('AutomatedReasoningPolicyConfig', 'reasoning', 'automated reasoning checks'),
    );
  },
};

/** An agent, a flow or a prompt calls the model that it names; tokens are the only charge. */
function caller(types: readonly string[], path: string): ResourcePricing {
  return {
    types,
    cost: (resource, context) => {
      const value = valueAt(resource, path);
      if (value === undefined) return { state: 'free', why: CALLED };
      const named = namedBy(value, path);
      return named === undefined ? unpriced('it names no model') : tokens(named, context);
    },
  };
}
const CALLED = 'a definition; the models, stores and functions that it uses are billed where they are';

const agent = caller(['AWS::Bedrock::Agent', 'aws_bedrockagent_agent'], 'FoundationModel');

const automation = byUse(
  ['AWS::Bedrock::DataAutomationProject', 'awscc_bedrock_data_automation_project'],
  'bedrock-data-automation',
  'models',
  [['pages', 'pages of documents', 'Documents, standard output', '1k pages']],
);

const customization: ResourcePricing = {
  types: ['aws_bedrock_custom_model'],
  cost: (resource, context) => {
    const model = modelOf(valueAt(resource, 'BaseModelIdentifier'), 'BaseModelIdentifier') ?? 'its model';
    const price = aws('bedrock-customization', model, '1M training tokens', context);
    const kept = aws('bedrock-customization', `${model} storage`, 'model-month', context);
    return components(
      used('training', `tokens trained on ${model}`, price, 'models'),
      stated('storage', `the custom model of ${model}`, kept, 'models', 1, '1 model for the month'),
    );
  },
};

const definitions = freeOf(CALLED, [
  'AWS::Bedrock::AgentAlias',
  'AWS::Bedrock::AutomatedReasoningPolicy',
  'AWS::Bedrock::AutomatedReasoningPolicyVersion',
  'AWS::Bedrock::Blueprint',
  'AWS::Bedrock::DataAutomationLibrary',
  'AWS::Bedrock::DataSource',
  'AWS::Bedrock::EnforcedGuardrailConfiguration',
  'AWS::Bedrock::Flow',
  'AWS::Bedrock::FlowAlias',
  'AWS::Bedrock::FlowVersion',
  'AWS::Bedrock::GuardrailVersion',
  'AWS::Bedrock::IntelligentPromptRouter',
  'AWS::Bedrock::KnowledgeBase',
  'AWS::Bedrock::KnowledgeBasePolicy',
  'AWS::Bedrock::Prompt',
  'AWS::Bedrock::PromptVersion',
  'AWS::Bedrock::ResourcePolicy',
  'AWS::Bedrock::RetrievalInstruction',
  'AWS::Bedrock::Session',
  'aws_bedrock_guardrail_version',
  'aws_bedrock_model_invocation_logging_configuration',
  'aws_bedrockagent_agent_action_group',
  'aws_bedrockagent_agent_alias',
  'aws_bedrockagent_agent_collaborator',
  'aws_bedrockagent_agent_knowledge_base_association',
  'aws_bedrockagent_data_source',
  'aws_bedrockagent_flow',
  'aws_bedrockagent_knowledge_base',
  'aws_bedrockagent_prompt',
]);

export const bedrock: readonly ResourcePricing[] = [
  inferenceProfile,
  guardrail,
  ...provisionedThroughput,
  agent,
  automation,
  customization,
  definitions,
];
