import { describe, expect, it } from 'vitest';
import { exchangeRateOf } from '#lib/catalog/exchange-rates';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceLayer } from '#lib/catalog/price-layers';
import type { PriceRecord } from '#lib/catalog/prices';
import { totalsInCurrency } from '#lib/cost/in-currency';
import { awsBedrock } from '#lib/targets/aws-bedrock';
import { awsEks } from '#lib/targets/aws-eks';
import { awsOnDemand } from '#lib/targets/purchases/price-references';
import { problemOf } from '../../_support/thrown';

const catalog = loadCatalog();
const OWN = { CNY: { perUsd: 6.5, document: 'treasury', asOf: '2026-11-01' } };
const g5 = awsOnDemand('ec2', 'g5.xlarge', 'cn-north-1', 'instance-hour');

describe('exchange rates', () => {
  it('are the own one before that of the catalog, each with its date', () => {
    expect(exchangeRateOf('CNY', catalog.exchangeRates, OWN, 'x')).toMatchObject({
      perUsd: 6.5,
      asOf: '2026-11-01',
      source: 'treasury',
    });
    expect(exchangeRateOf('EUR', catalog.exchangeRates, OWN, 'x')).toMatchObject({
      perUsd: 0.8684,
      asOf: '2026-06',
    });
    expect(problemOf(() => exchangeRateOf('XAU', catalog.exchangeRates, OWN, 'x'))).toMatchObject({
      code: 'UNKNOWN_CURRENCY',
      got: '"XAU"',
    });
  });

  it('show totals in the currency: every amount times the rate', () => {
    const rate = exchangeRateOf('CNY', catalog.exchangeRates, OWN, 'x');
    const totals = {
      monthlyUsd: { low: 90, base: 100, high: 120 },
      tangibleMonthlyUsd: 100,
      intangibleMonthlyUsd: 0,
      oneOffUsd: 10,
      presentValueUsd: 1000,
      netPresentValueUsd: null,
    };
    expect(totalsInCurrency(totals, rate, 'treasury')).toEqual({
      currency: 'CNY',
      perUsd: 6.5,
      asOf: '2026-11-01',
      source: 'treasury',
      monthly: { low: 585, base: 650, high: 780 },
      oneOff: 65,
      presentValue: 6500,
    });
  });
});

describe('AWS in China', () => {
  const usdOf = (overrides?: { readonly exchangeRates: typeof OWN }) => {
    const book = createPriceBook({
      catalog,
      ...(overrides === undefined ? {} : { overrides: { prices: {}, assumptions: {}, ...overrides } }),
    });
    return book.price(g5);
  };

  it('is another seller, whose prices in CNY are converted by the dated rate or the own one', () => {
    expect(g5.seller).toBe('aws-cn');
    // 9.51389 CNY an hour.
    expect(usdOf()).toMatchObject({ state: 'priced', usd: { base: 1.4041 } });
    const own = usdOf({ exchangeRates: OWN });
    expect(own).toMatchObject({ state: 'priced', basis: 'listed at 9.51389 CNY, 6.5 to the USD' });
    expect(own.state === 'priced' && own.usd.base).toBeCloseTo(9.51389 / 6.5, 10);
  });

  it('has the regions that a price list has brought, and no Bedrock', () => {
    expect(awsEks.regions(catalog)).toContain('cn-north-1');
    expect(awsEks.regions(catalog)).not.toContain('cn-northwest-1');
    expect(awsBedrock.regions(catalog)).not.toContain('cn-north-1');
    const ningxia: PriceRecord = {
      id: 'aws-cn/ec2/g5.xlarge/cn-northwest-1/on-demand/instance-hour',
      seller: 'aws-cn',
      service: 'ec2',
      sku: 'g5.xlarge',
      region: 'cn-northwest-1',
      unit: 'instance-hour',
      usd: 1.1,
      term: 'on-demand',
      asOf: '2026-11-28',
      source: 'karpenter-provider-aws-pricing-aws-cn',
    };
    const layer: PriceLayer = {
      id: 'cache',
      prices: [ningxia],
      sources: [],
      withdrawn: new Set(),
      factors: [],
    };
    expect(awsEks.regions(loadCatalog({ prices: [layer] }))).toContain('cn-northwest-1');
  });
});
