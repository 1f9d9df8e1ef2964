import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import { loadEnvironment } from '#lib/spec/load-environment';
import { awsEks } from '#lib/targets/aws-eks';
import { egressPurchases } from '#lib/targets/aws/aws-network';
import { areaOf } from '#lib/targets/port/site';
import type { Market } from '#lib/targets/target';
import { smallCatalog, smallPriceBook } from '../../_support/small-catalog';

const market: Market = {
  catalog: smallCatalog(),
  prices: smallPriceBook(),
  horizonMonths: 36,
  discountRatePerYear: 0.09,
};

describe('aws-eks', () => {
  it('offers nothing in a region where no instance type is listed', () => {
    expect(awsEks.offerings({ region: 'eu-west-1' }, market)).toEqual([]);
  });

  it('prices a savings plan by the factor of its own family', () => {
    const offers = awsEks.offerings({ purchase: 'savings-plan-3y', instance: 'p5.48xlarge' }, market);
    const [offer] = offers;
    expect(offer?.kind === 'node' && offer.hourly.state === 'priced' && offer.hourly.usd.base).toBeCloseTo(
      55.04 * 0.5487,
      6,
    );
  });

  it('leaves a savings plan without a published factor unpriced', () => {
    const [offer] = awsEks.offerings({ purchase: 'savings-plan-3y', instance: 'g6e.xlarge' }, market);
    expect(offer?.kind === 'node' && offer.hourly.state).toBe('unpriced');
  });

  it('buys capacity block after capacity block, each in advance and at the price of then', () => {
    const catalog = loadCatalog();
    const { environment } = loadEnvironment('environments/pilot.yaml', catalog);
    const option = { ...environment.options['eks'], purchase: 'capacity-block', instance: 'p5.48xlarge' };
    const { estimates } = compareEnvironment({
      environment: {
        ...environment,
        finance: { ...environment.finance, horizonMonths: 36, discountRatePerYear: 0.09 },
        options: { eks: option as (typeof environment.options)[string] },
      },
      catalog,
      asOf: '2026-11-23',
    });
    const [estimate] = estimates.values();
    const line = estimate?.lines.find(({ key }) => key === 'gpu-nodes.instance');
    // Six blocks of six months over 36, 1.07 a year dearer, at 9 % a year: present value, then the annuity.
    const blocks = [0, 6, 12, 18, 24, 30].map((month) => (6 * 1.07 ** (month / 12)) / 1.09 ** (month / 12));
    const perMonth = 1.09 ** (1 / 12) - 1;
    const annuity = perMonth / (1 - (1 + perMonth) ** -36);
    const byHand = 730 * 47.76 * annuity * blocks.reduce((sum, block) => sum + block, 0);
    expect((line?.monthlyUsd ?? Number.NaN) / ((line?.quantity ?? Number.NaN) / 730)).toBeCloseTo(byHand, 1);
  });

  it('splits egress at the tiers of the price list', () => {
    const lines = egressPurchases('us-east-1', 12_000, market.prices);
    expect(lines.map((one) => (one.kind === 'usage' ? one.quantityPerMonth : null))).toEqual([10_240, 1_760]);
  });

  it.each([
    ['us-east-1', 'us'],
    ['eu-north1', 'eu'],
    ['ap-northeast-1', 'apac'],
    ['cn-north-1', 'china'],
    ['*', null],
  ])('places %s in %s', (region, area) => expect(areaOf(region)).toBe(area));
});
