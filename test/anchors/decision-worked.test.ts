import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { BillInput } from '#lib/cost/compiled/bill-input';
import { triangular } from '#lib/units/triangular';
import { doubtOf } from '#lib/cost/compiled/doubt';
import { exactly } from '#lib/units/band';

const prices = createPriceBook({ catalog: loadCatalog() });

function listed(seller: string, service: string, usd: number, asOf: string): BillInput {
  const reference = { seller, service, sku: 'any', region: '*', term: 'on-demand', unit: 'unit' };
  return {
    id: 'any',
    kind: 'price',
    label: 'any',
    unit: 'USD/unit',
    band: exactly(usd),
    source: { id: 'any', publisher: 'any', asOf, method: 'published' },
    whole: false,
    drawKey: 'any',
    references: [reference],
  };
}

describe('the worked numbers of "How sure, and where it turns"', () => {
  it('a contract price of 2 USD after 90 days', () => {
    const { low, high } = doubtOf(listed('semianalysis', 'tco', 2, '2026-08-25'), prices, '2026-11-23');
    expect(low).toBeCloseTo(1.9, 10);
    expect(high).toBeCloseTo(2.1, 10);
  });

  it('a token price of 0.60 USD after 45 days', () => {
    const { low, high } = doubtOf(listed('aws', 'bedrock', 0.6, '2026-10-09'), prices, '2026-11-23');
    expect(low).toBeCloseTo(0.5925, 10);
    expect(high).toBeCloseTo(0.6075, 10);
  });

  it('the middle of a triangle of 1, 2 and 4', () => {
    expect(triangular({ low: 1, base: 2, high: 4 }, 0.5)).toBeCloseTo(2.268, 3);
  });
});
