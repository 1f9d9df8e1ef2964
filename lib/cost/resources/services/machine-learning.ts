import { aws, components, free, type Component, type ResourcePricing } from '#lib/cost/resources/component';
import {
  listAt,
  needed,
  numberAt,
  OpenFact,
  resourceAt,
  textAt,
  valueAt,
  within,
} from '#lib/cost/resources/facts';
import { used } from '#lib/cost/resources/services/network';
import { Unresolved } from '#lib/artifacts/resource';
import { PartlyKnownText } from '#lib/artifacts/unresolved';

const endpoint: ResourcePricing = {
  types: ['AWS::SageMaker::Endpoint', 'aws_sagemaker_endpoint'],
  cost: (resource, context) => {
    const config = resourceAt(resource, 'EndpointConfigName', context);
    if (config === undefined)
      return { state: 'unpriced', why: 'its configuration is not part of these artifacts' };
    const variants = listAt(config, 'ProductionVariants').map((variant) => within(config, variant));
    return components(
      ...variants.map((variant, index): Component | null => {
        const type = textAt(variant, 'InstanceType');
        if (type === undefined)
          return used(
            `variant-${index}`,
            'serverless inference',
            aws('sagemaker', 'serverless inference', 'GB-second', context),
            'compute',
          );
        const count = numberAt(variant, 'InitialInstanceCount') ?? 1;
        return {
          key: variants.length === 1 ? 'instance' : `instance-${index}`,
          label: `${type}, on-demand`,
          category: 'compute',
          price: aws('sagemaker', type, 'instance-hour', context),
          quantityPerMonth: count * context.hours,
          basis: `${count} × ${context.hours} h`,
        };
      }),
    );
  },
};

const notebook: ResourcePricing = {
  types: ['AWS::SageMaker::NotebookInstance', 'aws_sagemaker_notebook_instance'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
    return components({
      key: 'instance',
      label: `${type}, on-demand`,
      category: 'compute',
      price: aws('sagemaker', type, 'instance-hour', context),
      quantityPerMonth: context.hours,
      basis: `${context.hours} h; stopped it costs its volume`,
    });
  },
};

/** `us.anthropic.…`, `global.…`: a profile over regions in front of the model's id. */
const GEOGRAPHY = /^(?:us|eu|apac|jp|au|ca|sa|global|us-gov)\./;

const inferenceProfile: ResourcePricing = {
  types: ['AWS::Bedrock::ApplicationInferenceProfile', 'aws_bedrock_inference_profile'],
  cost: (resource, context) => {
    const source = valueAt(resource, 'ModelSource.CopyFrom');
    const text = source instanceof PartlyKnownText ? source.parts.at(-1) : source;
    if (text instanceof Unresolved) throw new OpenFact(`ModelSource depends on ${text.dependsOn}`);
    const model = typeof text === 'string' ? text.split('/').at(-1)?.replace(GEOGRAPHY, '') : undefined;
    if (model === undefined) return { state: 'unpriced', why: 'it names no model' };
    return components(
      used('input', `${model}, input`, aws('bedrock', model, '1M input tokens', context), 'models'),
      used('output', `${model}, output`, aws('bedrock', model, '1M output tokens', context), 'models'),
    );
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
    );
  },
};

const provisioned: ResourcePricing = {
  types: ['aws_bedrock_provisioned_model_throughput'],
  cost: () => ({ state: 'unpriced', why: 'a provisioned model unit is priced by the account team' }),
};

const withoutCharge: ResourcePricing = {
  types: [
    'AWS::SageMaker::EndpointConfig',
    'AWS::SageMaker::InferenceComponent',
    'AWS::SageMaker::Model',
    'AWS::SageMaker::ModelPackage',
    'AWS::SageMaker::ModelPackageGroup',
    'AWS::SageMaker::Pipeline',
    'AWS::SageMaker::Project',
    'AWS::Bedrock::Agent',
    'AWS::Bedrock::AgentAlias',
    'AWS::Bedrock::DataSource',
    'AWS::Bedrock::Flow',
    'AWS::Bedrock::FlowAlias',
    'AWS::Bedrock::FlowVersion',
    'AWS::Bedrock::GuardrailVersion',
    'AWS::Bedrock::KnowledgeBase',
    'AWS::Bedrock::Prompt',
    'AWS::Bedrock::PromptVersion',
    'aws_sagemaker_endpoint_configuration',
    'aws_sagemaker_model',
    'aws_sagemaker_model_package_group',
    'aws_sagemaker_pipeline',
    'aws_sagemaker_project',
    'aws_bedrock_guardrail_version',
    'aws_bedrockagent_agent',
    'aws_bedrockagent_agent_alias',
    'aws_bedrockagent_data_source',
    'aws_bedrockagent_flow',
    'aws_bedrockagent_knowledge_base',
    'aws_bedrockagent_prompt',
  ],
  cost: () => free('a definition; the models, stores and instances that it uses are billed where they are'),
};

export const machineLearning: readonly ResourcePricing[] = [
  endpoint,
  notebook,
  inferenceProfile,
  guardrail,
  provisioned,
  withoutCharge,
];
