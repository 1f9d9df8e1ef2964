import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchesPerSecond } from '#lib/retrieval/store-search';
import { qdrantBytes } from '#lib/vector-stores/formulas';
import { vectorStores, type VectorStoreId } from '#lib/vector-stores/index';
import { chooseNodes, CLUSTER_NODES } from '#lib/vector-stores/nodes';
import { isMisfit, type Corpus, type StoreSizing } from '#lib/vector-stores/vector-store';

interface Asked {
  readonly vectors: number;
  readonly dimensions: number;
  readonly recall: number;
  readonly queriesPerSecond: number;
  readonly filterShare: number;
  readonly copies: number;
}

const ASKED: Asked = {
  vectors: 10_000_000,
  dimensions: 768,
  recall: 0.95,
  queriesPerSecond: 10,
  filterShare: 0,
  copies: 1,
};
const FILL = 0.7;

function corpusOf(id: VectorStoreId, asked: Asked): Corpus {
  return {
    ...asked,
    payloadBytesPerVector: 0,
    queriesPerSecond: { mean: 0, peak: asked.queriesPerSecond },
    writesPerMonth: 0,
    searchesPerSecond: searchesPerSecond(id, asked.dimensions, asked),
  };
}

function trySize(id: VectorStoreId, changes: Partial<Asked> = {}, knobs: object = {}) {
  return vectorStores.get(id).size(corpusOf(id, { ...ASKED, ...changes }), knobs);
}

function sized(id: VectorStoreId, changes: Partial<Asked> = {}, knobs: object = {}): StoreSizing {
  const sizing = trySize(id, changes, knobs);
  if (isMisfit(sizing)) throw new Error(sizing.reasons.join('; '));
  return sizing;
}

function nodesOf(id: VectorStoreId, changes: Partial<Asked> = {}, knobs: object = {}) {
  const { nodes } = sized(id, changes, knobs);
  if (nodes === null) throw new Error(`${id} has no nodes`);
  return nodes;
}

const SHARDING = ['opensearch-domain', 'qdrant', 'milvus', 'weaviate'] as const;
const asked = fc.record({
  vectors: fc.integer({ min: 1_000, max: 2_000_000_000 }),
  dimensions: fc.integer({ min: 8, max: 2_000 }),
  recall: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
  queriesPerSecond: fc.integer({ min: 0, max: 100_000 }),
  filterShare: fc.double({ min: 0, max: 0.99, noNaN: true }),
  copies: fc.integer({ min: 1, max: 5 }),
});
const stores = fc.constantFrom(...SHARDING);

