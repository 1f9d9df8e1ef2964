import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { unitPriceOf } from '#lib/cash/unit-price';
import { SECONDS_PER_MONTH } from '#lib/units/money';
import { s3Vectors } from '#lib/vector-stores/s3-vectors';
import { isMisfit } from '#lib/vector-stores/vector-store';

const prices = createPriceBook({ catalog: loadCatalog() });

interface Example {
  readonly vectors: number;
  readonly queriesPerMonth?: number;
  readonly writesPerMonth?: number;
  readonly payloadKb: number;
}

/** 1 KB of filterable metadata and a key of 0.17 KB: what a query is billed for beside the vector itself. */
const PROCESSED_KB = 1.17;
/** With 1 KB more of metadata that cannot be filtered by: what is stored and uploaded. */
const STORED_KB = 2.17;

/** Each line of an index of vectors of 1,024 dimensions, in USD a month; of its first load once. */
function usdOf({
  vectors,
  queriesPerMonth = 0,
  writesPerMonth = 0,
  payloadKb,
}: Example): Record<string, number> {
  const corpus = {
    vectors,
    dimensions: 1024,
    payloadBytesPerVector: payloadKb * 1024,
    queriesPerSecond: { mean: queriesPerMonth / SECONDS_PER_MONTH, peak: 1 },
    writesPerMonth,
    copies: 1,
    searchesPerSecond: () => 1,
  };
  const sizing = s3Vectors.size(corpus, {});
  if (isMisfit(sizing)) throw new Error(sizing.reasons.join('; '));
  const lines = s3Vectors.purchases(sizing, corpus, { on: 'aws', region: 'us-east-1' }, prices);
  return Object.fromEntries(
    lines.flatMap((line) => {
      if (line.kind === 'free') return [];
      const price = unitPriceOf(line, prices);
      if (price.state === 'unpriced') throw new Error(price.why);
      const quantity = 'quantity' in line ? line.quantity : line.quantityPerMonth;
      return [[line.key, quantity * price.usd.base] as const];
    }),
  );
}

describe('the published examples of S3 Vectors', () => {
  it('of indexes of 250,000 vectors: 1.93 + 1.44 + 2.50 for a million queries', () => {
    const usd = usdOf({ vectors: 250_000, queriesPerMonth: 1e6, payloadKb: PROCESSED_KB });
    expect(usd['retrieval.query-data']).toBeCloseTo(1.93, 2);
    expect(usd['retrieval.query-data-further']).toBeCloseTo(1.44, 2);
    expect(usd['retrieval.queries']).toBeCloseTo(2.5, 2);
  });

  it('of indexes of 10 million vectors, before the cut of June 2026: 19.26 + 953.36 + 25.00 for ten million queries', () => {
    const usd = usdOf({ vectors: 10_000_000, queriesPerMonth: 1e7, payloadKb: PROCESSED_KB });
    expect(usd['retrieval.query-data']).toBeCloseTo(19.26, 2);
    expect(usd['retrieval.query-data-further']).toBeCloseTo(953.36, 1);
    expect(usd['retrieval.queries']).toBeCloseTo(25, 2);
  });

  it('of an index below 100,000 vectors have no further rate', () => {
    expect(usdOf({ vectors: 50_000, queriesPerMonth: 1e6, payloadKb: PROCESSED_KB })).not.toHaveProperty(
      'retrieval.query-data-further',
    );
  });

  it('of 40 such indexes, 10 million vectors renewed every six months: 3.54 + 1.97 + 5.87 = 11.38', () => {
    const kept = usdOf({ vectors: 1e7, writesPerMonth: 1e7 / 6, payloadKb: STORED_KB });
    const asked = usdOf({ vectors: 250_000, queriesPerMonth: 1e6, payloadKb: PROCESSED_KB });
    const queries = part(asked, 'queries') + part(asked, 'query-data') + part(asked, 'query-data-further');
    // The page rounds 58.84 GB up to 59 before it multiplies: a cent more than the unrounded amounts.
    expect(part(kept, 'storage')).toBeCloseTo(3.53, 2);
    expect(part(kept, 'puts')).toBeCloseTo(1.96, 2);
    expect(queries).toBeCloseTo(5.87, 2);
    const rounding = (59 - part(kept, 'storage') / 0.06) * (0.06 + 0.2 / 6);
    expect(part(kept, 'storage') + part(kept, 'puts') + queries + rounding).toBeCloseTo(11.38, 2);
  });

  it('of 40 indexes of 10 million: 141.22 stored and 78.46 uploaded', () => {
    const kept = usdOf({ vectors: 4e8, writesPerMonth: 4e8 / 6, payloadKb: STORED_KB });
    expect(part(kept, 'storage')).toBeCloseTo(141.22, 1);
    expect(part(kept, 'puts')).toBeCloseTo(78.46, 1);
  });

  it('are loaded once for what renewing all of them costs', () => {
    const kept = usdOf({ vectors: 1e7, writesPerMonth: 1e7 / 6, payloadKb: STORED_KB });
    expect(part(kept, 'first-puts')).toBeCloseTo(6 * part(kept, 'puts'), 6);
    // 59 GB at 0.20 USD, as the page rounds.
    expect(part(kept, 'first-puts')).toBeCloseTo(11.8, 1);
  });

  it('process no more than the 2 KB of a vector that can be filtered by', () => {
    const queried = (payloadKb: number) =>
      part(usdOf({ vectors: 5e4, queriesPerMonth: 1e6, payloadKb }), 'query-data');
    expect(queried(30)).toBe(queried(2));
    expect(queried(1)).toBeLessThan(queried(2));
  });
});

function part(usd: Readonly<Record<string, number>>, key: string): number {
  const value = usd[`retrieval.${key}`];
  if (value === undefined) throw new Error(`no line ${key} among ${Object.keys(usd).join(', ')}`);
  return value;
}
