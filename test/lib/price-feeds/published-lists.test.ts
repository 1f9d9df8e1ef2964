import { describe, expect, it } from 'vitest';
import type { PriceRow } from '#lib/catalog/price-documents';
import { catalog, read } from '../../_support/read-price-list';

type Fact = readonly [
  offer: string,
  attributes: Readonly<Record<string, string>>,
  unit: string,
  listed: number,
  price: string,
  usd: number,
];

const claude = (name: string, usagetype: string) => ({
  servicename: `Claude ${name} (Amazon Bedrock Edition)`,
  usagetype,
});

/**
 * Products as AWS lists them: usage type, unit and amount, as readers of the real lists wrote them down in 2026, and what
 * they should be here. Lists of us-east-1, except where the usage type says another region.
 */
const FACTS: readonly Fact[] = [
  // Usage types of the key service carry the region's long name.
  ['awskms', { usagetype: 'us-east-1-KMS-Keys' }, 'Keys', 1, 'kms/Customer managed key/key-month', 1],
  ['awskms', { usagetype: 'eu-central-1-KMS-Keys' }, 'Keys', 1, 'kms/Customer managed key/key-month', 1],
  [
    'awskms',
    { usagetype: 'us-east-1-KMS-Requests' },
    'Requests',
    0.000003,
    'kms/Requests/10k requests',
    0.03,
  ],
  ['AmazonEKS', { usagetype: 'USE1-AmazonEKS-Hours:perCluster' }, 'Hours', 0.1, 'eks/control-plane (standard support)/cluster-hour', 0.1], // prettier-ignore
  ['AmazonSageMaker', { usagetype: 'USE1-Host:ml.m5.xlarge' }, 'Hrs', 0.23, 'sagemaker/ml.m5.xlarge/instance-hour', 0.23], // prettier-ignore
  ['AmazonCloudWatch', { usagetype: 'CW:MetricMonitorUsage' }, 'Metrics', 0.3, 'cloudwatch/Metric first 10k/metric-month', 0.3], // prettier-ignore
  ['AmazonCloudWatch', { usagetype: 'EUC1-CW:AlarmMonitorUsage' }, 'Alarms', 0.1, 'cloudwatch/Alarm standard resolution/alarm-month', 0.1], // prettier-ignore
  [
    'AmazonVPC',
    { usagetype: 'EUC1-PublicIPv4:InUseAddress' },
    'Hrs',
    0.005,
    'vpc/Public IPv4 address/hour',
    0.005,
  ],
  ['AWSSecretsManager', { usagetype: 'USE1-AWSSecretsManager-Secrets' }, 'Secrets', 0.4, 'secretsmanager/Secret/secret-month', 0.4], // prettier-ignore
  // Tokens: thousands in one list, millions in the other.
  ['AmazonBedrock', { usagetype: 'USE1-NovaMicro-input-tokens' }, '1K tokens', 0.000035, 'bedrock/amazon.nova-micro-v1:0/1M input tokens', 0.035], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE1-NovaMicro-cache-read-input-token-count' }, '1K tokens', 0.00000875, 'bedrock/amazon.nova-micro-v1:0/1M cache-read tokens', 0.00875], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USW2-Nova2.0Lite-output-tokens' }, '1K tokens', 0.00275, 'bedrock/regional.amazon.nova-2-lite-v1:0/1M output tokens', 2.75], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE2-openai.gpt-oss-120b-input-tokens' }, '1K tokens', 0.00015, 'bedrock/openai.gpt-oss-120b-1:0/1M input tokens', 0.15], // prettier-ignore
  ['AmazonBedrockFoundationModels', claude('Haiku 4.5', 'USE1-MP:USE1_InputTokenCount-Units'), '1M tokens', 1.1, 'bedrock/regional.anthropic.claude-haiku-4-5-20251001-v1:0/1M input tokens', 1.1], // prettier-ignore
  ['AmazonBedrockFoundationModels', claude('Haiku 4.5', 'EU-MP:EU_OutputTokenCount_Global-Units'), '1M tokens', 5, 'bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0/1M output tokens', 5], // prettier-ignore
  ['AmazonBedrockFoundationModels', claude('Opus 4.7', 'USE1-MP:USE1_output_tokens_standard-Units'), '1M tokens', 27.5, 'bedrock/regional.anthropic.claude-opus-4-7-v1:0/1M output tokens', 27.5], // prettier-ignore
  ['AmazonBedrockFoundationModels', claude('Opus 4.7', 'USE1-MP:USE1_cache_write_tokens_global_standard-Units'), '1M tokens', 6.25, 'bedrock/global.anthropic.claude-opus-4-7-v1:0/1M cache-write tokens', 6.25], // prettier-ignore
  ['AmazonBedrockService', { usagetype: 'USE1-Claude4.6Opus-input-tokens' }, '1K tokens', 0.0055, 'bedrock/regional.anthropic.claude-opus-4-6-v1:0/1M input tokens', 5.5], // prettier-ignore
  // Batches, under a term of their own.
  ['AmazonBedrock', { usagetype: 'USE1-NovaMicro-input-tokens-batch' }, '1K tokens', 0.0000175, 'bedrock/amazon.nova-micro-v1:0/1M input tokens/batch', 0.0175], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE1-Qwen3-32B-output-tokens-batch' }, '1K tokens', 0.0003, 'bedrock/qwen.qwen3-32b-v1:0/1M output tokens/batch', 0.3], // prettier-ignore
  ['AmazonBedrockFoundationModels', claude('Haiku 4.5', 'APN1-MP:APN1_MillionBatchInputTokens-Units'), '1M tokens', 0.55, 'bedrock/regional.anthropic.claude-haiku-4-5-20251001-v1:0/1M input tokens/batch', 0.55], // prettier-ignore
  // Capacity by the hour and the minute.
  ['AmazonBedrock', { usagetype: 'USE1-Nova2.0Lite-ProvisionedThroughput-NoCommit-ModelUnits' }, 'hour', 60.5, 'bedrock-provisioned/amazon.nova-2-lite-v1:0/model-unit-hour', 60.5], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE1-Nova2.0Lite-ProvisionedThroughput-1month-ModelUnits' }, 'hour', 55, 'bedrock-provisioned/amazon.nova-2-lite-v1:0/model-unit-hour/commitment-1m', 55], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE1-Nova2.0Lite-Customization-Training' }, '1K tokens', 0.00378, 'bedrock-customization/amazon.nova-2-lite-v1:0/1M training tokens', 3.78], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE1-OSS-CustomModelImport-Inference-v1:0' }, 'minute', 0.05718, 'bedrock-cmi/Custom Model Unit v1.0/CMU-minute', 0.05718], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE1-Guardrail-ContentPolicyUnitsConsumed' }, 'TextUnit', 0.00015, 'bedrock-guardrails/content filters/1k text units (1 unit = 1,000 chars)', 0.15], // prettier-ignore
  ['AmazonBedrock', { usagetype: 'USE1-Guardrail-SensitiveInformationPolicyPaidUnitsConsumed' }, 'TextUnit', 0.0001, 'bedrock-guardrails/sensitive information filters/1k text units (1 unit = 1,000 chars)', 0.1], // prettier-ignore
];

