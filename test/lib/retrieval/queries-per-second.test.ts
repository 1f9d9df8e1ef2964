import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictSearch, type SearchLoad, type SearchPrediction } from '#lib/retrieval/queries-per-second';
import { retrievalConstants } from '#lib/retrieval/retrieval-constants';
import { vectorStores } from '#lib/vector-stores/index';

const LOAD: SearchLoad = {
  store: 'qdrant',
  vectors: 1_000_000,
  dimensions: 768,
  recall: 0.95,
  filterShare: 0,
  vcpus: 16,
};

function predicted(load: Partial<SearchLoad>): SearchPrediction {
  const result = predictSearch({ ...LOAD, ...load });
  if ('reasons' in result) throw new Error(result.reasons.join('; '));
  return result;
}

const sized = fc.constantFrom(
  'qdrant',
  'milvus',
  'opensearch-domain',
  'weaviate',
  'cloudnative-pg',
  'ElasticCloud',
);
const loads = fc.record({
  store: sized,
  vectors: fc.integer({ min: 1, max: 10_000_000_000 }),
  dimensions: fc.integer({ min: 2, max: 8_192 }),
  recall: fc.double({ min: 0.01, max: 1, noNaN: true }),
  filterShare: fc.double({ min: 0, max: 0.999, noNaN: true }),
  vcpus: fc.integer({ min: 1, max: 192 }),
  layout: fc.constantFrom('whole' as const, 'partitioned' as const),
  isMerged: fc.boolean(),
});

describe('queries per second', () => {
  it.each([
    ['Qdrant, 1 million at 0.955', { store: 'qdrant', recall: 0.955 }, 1111.3633],
    ['Qdrant, 10 million at 0.9507', { store: 'qdrant', vectors: 10_000_000, recall: 0.9507 }, 323.3964],
    ['OpenSearch, 1 million at 0.9583', { store: 'opensearch-domain', recall: 0.9583 }, 743.9815],
    [
      'OpenSearch merged, 10 million at 0.9484',
      { store: 'opensearch-domain', vectors: 10_000_000, recall: 0.9484, isMerged: true },
      1473.9256,
    ],
    ['Milvus, 10 million at 0.951', { store: 'milvus', vectors: 10_000_000, recall: 0.951 }, 1833.2575],
    ['S3 Vectors, 1 million at 0.8717', { store: 's3-vectors', recall: 0.8717, vcpus: null }, 199.4972],
  ])(
    'of %s lie within half again of what VectorDBBench measured, and their band around it',
    (_, load, measured) => {
      const { queriesPerSecond } = predicted(load);
      expect(queriesPerSecond.base / measured).toBeGreaterThan(1 / 1.5);
      expect(queriesPerSecond.base / measured).toBeLessThan(1.5);
      expect(queriesPerSecond.low).toBeLessThan(measured);
      expect(queriesPerSecond.high).toBeGreaterThan(measured);
    },
  );

  it('are calibrated amid the rows of the store', () => {
    expect(predicted({})).toMatchObject({ confidence: 'calibrated', why: [] });
  });

  it('of a store without rows are extrapolated, in a wider band, and say so', () => {
    const own = predicted({});
    const pooled = predicted({ store: 'weaviate' });
    expect(pooled.confidence).toBe('extrapolated');
    expect(pooled.why).toEqual(['no row of this store; it is taken for what all stores share']);
    const width = ({ queriesPerSecond: { low, high } }: SearchPrediction) => high / low;
    expect(width(pooled)).toBeGreaterThan(3 * width(own));
  });

  it.each([
    ['dimensions that no row has', { dimensions: 1_536 }],
    ['more vectors than any row', { vectors: 1_000_000_000 }],
    ['a machine that no row ran on', { vcpus: 64 }],
    ['a recall that no row reached', { recall: 0.999 }],
    ['a partition that no row of the store has', { filterShare: 0.9, layout: 'partitioned' as const }],
  ])('with %s are extrapolated, in a wider band', (_, load) => {
    const outside = predicted(load);
    expect(outside.confidence).toBe('extrapolated');
    expect(outside.why).toHaveLength(1);
    const inside = predicted({}).queriesPerSecond;
    expect(outside.queriesPerSecond.low / outside.queriesPerSecond.base).toBeLessThan(
      inside.low / inside.base,
    );
  });

  it.each(vectorStores.ids.filter((id) => id !== 's3-vectors'))(
    'of %s are not known without its vCPUs',
    (store) => {
      expect(predictSearch({ ...LOAD, store, vcpus: null })).toEqual({
        reasons: [expect.stringContaining('vCPUs')],
      });
    },
  );

  it('of a service without sizes do not grow with vCPUs', () => {
    const [none, many] = [null, 64].map((vcpus) => predicted({ store: 's3-vectors', recall: 0.85, vcpus }));
    expect(many).toEqual(none);
  });

  it('are refused where the vectors cannot lie in memory, as all measured ones do', () => {
    const result = predictSearch({ ...LOAD, vectors: 100_000_000, memoryGib: 64 });
    expect(result).toEqual({ reasons: [expect.stringContaining('64 GiB do not hold 72 GiB')] });
  });

  it('never rise with the recall that is asked for', () => {
    fc.assert(
      fc.property(loads, fc.double({ min: 0, max: 1, noNaN: true }), (load, part) => {
        const higher = { ...load, recall: load.recall + (1 - load.recall) * part };
        const [base, other] = [predicted(load), predicted(higher)];
        expect(other.queriesPerSecond.base).toBeLessThanOrEqual(base.queriesPerSecond.base);
        expect(other.p99LatencyMs.base).toBeGreaterThanOrEqual(base.p99LatencyMs.base);
      }),
    );
  });

  it('never rise with the vectors or their dimensions', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 0, max: 1_000_000_000 }), fc.nat(4_096), (load, more, longer) => {
        const base = predicted(load).queriesPerSecond.base;
        const slack = base * (1 + 1e-12);
        expect(
          predicted({ ...load, vectors: load.vectors + more }).queriesPerSecond.base,
        ).toBeLessThanOrEqual(slack);
        const long = predicted({ ...load, dimensions: load.dimensions + longer });
        expect(long.queriesPerSecond.base).toBeLessThanOrEqual(slack);
      }),
    );
  });

  it('never fall with more vCPUs, and lie in their band', () => {
    fc.assert(
      fc.property(loads, fc.nat(100), (load, more) => {
        const { queriesPerSecond } = predicted(load);
        expect(queriesPerSecond.low).toBeLessThanOrEqual(queriesPerSecond.base);
        expect(queriesPerSecond.high).toBeGreaterThanOrEqual(queriesPerSecond.base);
        expect(predicted({ ...load, vcpus: load.vcpus + more }).queriesPerSecond.base).toBeGreaterThanOrEqual(
          queriesPerSecond.base,
        );
      }),
    );
  });

  it.each([
    ['recall', { recall: 1.2 }],
    ['recall', { recall: 0 }],
    ['filterShare', { filterShare: 1 }],
    ['vectors', { vectors: Number.NaN }],
    ['vcpus', { vcpus: -4 }],
  ])('refuse an impossible %s with what was expected', (at, load) => {
    expect(() => predictSearch({ ...LOAD, ...load })).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'OUT_OF_RANGE', at })] }),
    );
  });
});

