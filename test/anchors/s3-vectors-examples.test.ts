import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { unitPriceOf } from '#lib/cost/unit-price';
import { SECONDS_PER_MONTH } from '#lib/units/money';
import { s3Vectors } from '#lib/vector-stores/s3-vectors';
import { isMisfit } from '#lib/vector-stores/vector-store';

const prices = createPriceBook({ catalog: loadCatalog() });

/** Vectors of 1,024 dimensions with 1 KB of filterable metadata and a key of 0.17 KB: what a query is billed for. */
function queryUsd(vectorsOfIndex: number, queriesPerMonth: number): Record<string, number> {
  const corpus = {
    vectors: vectorsOfIndex,
    dimensions: 1024,
    payloadBytesPerVector: 1.17 * 1024,
    queriesPerSecond: { mean: queriesPerMonth / SECONDS_PER_MONTH, peak: 1 },
    writesPerMonth: 0,
    copies: 1,
    searchesPerSecond: () => 1,
  };
  const sizing = s3Vectors.size(corpus, {});
  if (isMisfit(sizing)) throw new Error(sizing.reasons.join('; '));
  const lines = s3Vectors.purchases(sizing, corpus, { on: 'aws', region: 'us-east-1' }, prices);
  return Object.fromEntries(
    lines.flatMap((line) => {
      if (line.kind !== 'usage') return [];
      const price = unitPriceOf(line, prices);
      if (price.state === 'unpriced') throw new Error(price.why);
      return [[line.key, line.quantityPerMonth * price.usd.base] as const];
    }),
  );
}

describe('the published examples of S3 Vectors', () => {
  it('of indexes of 250,000 vectors: 1.93 + 1.44 + 2.50 for a million queries', () => {
    const usd = queryUsd(250_000, 1e6);
    expect(usd['retrieval.query-data']).toBeCloseTo(1.93, 2);
    expect(usd['retrieval.query-data-further']).toBeCloseTo(1.44, 2);
    expect(usd['retrieval.queries']).toBeCloseTo(2.5, 2);
  });

  it('of indexes of 10 million vectors, before the cut of June 2026: 19.26 + 953.36 + 25.00 for ten million queries', () => {
    const usd = queryUsd(10_000_000, 1e7);
    expect(usd['retrieval.query-data']).toBeCloseTo(19.26, 2);
    expect(usd['retrieval.query-data-further']).toBeCloseTo(953.36, 1);
    expect(usd['retrieval.queries']).toBeCloseTo(25, 2);
  });

  it('of an index below 100,000 vectors have no further rate', () => {
    expect(queryUsd(50_000, 1e6)).not.toHaveProperty('retrieval.query-data-further');
  });
});