function rowsOf(offer: string, attributes: Readonly<Record<string, string>>, unit: string, listed: number) {
  return read(offer, [{ attributes, unit, price: listed }]).rows;
}

function nameOf({ service, sku, unit, term }: PriceRow): string {
  return [service, sku, unit, ...(term === 'on-demand' ? [] : [term])].join('/');
}

describe('products as AWS lists them', () => {
  it.each(FACTS)('%s %j per %s at %d are %s', (offer, attributes, unit, listed, price, usd) => {
    const rows = rowsOf(offer, attributes, unit, listed);
    expect(rows.map((row) => [nameOf(row), row.usd])).toEqual([[price, usd]]);
  });

  it.each([
    ['AmazonBedrock', { usagetype: 'USE1-NovaMicro-cache-read-input-token-count-custom-model' }],
    ['AmazonBedrock', { usagetype: 'USE1-NovaMicro-input-tokens-flex' }],
    [
      'AmazonBedrock',
      { usagetype: 'USE1-TitanText-Premier-ProvisionedThroughput-Custom-NoCommit-ModelUnits' },
    ],
    ['AmazonBedrock', { usagetype: 'USW2-Nova2.0Lite-input-tokens-priority-cross-region-global' }],
    ['AmazonBedrock', { usagetype: 'USE1-GuardrailChecks-ContentFilterCheckUnitsConsumed' }],
    ['AmazonBedrock', { usagetype: 'USE1-Guardrail-SensitiveInformationPolicyFreeUnitsConsumed' }],
    ['AmazonBedrockFoundationModels', claude('Haiku 4.5', 'USE1-MP:USE1_CacheWrite1hInputTokenCount-Units')],
    ['AmazonBedrockFoundationModels', claude('Haiku 4.5', 'USE1-MP:USE1_Reserved_1Month_InputTPM_Geo-Units')],
    [
      'AmazonBedrockFoundationModels',
      claude('Opus 4.7', 'USW2-MP:USW2_input_tokens_long_ctx_standard-Units'),
    ],
    ['AmazonBedrockFoundationModels', claude('Nobody 9', 'USE1-MP:USE1_InputTokenCount-Units')],
  ])('%s %j are another price, and left out', (offer, attributes) => {
    expect(rowsOf(offer, attributes, '1M tokens', 1)).toEqual([]);
  });

  it('agree with the bundled prices of the same names', () => {
    const bundled = new Map(
      catalog
        .prices()
        .filter(({ region }) => region === 'us-east-1' || region === '*')
        .map((record) => [nameOf(record), record.usd]),
    );
    const differing = FACTS.filter(([, , , , price, usd]) => {
      const known = bundled.get(price);
      return known !== undefined && Math.abs(known / usd - 1) > 1e-9;
    });
    expect(differing).toEqual([]);
  });
});
