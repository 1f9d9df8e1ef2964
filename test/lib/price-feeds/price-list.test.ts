import { describe, expect, it } from 'vitest';
import { byUsage, instance, priceList } from '../../_support/price-lists';
import { amounts, catalog, read, readText } from '../../_support/read-price-list';

describe('the price list of EC2', () => {
  it('gives plain Linux on shared hardware, with the accelerators that the catalog knows', () => {
    const { rows } = read('AmazonEC2', [
      instance('p5.48xlarge', 55.04),
      instance('p5.48xlarge', 99, { operatingSystem: 'Windows' }),
      instance('p5.48xlarge', 66, { tenancy: 'Dedicated' }),
      instance('p5.48xlarge', 0, { capacitystatus: 'AllocatedCapacityReservation' }),
      instance('p5.48xlarge', 77, { preInstalledSw: 'SQL Std' }),
      instance('x9.large', 0.1),
    ]);
    expect(rows).toEqual([
      expect.objectContaining({
        sku: 'p5.48xlarge',
        usd: 55.04,
        accelerator: 'h100-sxm',
        acceleratorCount: 8,
      }),
      expect.objectContaining({ sku: 'x9.large', usd: 0.1, region: 'us-east-1', asOf: '2026-11-28' }),
    ]);
  });

  it('is not the 0 that an instance costs under a capacity block', () => {
    const block = { marketoption: 'CapacityBlock', operation: 'RunInstances:CB' };
    const { rows } = read('AmazonEC2', [
      instance('p5.48xlarge', 0, block),
      instance('p5.48xlarge', 55.04, { marketoption: 'OnDemand' }),
    ]);
    expect(rows.map(({ sku, usd }) => [sku, usd])).toEqual([['p5.48xlarge', 55.04]]);
  });

  it('gives standard reservations without upfront payment beside it', () => {
    const reserved = {
      ...instance('g5.xlarge', 1.006),
      reservations: [
        { years: 1, option: 'No Upfront', price: 0.634 },
        { years: 3, option: 'No Upfront', price: 0.435 },
        { years: 1, option: 'No Upfront', offeringClass: 'convertible', price: 0.7 },
        { years: 1, option: 'All Upfront', price: 0 },
      ],
    } as const;
    const { rows } = read('AmazonEC2', [reserved]);
    expect(rows.map(({ term, usd }) => [term, usd])).toEqual([
      ['on-demand', 1.006],
      ['reserved-1y', 0.634],
      ['reserved-3y', 0.435],
    ]);
    const disk = { ...byUsage('EBS:VolumeUsage.gp3', 'GB-Mo', 0.08), reservations: reserved.reservations };
    expect(read('AmazonEC2', [disk]).rows).toHaveLength(1);
  });

  it('marks accelerators of types that the catalog does not know, so that no factor derives them', () => {
    const { rows } = read('AmazonEC2', [instance('p9.48xlarge', 200, { gpu: '16' })]);
    expect(rows[0]).toMatchObject({ sku: 'p9.48xlarge', acceleratorCount: 16 });
  });

  it('gives disks and gateways by their usage types, whatever the short name of the region before them', () => {
    const { rows } = read('AmazonEC2', [
      byUsage('EUC1-EBS:VolumeUsage.gp3', 'GB-Mo', 0.0952),
      byUsage('EBS:VolumeP-Throughput.gp3', 'GiBps-mo', 40.96),
      byUsage('NatGateway-Hours', 'Hrs', 0.045),
      byUsage('APN1-NatGateway-Bytes', 'GB', 0.062),
      byUsage('USE1-EBS:VolumeUsage.gp3x', 'GB-Mo', 9),
    ]);
    expect(amounts(rows)).toEqual({
      'ebs/gp3 storage/GB-month': 0.0952,
      // 40.96 USD for a GiB/s is 0.04 for a MiB/s.
      'ebs/gp3 throughput above 125 MBps/MBps-month': 0.04,
      'vpc/NAT gateway/hour': 0.045,
      'vpc/NAT gateway data processed/GB': 0.062,
    });
  });

  it('notes a unit that it does not know, and does not guess', () => {
    const { rows, notes } = read('AmazonEC2', [byUsage('NatGateway-Hours', 'Fortnights', 15)]);
    expect(rows).toEqual([]);
    expect(notes).toEqual(['vpc NAT gateway is listed by the unknown unit "Fortnights"']);
  });
});