describe('the nodes of a store', () => {
  it('hold the index that the vendor states', () => {
    const { memoryGib } = sized('qdrant');
    expect(memoryGib).toBeCloseTo(qdrantBytes(10_000_000, 768, 4) / 2 ** 30, 6);
    const nodes = nodesOf('qdrant');
    expect(nodes.shards * nodes.memoryGib * 0.75).toBeGreaterThanOrEqual(memoryGib);
  });

  it('answer the busiest second at the fill where many ask', () => {
    const nodes = nodesOf('qdrant', { queriesPerSecond: 20_000 });
    const each = searchesPerSecond(
      'qdrant',
      768,
      ASKED,
    )({
      vcpus: nodes.vcpus,
      vectors: ASKED.vectors / nodes.shards,
    });
    expect((nodes.count / nodes.shards) * each * FILL).toBeGreaterThanOrEqual(20_000);
  });

  it('are one for each copy where one small node would do', () => {
    expect(nodesOf('qdrant', { vectors: 10_000, copies: 3 })).toMatchObject({ count: 3, shards: 1 });
  });

  it('of PostgreSQL hold a whole copy each, or there is a reason where no node is large enough', () => {
    expect(nodesOf('cloudnative-pg', { copies: 2 })).toMatchObject({ shards: 1, count: 2 });
    expect(trySize('cloudnative-pg', { vectors: 1_000_000_000 })).toEqual({
      reasons: [expect.stringContaining('in one PostgreSQL instance')],
    });
  });

  it('of PostgreSQL are more than the copies where many ask', () => {
    expect(nodesOf('cloudnative-pg', { copies: 2, queriesPerSecond: 20_000 }).count).toBeGreaterThan(2);
  });

  it('may be more shards than the memory asks for, where fewer replicas then do', () => {
    const shapes = CLUSTER_NODES.slice(0, 1);
    const choose = (queriesPerSecond: number) => {
      const corpus = corpusOf('qdrant', { ...ASKED, vectors: 14_000_000, queriesPerSecond });
      const memoryGib = qdrantBytes(corpus.vectors, 768, 4) / 2 ** 30;
      return chooseNodes({ memoryGib, storageGib: 0, corpus, shapes, mayShard: true })?.nodes;
    };
    expect(choose(1)).toMatchObject({ shards: 3, count: 3 });
    const each = searchesPerSecond('qdrant', 768, ASKED)({ vcpus: 4, vectors: 14_000_000 / 3 });
    expect(choose(each * FILL * 1.01)).toMatchObject({ shards: 4, count: 4 });
  });

  it('buy the least memory together with the nodes that stand beside them in their pool', () => {
    const some = fc.record({
      count: fc.nat(5),
      vcpus: fc.constantFrom(4, 8, 16),
      memoryGib: fc.constantFrom(16, 32, 64),
    });
    fc.assert(
      fc.property(stores, asked, some, (id, what, beside) => {
        const corpus = { ...corpusOf(id, what), beside };
        const memoryGib = qdrantBytes(corpus.vectors, corpus.dimensions, 4) / 2 ** 30;
        const poolGib = (shapes: typeof CLUSTER_NODES) => {
          const nodes = chooseNodes({ memoryGib, storageGib: 0, corpus, shapes, mayShard: true })?.nodes;
          const eachGib = Math.max(nodes?.memoryGib ?? 0, beside.memoryGib, 8 * beside.vcpus);
          return ((nodes?.count ?? 0) + beside.count) * eachGib;
        };
        const each = CLUSTER_NODES.map((shape) => poolGib([shape]));
        expect(poolGib(CLUSTER_NODES)).toBe(Math.min(...each));
      }),
    );
  });

  it.each([
    ['two system nodes of EKS', { count: 2, vcpus: 4, memoryGib: 16 }, 8, 32],
    ['three hosts of 16 vCPUs', { count: 3, vcpus: 16, memoryGib: 64 }, 2, 128],
  ])('of ten million vectors in two copies of Milvus beside %s', (_beside, beside, count, memoryGib) => {
    const sizing = vectorStores
      .get('milvus')
      .size({ ...corpusOf('milvus', { ...ASKED, dimensions: 1024, copies: 2 }), beside }, {});
    expect(sizing).toMatchObject({ nodes: { count, memoryGib } });
  });

  it('never buy less memory, nor hold less, for more vectors, a higher recall, more queries or copies', () => {
    const more = fc.record({
      vectors: fc.nat(1_000_000_000),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      queries: fc.nat(10_000),
      copies: fc.nat(2),
    });
    fc.assert(
      fc.property(stores, asked, more, (id, less, { vectors, part, queries, copies }) => {
        const greater = {
          ...less,
          vectors: less.vectors + vectors,
          recall: less.recall + (0.999 - less.recall) * part,
          queriesPerSecond: less.queriesPerSecond + queries,
          copies: less.copies + copies,
        };
        expect(sized(id, greater).memoryGib).toBeGreaterThanOrEqual(sized(id, less).memoryGib);
        const [few, many] = [nodesOf(id, less), nodesOf(id, greater)];
        expect(many.count * many.memoryGib).toBeGreaterThanOrEqual(few.count * few.memoryGib);
      }),
    );
  });
});

describe('quantisation', () => {
  it.each([
    ['qdrant', 'scalar', 4],
    ['milvus', 'scalar', 4],
    ['qdrant', 'binary', 20],
    ['weaviate', 'binary', 27],
    ['cloudnative-pg', 'binary', 10],
  ] as const)('of %s, %s, shrinks its memory at 768 dimensions by %d or more', (id, quantisation, factor) => {
    const [full, small] = [sized(id), sized(id, {}, { quantisation })];
    expect(full.memoryGib / small.memoryGib).toBeGreaterThanOrEqual(factor);
    expect(small.derivation.map((step) => step.id)).toContain('store-quantised');
  });

  it('never raises memory or what is bought', () => {
    const ways = fc.constantFrom<[VectorStoreId, string]>(
      ['qdrant', 'scalar'],
      ['qdrant', 'binary'],
      ['milvus', 'scalar'],
      ['weaviate', 'scalar'],
      ['weaviate', 'binary'],
      ['cloudnative-pg', 'binary'],
    );
    fc.assert(
      fc.property(ways, asked, ([id, quantisation], what) => {
        const [full, small] = [trySize(id, what), trySize(id, what, { quantisation })];
        if (isMisfit(full) || isMisfit(small)) return;
        expect(small.memoryGib).toBeLessThanOrEqual(full.memoryGib);
        const bought = ({ nodes }: StoreSizing) => (nodes?.count ?? 0) * (nodes?.memoryGib ?? 0);
        expect(bought(small)).toBeLessThanOrEqual(bought(full));
      }),
    );
  });

  it('that keeps originals keeps them on disk, beside the small form', () => {
    expect(sized('qdrant', {}, { quantisation: 'binary' }).storageGib).toBeGreaterThan(
      sized('qdrant').storageGib,
    );
  });

  it('that no vendor documents is no value of the knob', () => {
    expect(vectorStores.get('milvus').knobs.safeParse({ quantisation: 'binary' }).success).toBe(false);
  });
});
