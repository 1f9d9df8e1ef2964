import { describe, expect, it } from 'vitest';
import { only, refresh, table } from '../../_support/feed-documents';
import { instance, priceList } from '../../_support/price-lists';

describe('the price lists of AWS in China', () => {
  const documents = {
    '/offers/v1.0/cn/index.json': {
      offers: { AmazonEC2: { currentRegionIndexUrl: '/offers/v1.0/cn/AmazonEC2/current/region_index.json' } },
    },
    'region_index.json': { regions: { 'cn-north-1': { currentVersionUrl: '/list.json' } } },
    '/list.json': priceList(
      'AmazonEC2',
      [instance('g5.xlarge', 9.51389, { regionCode: 'cn-north-1' })],
      'CNY',
    ),
  };

  it('are asked for regions in China only, and give USD by the dated rate', async () => {
    const answer = await only('aws-cn', documents, 'AmazonEC2/cn-north-1', ['us-east-1', 'cn-north-1']);
    expect(answer?.snapshot).toMatchObject({
      currency: 'CNY',
      prices: [
        {
          seller: 'aws-cn',
          usd: 1.40409840904,
          native: { amount: 9.51389, currency: 'CNY', perUsd: 6.7758 },
        },
      ],
    });
    expect(answer?.notes).toContain('CNY at 6.7758 to the USD, the rate of 2026-06');
    expect(await refresh('aws-cn', {}, ['us-east-1'])).toEqual([]);
  });
});

describe('token prices by genai-prices', () => {
  const head = 'name: AWS Bedrock\nid: aws\nmodels:\n';
  const model = (id: string, prices: string) =>
    `  - id: ${id}\n    match:\n      contains: x\n    prices:\n${prices}`;
  const read = (...models: readonly string[]) =>
    only('genai-prices', { 'aws.yml': head + models.join('\n') }, 'aws');

  it('are those of a model in the regions where the catalog lists it, and everywhere for a profile', async () => {
    const answer = await read(
      model('meta.llama3-3-70b-instruct-v1:0', '      input_mtok: 0.72\n      output_mtok: 0.71\n'),
      model('global.anthropic.claude-opus-5', '      input_mtok: 5\n      cache_read_mtok: 0.5\n'),
    );
    expect(table(answer?.snapshot)).toEqual({
      'meta.llama3-3-70b-instruct-v1:0 us-east-1 on-demand 1M input tokens': 0.72,
      'meta.llama3-3-70b-instruct-v1:0 us-east-1 on-demand 1M output tokens': 0.71,
      'meta.llama3-3-70b-instruct-v1:0 us-west-2 on-demand 1M input tokens': 0.72,
      'meta.llama3-3-70b-instruct-v1:0 us-west-2 on-demand 1M output tokens': 0.71,
      'global.anthropic.claude-opus-5 * on-demand 1M input tokens': 5,
      'global.anthropic.claude-opus-5 * on-demand 1M cache-read tokens': 0.5,
    });
  });

  it('are those that have begun, and of tiers the base', async () => {
    const dated = [
      '      - prices:\n          input_mtok: 2\n',
      '      - constraint:\n          start_date: 2026-09-01\n        prices:\n          input_mtok: 3\n',
      '      - constraint:\n          start_date: 2027-01-01\n        prices:\n          input_mtok: 9\n',
    ].join('');
    const tiered =
      '      input_mtok:\n        base: 5\n        tiers:\n          - start: 200000\n            price: 10\n';
    const answer = await read(model('global.a.dated', dated), model('global.b.tiered', tiered));
    expect(Object.values(table(answer?.snapshot))).toEqual([3, 5]);
  });

  it.each([
    ['another provider', 'id: openai\nmodels: []\n', 'id'],
    ['a price that is a word', `${head}${model('a.b', '      input_mtok: free\n')}`, 'models.0.prices'],
    ['no YAML', 'a: [\n', 'Flow sequence'],
    ['half a file', `${head}  - id: am`, 'last line does not end'],
    ['aliases', 'a: &a [1]\nb: [*a, *a]\n', 'Alias'],
  ])('are refused where the document is %s', async (_, text, words) => {
    await expect(only('genai-prices', { 'aws.yml': text }, 'aws')).rejects.toThrow(words);
  });
});

describe('token prices by LiteLLM', () => {
  it('are turned into those of a million tokens, geographies into one profile, other terms and providers left out', async () => {
    const answer = await only(
      'litellm',
      {
        'model_prices_and_context_window.json': {
          sample_spec: { litellm_provider: 'one of …', input_cost_per_token: 0 },
          'amazon.titan-embed-text-v2:0': { litellm_provider: 'bedrock', input_cost_per_token: 2e-8 },
          'us.anthropic.claude-x-v1:0': {
            litellm_provider: 'bedrock_converse',
            output_cost_per_token: 1.65e-5,
          },
          'eu.anthropic.claude-x-v1:0': {
            litellm_provider: 'bedrock_converse',
            output_cost_per_token: 1.65e-5,
          },
          'us.anthropic.claude-y-v1:0': { litellm_provider: 'bedrock_converse', input_cost_per_token: 1e-6 },
          'eu.anthropic.claude-y-v1:0': { litellm_provider: 'bedrock_converse', input_cost_per_token: 2e-6 },
          'bedrock/us-east-1/6-month-commitment/cohere.command': { litellm_provider: 'bedrock' },
          'gpt-4o': { litellm_provider: 'openai', input_cost_per_token: 2.5e-6 },
        },
      },
      'bedrock',
    );
    expect(table(answer?.snapshot)).toEqual({
      'amazon.titan-embed-text-v2:0 us-east-1 on-demand 1M input tokens': 0.02,
      'regional.anthropic.claude-x-v1:0 * on-demand 1M output tokens': 16.5,
    });
    expect(answer?.notes).toEqual([expect.stringContaining('claude-y-v1:0')]);
  });
});

