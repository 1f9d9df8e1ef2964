import { describe, expect, it } from 'vitest';
import { searchesPerSecond, storeSearch } from '#lib/retrieval/store-search';
import type { StoreSizing } from '#lib/vector-stores/vector-store';

const QUALITY = { recall: 0.95, filterShare: 0 };
const CORPUS = { vectors: 10_000_000, dimensions: 768 };
const SIZING: StoreSizing = {
  memoryGib: 44,
  storageGib: 66,
  nodes: { count: 6, shards: 3, vcpus: 4, memoryGib: 32, diskGib: 22 },
  capacityUnits: null,
  derivation: [],
};
const SERVERLESS: StoreSizing = { ...SIZING, nodes: null };
const QDRANT = { id: 'qdrant', quantisation: 'none' };

describe('what a sized store answers', () => {
  it('is what its copies answer, each over all its shards', () => {
    const one = searchesPerSecond('qdrant', 768, QUALITY)({ vcpus: 4, vectors: 10_000_000 / 3 });
    const search = storeSearch(QDRANT, CORPUS, SIZING, QUALITY);
    expect(search?.queriesPerSecond.base).toBeCloseTo(2 * one, 6);
  });

  it('comes slower at a higher recall', () => {
    const at = (recall: number) => storeSearch(QDRANT, CORPUS, SIZING, { ...QUALITY, recall })?.p99LatencyMs;
    expect(at(0.99)?.base).toBeGreaterThan(at(0.9)?.base ?? Infinity);
  });

  it('is granted no other speed for a quantisation that no row has, and says so', () => {
    const search = storeSearch({ ...QDRANT, quantisation: 'scalar' }, CORPUS, SIZING, QUALITY);
    expect(search?.confidence).toBe('extrapolated');
    expect(search?.why).toContain('rows of qdrant have quantisation none; scalar is granted no other speed');
  });

  it('is known of a measured service and not of one that hides its machines', () => {
    expect(
      storeSearch({ id: 's3-vectors', quantisation: 'none' }, CORPUS, SERVERLESS, QUALITY),
    ).toMatchObject({
      p99LatencyMs: { base: expect.any(Number) },
    });
    expect(
      storeSearch({ id: 'opensearch-serverless', quantisation: 'none' }, CORPUS, SERVERLESS, QUALITY),
    ).toBeNull();
  });
});