describe('a filter under which a store was measured far slower', () => {
  const half = { store: 'opensearch-domain', vectors: 10_000_000, filterShare: 0.5, isMerged: true };

  it('is planned with what was measured, and says so', () => {
    const { queriesPerSecond, confidence, why } = predicted(half);
    expect(queriesPerSecond.base).toBeCloseTo(8.0584, 3);
    expect(queriesPerSecond.low).toBeLessThan(8.06);
    expect(queriesPerSecond.high).toBeGreaterThan(400);
    expect(confidence).toBe('extrapolated');
    expect(why).toEqual([
      'OpenSearch was measured at 8 queries/s with 0.5 of 10000000 vectors filtered out, comparing all others',
    ]);
  });

  it('counts the less, the farther the load is from the row, and never jumps', () => {
    const rates = [1e6, 1.6e6, 2.5e6, 4e6, 6.3e6, 1e7].map(
      (vectors) => predicted({ ...half, vectors }).queriesPerSecond.base,
    );
    expect(rates[0]).toBeGreaterThan(1_000);
    for (const [at, rate] of rates.entries()) {
      if (at === 0) continue;
      expect(rate).toBeLessThan(rates[at - 1] ?? 0);
      expect(rate).toBeGreaterThan((rates[at - 1] ?? 0) / 5);
    }
    const shares = [0.5, 0.55, 0.6, 0.65, 0.68, 0.6875].map(
      (filterShare) => predicted({ ...half, filterShare }).queriesPerSecond,
    );
    expect(shares.map(({ base }) => base)).toEqual(shares.map(({ base }) => base).toSorted((a, b) => a - b));
    for (const { low, base, high } of shares) expect(low <= base && base <= high).toBe(true);
  });

  it('is planned so too where that row is the smallest index that anybody measured', () => {
    const constants = retrievalConstants();
    const own = constants.stores.get('OpenSearch');
    if (own === undefined) throw new Error('no constants of OpenSearch');
    const stores = new Map([
      ...constants.stores,
      ['OpenSearch', { ...own, vectors: { min: 1e7, max: 1e7 } }],
    ]);
    const search = predictSearch({ ...LOAD, ...half }, { ...constants, stores });
    expect('reasons' in search ? 0 : search.queriesPerSecond.base).toBeCloseTo(8.0584, 3);
  });

  it('is no other filter, layout or store, no tenth of the vectors and no higher recall', () => {
    const near = (changes: Partial<SearchLoad>) =>
      predicted({ ...half, ...changes }).why.some((each) => each.includes('was measured at'));
    expect(near({})).toBe(true);
    expect(near({ filterShare: 0.8 })).toBe(false);
    expect(near({ vectors: 1_000_000 })).toBe(false);
    expect(near({ store: 'qdrant' })).toBe(false);
    expect(near({ store: 'ElasticCloud', recall: 0.85 })).toBe(false);
    expect(near({ store: 'Pinecone', filterShare: 0.995, recall: 0.95 })).toBe(false);
    expect(near({ store: 'Pinecone', filterShare: 0.995, recall: 0.9 })).toBe(true);
  });
});
