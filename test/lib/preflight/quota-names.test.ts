import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { isQuotaOf } from '#lib/preflight/quota-names';

const quotas = loadCatalog().serviceQuotas();
const namesOf = (id: string) => quotas.find((quota) => quota.id === id)?.names ?? [];

/** Names as `ListServiceQuotas` gives them, of published listings. */
const LISTED = [
  'On-demand model inference tokens per minute for OpenAI GPT OSS 20B',
  'On-demand model inference tokens per minute for OpenAI GPT OSS 120B',
  'On-demand model inference requests per minute for OpenAI GPT OSS 120B',
  'On-demand model inference tokens per minute for Qwen3 235B a22b 2507 V1',
  'On-demand model inference tokens per minute for Qwen3 32B V1',
  'On-demand model inference tokens per minute for Meta Llama 3.1 70B Instruct',
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4 V1',
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1',
  'Cross-Region model inference tokens per minute for Anthropic Claude Haiku 4.5',
  'Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1',
  'Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1 1M Context Length',
  'Model invocation max tokens per day for OpenAI GPT OSS 120B (doubled for cross-region calls)',
  'ml.p5.48xlarge for endpoint usage',
  'ml.p5.4xlarge for endpoint usage',
  'ml.p5.4xlarge for training job usage',
];

describe('the name of a quota', () => {
  it.each([
    ['bedrock-tokens-in-region', 'openai.gpt-oss-120b-1:0', 1],
    ['bedrock-requests-in-region', 'openai.gpt-oss-120b-1:0', 2],
    ['bedrock-tokens-in-region', 'qwen.qwen3-32b-v1:0', 4],
    ['bedrock-tokens-in-region', 'meta.llama3-1-70b-instruct-v1:0', 5],
    ['bedrock-tokens-regional', 'anthropic.claude-sonnet-4-5-20250929-v1:0', 7],
    ['bedrock-tokens-regional', 'anthropic.claude-haiku-4-5-20251001-v1:0', 8],
    ['bedrock-tokens-global', 'anthropic.claude-sonnet-4-5-20250929-v1:0', 9],
    ['sagemaker-endpoint-instances', 'ml.p5.4xlarge', 13],
  ])('%s of %s is one alone', (id, of, index) => {
    const found = LISTED.filter((name) => isQuotaOf(name, namesOf(id), of));
    expect(found).toEqual([LISTED[index]]);
  });

  it('is none of a model whose name differs by a version', () => {
    const found = LISTED.filter((name) =>
      isQuotaOf(name, namesOf('bedrock-tokens-regional'), 'anthropic.claude-sonnet-4-6-v1:0'),
    );
    expect(found).toEqual([]);
  });
});
