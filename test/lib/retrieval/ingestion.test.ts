import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planIngestion, type Ingestion } from '#lib/retrieval/ingestion';
import { vectorStores, type VectorStoreId } from '#lib/vector-stores/index';

const MEASURED = ['milvus', 'opensearch-domain', 'qdrant', 'weaviate', 's3-vectors'] as const;

function planned(store: VectorStoreId, vectors: number, dimensions: number): Ingestion {
  const { ingestion } = planIngestion(store, vectors, dimensions);
  if (ingestion === null) throw new Error(`no rate of ${store}`);
  return ingestion;
}

describe('loading a store', () => {
  it.each([
    ['qdrant', 1_000_000, 1_499.8799],
    ['qdrant', 10_000_000, 15_722.4597],
    ['opensearch-domain', 10_000_000, 43_636.6352],
    ['milvus', 10_000_000, 8_983.9787],
    ['s3-vectors', 10_000_000, 18_283.773],
  ] as const)('of %s with %i vectors takes about what VectorDBBench measured', (store, vectors, seconds) => {
    const { hours } = planned(store, vectors, 768);
    expect(hours.low).toBeLessThanOrEqual((seconds / 3_600) * (1 + 1e-9));
    expect(hours.high).toBeGreaterThanOrEqual((seconds / 3_600) * (1 - 1e-9));
    expect(Math.abs(hours.base / (seconds / 3_600) - 1)).toBeLessThan(0.3);
  });

  it.each(vectorStores.ids)('of %s is a rate with its source, or null with a reason', (store) => {
    const { ingestion, reasons } = planIngestion(store, 1_000_000, 1_024);
    expect(ingestion === null).toBe(reasons.length > 0);
    expect(ingestion?.sources.length ?? 1).toBeGreaterThan(0);
    expect(MEASURED.some((each) => each === store)).toBe(ingestion !== null);
  });

  it('of S3 Vectors is never planned above the rate that the service lets in', () => {
    expect(planned('s3-vectors', 1_000_000, 2).vectorsPerSecond).toMatchObject({ base: 2_500, high: 2_500 });
  });

  it('never takes less time for more or longer vectors', () => {
    const counts = fc.integer({ min: 1, max: 1e10 });
    const lengths = fc.integer({ min: 1, max: 8_192 });
    fc.assert(
      fc.property(
        fc.constantFrom(...MEASURED),
        counts,
        lengths,
        fc.nat(1e9),
        fc.nat(4_096),
        (id, n, d, more, longer) => {
          const { hours } = planned(id, n, d);
          expect(hours.low).toBeLessThanOrEqual(hours.base);
          expect(hours.base).toBeLessThanOrEqual(hours.high);
          expect(planned(id, n + more, d).hours.base).toBeGreaterThanOrEqual(hours.base);
          expect(planned(id, n, d + longer).hours.base).toBeGreaterThanOrEqual(hours.base * (1 - 1e-12));
        },
      ),
    );
  });

  it('refuses a corpus of nothing', () => {
    expect(() => planIngestion('qdrant', 0, 768)).toThrow(/vectors: expected a number at least 1/);
  });
});
