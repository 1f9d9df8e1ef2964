import { describe, expect, it } from 'vitest';
import { awsEks } from '#lib/targets/aws-eks';
import { egressPurchases } from '#lib/targets/aws-network';
import { areaOf } from '#lib/targets/site';
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
