import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { referenceOfId } from '#lib/catalog/prices';
import { resolvePrice } from '#lib/catalog/resolve-price';

const catalog = loadCatalog();
const P5 = 'aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour';
const NAT = 'aws/vpc/NAT gateway/us-east-1/on-demand/hour';
const DERIVED = 'aws/vpc/NAT gateway/eu-west-2/on-demand/hour';
const PLAN = 'aws/savings-plan-factor/p5.48xlarge/us-east-1/reserved-3y/ratio';
const SUPPORT = 'aws/support/business from 0 USD/*/on-demand/USD of monthly cost';

const of = (share: number) => ({ share, document: 'EDP 2026', asOf: '2026-10-30' });

function usd(id: string, discounts: Parameters<typeof bookOf>[0] = {}): number {
  const reference = referenceOfId(id);
  if (reference === null) throw new Error(id);
  const price = bookOf(discounts).price(reference);
  if (price.state === 'unpriced') throw new Error(price.why);
  return price.usd.base;
}

function bookOf(discounts: Record<string, ReturnType<typeof of>>, prices = {}) {
  return createPriceBook({ catalog, overrides: { prices, assumptions: {}, discounts } });
}

describe('a discount of a contract', () => {
  it('lowers listed and derived prices of a seller by its share, and says so', () => {
    for (const id of [P5, NAT, DERIVED]) expect(usd(id, { aws: of(0.12) })).toBeCloseTo(usd(id) * 0.88, 12);
    const reference = referenceOfId(P5);
    const price = reference === null ? null : bookOf({ aws: of(0.12) }).price(reference);
    expect(price).toMatchObject({ basis: 'listed, less 12 % (EDP 2026 of 2026-10-30)' });
  });

  it('is the longest that fits, alone, and fits whole parts of an id', () => {
    const discounts = { aws: of(0.12), 'aws/ec2': of(0.2), 'aws/ec2/p5': of(0.9), 'aws/vp': of(0.9) };
    expect(usd(P5, discounts)).toBeCloseTo(usd(P5) * 0.8, 12);
    expect(usd(NAT, discounts)).toBeCloseTo(usd(NAT) * 0.88, 12);
    expect(usd(P5, { ...discounts, 'aws/ec2/p5.48xlarge': of(0) })).toBe(usd(P5));
  });

  it('leaves alone what is a share of another price, other sellers, and your own prices', () => {
    const discounts = { aws: of(0.12) };
    for (const id of [PLAN, SUPPORT]) expect(usd(id, discounts)).toBe(usd(id));
    expect(usd(P5, { crusoe: of(0.5) })).toBe(usd(P5));
    const own = { [P5]: { usd: 40, document: 'quote', asOf: '2026-10-30' } };
    const reference = referenceOfId(P5);
    const price = reference === null ? null : bookOf(discounts, own).price(reference);
    expect(price).toMatchObject({ usd: { base: 40 } });
  });
});

it('stands in what `landfall catalog why` says of a price', () => {
  const overrides = { prices: {}, assumptions: {}, discounts: { aws: of(0.12) } };
  const found = resolvePrice({ id: P5, catalog, asOf: '2026-11-23', overrides });
  expect(found.basis).toBe('listed, less 12 % (EDP 2026 of 2026-10-30)');
  expect(found.usd?.base).toBeCloseTo(usd(P5) * 0.88, 12);
  expect(resolvePrice({ id: P5, catalog, asOf: '2026-11-23' }).basis).toBe('listed');
});