describe('price lists with tiers and small units', () => {
  it('give each tier of egress its own price, as a step of the first', () => {
    const tiers = [
      ['0', '10240', 0.09],
      ['10240', '51200', 0.085],
      ['51200', '153600', 0.07],
      ['153600', 'Inf', 0.05],
    ] as const;
    const product = byUsage('DataTransfer-Out-Bytes', 'GB', tiers, { transferType: 'AWS Outbound' });
    const { rows } = read('AWSDataTransfer', [product]);
    expect(rows.map(({ sku, usd, step }) => [sku, usd, step])).toEqual([
      ['internet out from 0 GB', 0.09, undefined],
      ['internet out from 10240 GB', 0.085, { of: 'internet out from 0 GB', from: 10240 }],
      ['internet out from 51200 GB', 0.07, { of: 'internet out from 0 GB', from: 51200 }],
      ['internet out from 153600 GB', 0.05, { of: 'internet out from 0 GB', from: 153600 }],
    ]);
  });

  it('name later tiers by the steps of the catalog, in our units', () => {
    const tiers = [
      ['0', '51200', 0.023],
      ['51200', '512000', 0.022],
      ['512000', 'Inf', 0.021],
    ] as const;
    expect(amounts(read('AmazonS3', [byUsage('TimedStorage-ByteHrs', 'GB-Mo', tiers)]).rows)).toEqual({
      's3/Standard storage first 50 TB/GB-month': 0.023,
      's3/Standard storage next 450 TB/GB-month': 0.022,
      's3/Standard storage over 500 TB/GB-month': 0.021,
    });
    const requests = [
      ['0', '333000000', 0.0000035],
      ['333000000', 'Inf', 0.0000028],
    ] as const;
    expect(
      read('AmazonApiGateway', [byUsage('USE1-ApiGatewayRequest', 'Requests', requests)]).rows[1],
    ).toMatchObject({
      sku: 'REST requests next 667M',
      usd: 2.8,
      step: { of: 'REST requests first 333M', from: 333 },
    });
  });

  it('are converted to our units without noise of the machine', () => {
    const { rows } = read('AmazonS3', [
      byUsage('Requests-Tier2', 'Requests', 0.0000004),
      byUsage('Requests-Tier1', 'Requests', 0.000005),
    ]);
    expect(amounts(rows)).toEqual({
      's3/GET/1k requests': 0.0004,
      's3/PUT, COPY, POST, LIST/1k requests': 0.005,
    });
  });

  it('are converted from single calls to our thousands', () => {
    const { rows } = read('AmazonBedrockAgentCore', [
      byUsage('USE1-Gateway:Consumption-based:API-Invocations', 'Invocations', 0.000005),
      byUsage('USE1-Memory:Consumption-based:Short-Term-Memory', 'Events', 0.00025),
      byUsage('USE1-Runtime:Consumption-based:vCPU', 'vCPU-Hours', 0.0895),
    ]);
    expect(amounts(rows)).toEqual({
      'bedrock-agentcore/Gateway API invocations/1k requests': 0.005,
      'bedrock-agentcore/Memory short-term events/1k requests': 0.25,
      'bedrock-agentcore/Runtime CPU (active only)/vCPU-hour': 0.0895,
    });
  });

  it('in another currency give USD, and what was asked beside it', () => {
    const { rows } = read('AmazonEC2', [instance('g5.xlarge', 9.51389, { regionCode: 'cn-north-1' })], {
      currency: 'CNY',
      perUsd: 7.1,
      seller: 'aws-cn',
    });
    expect(rows[0]).toMatchObject({
      region: 'cn-north-1',
      usd: 1.33998450704,
      native: { amount: 9.51389, currency: 'CNY', perUsd: 7.1 },
    });
  });

  it('give every bundled name that a rule can give: no rule invents one', () => {
    const bundled = new Set(catalog.prices().map(({ service, sku, unit }) => `${service}/${sku}/${unit}`));
    const { rows } = read('AmazonEKS', [
      byUsage('USE1-AmazonEKS-Hours:perCluster', 'Hours', 0.1),
      byUsage('USE1-EKS-Auto:m5.large-management-hours', 'hours', 0.01152),
      byUsage('USE1-AmazonEKS-Hours:extendedSupport', 'Hours', 0.5),
    ]);
    expect(rows).toHaveLength(3);
    // The list has extended support as a surcharge: 0.10 + 0.50 USD.
    expect(rows.at(-1)).toMatchObject({ sku: 'control-plane (extended support)', usd: 0.6 });
    expect(Object.keys(amounts(rows)).filter((name) => !bundled.has(name))).toEqual([]);
  });
});

describe('a document that is no price list', () => {
  const whole = JSON.stringify(priceList('AmazonEC2', [instance('p5.48xlarge', 55.04)]));
  it.each([
    ['is cut short', whole.slice(0, -30), 'does not end'],
    [
      'is another offer',
      whole.replace('"offerCode":"AmazonEC2"', '"offerCode":"AmazonS3"'),
      'expected the offer',
    ],
    ['has the terms first', reversed(whole), 'a product after the terms'],
    ['is an error page', '<html>sorry</html>', 'not JSON'],
    ['has products without attributes', whole.replace('"attributes"', '"properties"'), 'without attributes'],
    ['asks in another currency', whole.replace('"USD"', '"CNY"'), 'no price in USD'],
    [
      'has a tier that is no number',
      whole.replace('"beginRange":"0"', '"beginRange":"some"'),
      'a tier from some',
    ],
    ['is a list', '[]', 'expected the offer'],
  ])('%s is refused', (_, text, words) => {
    expect(() => readText('AmazonEC2', text)).toThrow(words);
  });
});

function reversed(text: string): string {
  const { products, terms, ...head } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ ...head, terms, products });
}