describe('prices of rented GPUs by SkyPilot', () => {
  const HEADER =
    'InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,GpuInfo,SpotPrice\n';
  const info = `"{'Gpus': [{'Name': 'H100', 'Count': 8}], 'Total': 1}"`;

  it('are those of machines with accelerators, by our names of machine, region and accelerator', async () => {
    const csv =
      HEADER +
      `gpu-h100-sxm_8gpu-128vcpu-1600gb,H100,8,128,1600,23.60,eu-north1,${info},10.00\n` +
      `gpu-h100-sxm_1gpu-16vcpu-200gb,H100,1,16,200,2.95,eu-north1,${info},\n` +
      'cpu-d3_4vcpu-16gb,,0,4,16,0.0992,eu-north1,,\n';
    const answer = await only('skypilot', { '/nebius/vms.csv': csv }, 'nebius');
    expect(table(answer?.snapshot)).toEqual({
      'gpu-h100-sxm_8gpu eu-north1 on-demand instance-hour': 23.6,
      'gpu-h100-sxm_8gpu eu-north1 spot instance-hour': 10,
      'gpu-h100-sxm_1gpu-16vcpu-200gb eu-north1 on-demand instance-hour': 2.95,
    });
    expect(answer?.snapshot?.prices[0]).toMatchObject({ accelerator: 'h100-sxm' });
  });

  it('gives a GPU-hour of RunPod by the form that its own name says, once for all regions', async () => {
    // Lines of the collection as they stand, shortened to one region each.
    const info = (name: string) => `"{'Gpus': [{'Name': '${name}', 'Manufacturer': 'Nvidia', 'Count': 1}]}"`;
    const csv = [
      'InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Region,SpotPrice,Price,AvailabilityZone,GpuInfo',
      `1x_A100-80GB_SECURE,A100-80GB,1.0,8.0,117.0,IN,1.39,1.39,AP-IN-1,${info('A100 PCIe')}`,
      `1x_A100-80GB_SECURE,A100-80GB,1.0,8.0,117.0,US,1.39,1.39,US-TX-1,${info('A100 PCIe')}`,
      `2x_A100-80GB_SECURE,A100-80GB,2.0,16.0,234.0,US,2.78,2.78,US-TX-1,${info('A100 PCIe')}`,
      `1x_Odd_SECURE,Odd,1.0,8.0,117.0,US,9,9,US-TX-1,${info('Odd')}`,
      '',
    ].join('\n');
    const answer = await only('skypilot', { '/runpod/vms.csv': csv }, 'runpod');
    expect(
      answer?.snapshot?.prices.map(({ sku, region, term, unit, usd }) => [sku, region, term, unit, usd]),
    ).toEqual([['A100-80GB PCIe', '*', 'on-demand', 'accelerator-hour', 1.39]]);
  });

  it('are one price for the regions of a country, unless they differ', async () => {
    const row = (type: string, price: string, region: string) =>
      `${type},H100,8.0,208.0,1800.0,${price},${region},,\n`;
    const csv =
      HEADER +
      row('gpu_8x_h100_sxm5', '31.92', 'us-east-1') +
      row('gpu_8x_h100_sxm5', '31.92', 'us-west-2') +
      row('gpu_8x_h100_sxm5', '40', 'asia-south-1') +
      row('gpu_8x_x', '1', 'us-east-1') +
      row('gpu_8x_x', '2', 'us-west-2');
    const answer = await only('skypilot', { '/lambda/vms.csv': csv }, 'lambda');
    expect(table(answer?.snapshot)).toEqual({ 'gpu_8x_h100_sxm5 us on-demand instance-hour': 31.92 });
    expect(answer?.notes[0]).toContain('two amounts');
  });

  it.each([
    ['another table', 'a,b\n1,2\n', 'no column InstanceType'],
    ['half a file', HEADER.slice(0, 30), 'last line does not end'],
    ['a short row', `${HEADER}x,H100,8\n`, 'line 2 has 3 fields'],
    ['a price that is a word', `${HEADER}x,H100,8,1,1,cheap,eu-north1,,\n`, 'a price of cheap'],
  ])('are refused where the document is %s', async (_, text, words) => {
    await expect(only('skypilot', { '/nebius/vms.csv': text }, 'nebius')).rejects.toThrow(words);
  });
});
