import { describe, expect, it } from 'vitest';

import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { priceId, type PriceRecord, type PriceReference } from '#lib/catalog/prices';

const NAT: PriceReference = {
  seller: 'aws',
  service: 'vpc',
  sku: 'NAT gateway',
  region: 'us-east-1',
  term: 'on-demand',
  unit: 'hour',
};
const GPU: PriceReference = { ...NAT, service: 'ec2', sku: 'p9.48xlarge', unit: 'instance-hour' };

function record(reference: PriceReference, usd: number, more: Partial<PriceRecord> = {}): PriceRecord {
  return { id: priceId(reference), ...reference, usd, asOf: '2026-07-20', source: 'list', ...more };
}

const catalog: Catalog = {
  ...loadCatalog(),
  prices: () => [
    record(NAT, 0.05),
    record({ ...NAT, region: 'ap-south-1' }, 0.07),
    record({ ...NAT, sku: 'anywhere', region: '*' }, 1, { lowUsd: 0.5, highUsd: 2 }),
    record(GPU, 55, { accelerator: 'h100-sxm', acceleratorCount: 8 }),
    record({ ...GPU, region: 'eu-north-1' }, 59, { derived: true, note: '55 × 1.07' }),
  ],
  regionalFactors: [
    { seller: 'aws', service: '*', base: 'us-east-1', region: 'eu-central-1', factor: 1.5, source: 'list' },
    { seller: 'aws', service: 'vpc', base: 'us-east-1', region: 'eu-central-1', factor: 1.2, source: 'list' },
    { seller: 'aws', service: 'vpc', base: 'us-east-1', region: 'ap-south-1', factor: 9, source: 'list' },
  ],
  sources: () =>
    new Map([
      [
        'list',
        { id: 'list', publisher: 'a', document: 'b', retrieved: '2026-11-23', method: 'price-page' } as const,
      ],
    ]),
};
const book = createPriceBook({ catalog });

describe('a price', () => {
  it('is the listed one of its region, with its source and date', () => {
    expect(book.price(NAT)).toEqual({
      state: 'priced',
      id: 'aws/vpc/NAT gateway/us-east-1/on-demand/hour',
      unit: 'hour',
      usd: { low: 0.05, base: 0.05, high: 0.05 },
      source: { id: 'list', publisher: 'a', asOf: '2026-07-20', method: 'price-page', layer: 'bundled' },
      derived: false,
      basis: 'listed',
    });
  });

  it('prefers the listing of its region to any factor', () => {
    expect(book.price({ ...NAT, region: 'ap-south-1' })).toMatchObject({
      usd: { base: 0.07 },
      derived: false,
    });
  });

  it('falls back to the listing for everywhere, with its band', () => {
    expect(book.price({ ...NAT, sku: 'anywhere' })).toMatchObject({
      id: 'aws/vpc/anywhere/*/on-demand/hour',
      usd: { low: 0.5, base: 1, high: 2 },
    });
  });

  it("is derived by the service's own factor, and says so", () => {
    const price = book.price({ ...NAT, region: 'eu-central-1' });
    expect(price).toMatchObject({ state: 'priced', derived: true, source: { method: 'derived' } });
    expect(price.state === 'priced' && price.usd.base).toBeCloseTo(0.06, 12);
    expect(price.state === 'priced' && price.basis).toBe('× 1.2 on us-east-1 (list)');
  });

  it('is never derived for a type with accelerators', () => {
    expect(book.price({ ...GPU, region: 'eu-central-1' }).state).toBe('unpriced');
  });

  it('is never taken from a neighbour, whose regions the reason names', () => {
    const price = book.price({ ...NAT, region: 'sa-east-1' });
    expect(price.state === 'unpriced' && price.why).toBe(
      'no on-demand price of aws vpc "NAT gateway" per hour in sa-east-1, everywhere, or by a regional factor; ' +
        'listed only in us-east-1, ap-south-1',
    );
  });

  it('is said to be listed in as many regions as it is, where they are too many to name', () => {
    const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2'];
    const prices = () => regions.map((region) => record({ ...NAT, region }, 0.05));
    const price = createPriceBook({ catalog: { ...catalog, prices } }).price({ ...NAT, region: 'sa-east-1' });
    expect(price.state === 'unpriced' && price.why).toContain(
      'listed only in us-east-1, us-east-2, us-west-1, us-west-2 and 2 more',
    );
  });

  it('is unpriced in another term or unit', () => {
    expect(book.price({ ...NAT, term: 'spot' }).state).toBe('unpriced');
    expect(book.price({ ...NAT, unit: 'GB' }).state).toBe('unpriced');
  });

  it('stays flagged where the catalog itself computed it', () => {
    expect(book.price({ ...GPU, region: 'eu-north-1' })).toMatchObject({
      derived: true,
      source: { method: 'derived' },
      basis: 'computed when the catalog was made: 55 × 1.07',
    });
  });

  it('yields to an override, which names its document and date', () => {
    const overrides = {
      prices: { [priceId(NAT)]: { usd: 0.01, document: 'contract 7', asOf: '2026-10' } },
      assumptions: {},
    };
    expect(createPriceBook({ catalog, overrides }).price(NAT)).toMatchObject({
      usd: { low: 0.01, base: 0.01, high: 0.01 },
      source: { publisher: 'contract 7', asOf: '2026-10', method: 'override' },
      basis: 'override: contract 7',
    });
  });

  it('can be overridden where nothing is listed', () => {
    const wanted = { ...GPU, region: 'eu-central-1' };
    const overrides = {
      prices: { [priceId(wanted)]: { usd: 60, document: 'quote', asOf: '2026-11-01' } },
      assumptions: {},
    };
    expect(createPriceBook({ catalog, overrides }).price(wanted)).toMatchObject({ usd: { base: 60 } });
  });
});

describe('a listing of a service', () => {
  it('holds every region unless one is asked for', () => {
    expect(book.listed({ seller: 'aws', service: 'vpc' })).toHaveLength(3);
  });

  it('of one region holds what is sold everywhere, too', () => {
    const skus = book.listed({ seller: 'aws', service: 'vpc', region: 'us-east-1' }).map(({ sku }) => sku);
    expect(skus).toEqual(['NAT gateway', 'anywhere']);
  });

  it('of an unknown service is empty', () => {
    expect(book.listed({ seller: 'aws', service: 'teleport' })).toEqual([]);
  });
});

describe('an assumption', () => {
  const real = loadCatalog();

  it('carries its band, unit and source', () => {
    expect(createPriceBook({ catalog: real }).assumption('electricity.us.usd-per-kwh')).toMatchObject({
      low: 0.067,
      base: 0.0871,
      high: 0.137,
      unit: 'USD/kWh',
      source: { asOf: '2026-05', method: 'secondary' },
    });
  });

  it('overridden by a number loses its band', () => {
    const overrides = { prices: {}, assumptions: { 'facility.pue': 1.1 } };
    expect(createPriceBook({ catalog: real, overrides }).assumption('facility.pue')).toMatchObject({
      low: 1.1,
      base: 1.1,
      high: 1.1,
      source: { method: 'override' },
    });
  });

  it('can be overridden by a band', () => {
    const overrides = { prices: {}, assumptions: { 'facility.pue': { low: 1.1, base: 1.2, high: 1.4 } } };
    expect(createPriceBook({ catalog: real, overrides }).assumption('facility.pue').high).toBe(1.4);
  });

  it('that does not exist is a bug', () => {
    expect(() => book.assumption('weather')).toThrow('no assumption weather');
  });
});
