import { describe, expect, it } from 'vitest';
import { auroraPgvector } from '#lib/vector-stores/aurora-pgvector';
import { milvus } from '#lib/vector-stores/milvus';
import { openSearchDomain } from '#lib/vector-stores/opensearch-domain';
import { openSearchServerless } from '#lib/vector-stores/opensearch-serverless';
import { qdrant } from '#lib/vector-stores/qdrant';
import { s3Vectors } from '#lib/vector-stores/s3-vectors';
import { weaviate } from '#lib/vector-stores/weaviate';
import { isMisfit, type Corpus } from '#lib/vector-stores/vector-store';

const corpus: Corpus = {
  vectors: 1_000_000,
  dimensions: 1024,
  payloadBytesPerVector: 2000,
  queriesPerSecond: { mean: 2, peak: 20 },
  writesPerMonth: 50_000,
  copies: 2,
  // A machine of 8 vCPUs answers 800 searches in a million vectors.
  searchesPerSecond: ({ vcpus, vectors }) => (100 * vcpus) / Math.sqrt(vectors / 1e6),
};

describe('vector stores', () => {
  it('sizes Qdrant at the 5.72 GiB of its capacity planning', () => {
    const sizing = qdrant.size(corpus, {});
    expect(isMisfit(sizing) ? Number.NaN : sizing.memoryGib).toBeCloseTo(5.72, 2);
  });

  it.each([
    [qdrant, { m: 32, encoding: 'byte' }, 1],
    [qdrant, { m: 64 }, 4],
    [milvus, { m: 100 }, 4],
    [weaviate, { m: 100 }, 4],
  ] as const)(
    'holds short vectors and all their links at least, whatever the rule says',
    (store, knobs, bytes) => {
      const short = { ...corpus, dimensions: 96 };
      const sizing = store.size(short, knobs);
      const least = (short.vectors * (96 * bytes + 8 * knobs.m)) / 2 ** 30;
      expect(isMisfit(sizing) ? Number.NaN : sizing.memoryGib).toBeGreaterThanOrEqual(least);
    },
  );

  it('keeps full vectors on disk beside an OpenSearch index that is narrower, and beside bytes none', () => {
    const diskGib = (encoding: string) => {
      const sizing = openSearchDomain.size({ ...corpus, payloadBytesPerVector: 0 }, { encoding });
      if (isMisfit(sizing)) throw new Error(sizing.reasons.join('; '));
      return { disk: sizing.storageGib, memory: sizing.memoryGib };
    };
    const full = (corpus.vectors * corpus.dimensions * 4) / 2 ** 30;
    for (const encoding of ['fp16', 'binary']) {
      const { disk, memory } = diskGib(encoding);
      expect(disk).toBeCloseTo(1.5 * (memory + full), 9);
    }
    const { disk, memory } = diskGib('byte');
    expect(disk).toBeCloseTo(1.5 * memory, 9);
  });

  it.each([
    [1, 1],
    [2, 2],
  ])('starts OpenSearch Serverless with %i copies at %i OCU', (copies, units) => {
    const sizing = openSearchServerless.size({ ...corpus, vectors: 1000, copies }, {});
    expect(isMisfit(sizing) ? null : sizing.capacityUnits).toEqual({ name: 'OCU', count: units });
  });

  it('refuses to index 3,072 dimensions as vector in Aurora and takes them as halfvec', () => {
    const wide = { ...corpus, dimensions: 3072 };
    expect(auroraPgvector.size(wide, {})).toMatchObject({
      reasons: [expect.stringContaining('2000 at most as vector; store them as halfvec')],
    });
    expect(isMisfit(auroraPgvector.size(wide, { encoding: 'halfvec' }))).toBe(false);
  });

  it('leaves the heap and the circuit breaker out of what an OpenSearch node holds', () => {
    // 12 GiB in one copy; an r7g.xlarge.search (32 GiB) gives k-NN 8.
    const sizing = openSearchDomain.size({ ...corpus, vectors: 2_800_000, copies: 1 }, {});
    const nodes = isMisfit(sizing) ? null : sizing.nodes;
    expect(nodes?.instanceType).toMatch(/^r7g\.\w+\.search$/);
    expect((nodes?.count ?? 0) * (nodes?.memoryGib ?? 0)).toBeGreaterThanOrEqual(48);
  });

  it('buys the data that S3 Vectors queries process, for which no price is listed', () => {
    const sizing = s3Vectors.size(corpus, {});
    if (isMisfit(sizing)) throw new Error(sizing.reasons.join('; '));
    const purchases = s3Vectors.purchases(
      sizing,
      corpus,
      { on: 'aws', region: 'us-east-1' },
      {
        price: () => {
          throw new Error('a store looked a price up');
        },
        listed: () => [],
        assumption: () => {
          throw new Error('a store looked an assumption up');
        },
      },
    );
    expect(purchases.map(({ key }) => key)).toContain('retrieval.query-data');
  });
});
