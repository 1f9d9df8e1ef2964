import { describe, expect, it } from 'vitest';
import { estimateFromArtifacts } from '#lib/cost/artifacts/from-artifacts';
import { loadCatalog } from '#lib/catalog/load';
import type { BilledGrowth } from '#lib/cost/estimate';
import { catalogPrices, nodeSizes, resourceOf } from '../../../_support/artifact-bills';

const GROWTH: BilledGrowth = { withoutGrowthMonthlyUsd: 18_832, fleet: [], stays: false };
const HEAD = { environment: 'e', scenario: 's', option: 'o', target: 'aws-eks' };

describe('the second book of an option whose traffic grows', () => {
  it('bills what is deployed, and says nothing of the growth that the plan bills', () => {
    const { estimate } = estimateFromArtifacts([resourceOf('AWS::EC2::NatGateway')], {
      prices: catalogPrices,
      nodeSizes,
      catalog: loadCatalog(),
      asOf: '2026-11-23',
      horizonMonths: 36,
      discountRatePerYear: 0.09,
      region: 'us-east-1',
      usage: new Map(),
      head: Object.assign({ growth: GROWTH }, HEAD),
    });
    expect(estimate).toMatchObject(HEAD);
    expect(estimate.growth).toBeUndefined();
    expect(estimate.totals.monthlyUsd.base).toBeCloseTo(0.045 * 730, 9);
  });
});
