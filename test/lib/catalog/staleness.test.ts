import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';
import { factAgeDays, staleness, stalenessClass, STALENESS_CLASSES } from '#lib/catalog/staleness';

describe('the age of a fact', () => {
  it('counts whole days', () => {
    expect(factAgeDays('2026-11-13', '2026-11-23')).toBe(10);
  });

  it('counts from the first day of a month or a year', () => {
    expect(factAgeDays('2026-11', '2026-11-23')).toBe(22);
    expect(factAgeDays('2026', '2026-11-23')).toBe(326);
  });

  it('refuses a date that it cannot read', () => {
    expect(() => factAgeDays('last week', '2026-11-23')).toThrow('not a date of a fact');
  });
});

describe('the class of a fact', () => {
  it.each([
    ['rental', { seller: 'lambda', service: 'on-demand cloud' }],
    ['rental', { seller: 'aws', service: 'ec2-spot', term: 'spot', accelerator: 'h100-sxm' }],
    ['tokens', { seller: 'aws', service: 'bedrock' }],
    ['gpu', { seller: 'aws', service: 'ec2', accelerator: 'h100-sxm' }],
    ['gpu', { seller: 'aws', service: 'sagemaker' }],
    ['gpu', { seller: 'aws', service: 'savings-plan-factor' }],
    ['platform', { seller: 'aws', service: 'ec2' }],
    ['platform', { seller: 'aws', service: 'opensearch' }],
    ['market', { seller: 'hardware', service: 'server purchase' }],
    ['structural', { seller: 'datacentre', service: 'construction' }],
    ['structural', {}],
  ])('is %s for %o', (id, fact) => {
    expect(stalenessClass({ asOf: '2026', ...fact }).id).toBe(id);
  });

  it('is known for every seller of the catalog but the clouds', () => {
    const clouds = new Set(['aws', 'aws-cn', 'azure', 'alibaba']);
    const sellers = new Set(
      loadCatalog()
        .prices()
        .filter(
          (price) =>
            price.term !== 'spot' &&
            price.accelerator === undefined &&
            stalenessClass(price).id === 'platform',
        )
        .map(({ seller }) => seller),
    );
    expect([...sellers].filter((seller) => !clouds.has(seller))).toEqual([]);
  });
});

describe('staleness', () => {
  const token = { seller: 'aws', service: 'bedrock' };

  it.each([
    ['fresh', '2026-10-24', 30],
    ['warn', '2026-10-23', 31],
    ['warn', '2026-08-25', 90],
    ['stale', '2026-08-24', 91],
  ])('of model tokens is %s for a price of %s', (state, asOf, ageDays) => {
    expect(staleness({ ...token, asOf }, '2026-11-23')).toMatchObject({ state, ageDays });
  });

  it('warns before it fails in every class', () => {
    expect(STALENESS_CLASSES.every(({ warnDays, staleDays }) => warnDays < staleDays)).toBe(true);
  });
});
