import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodesOf } from '#lib/retrieval/node-shapes';
import { planNodes, type NodePlan, type StoreDemand } from '#lib/retrieval/nodes';
import { qdrantBytes } from '#lib/vector-stores/formulas';
import { vectorStores, type VectorStoreId } from '#lib/vector-stores/index';
import { isMisfit } from '#lib/vector-stores/vector-store';

const DEMAND: StoreDemand = {
  vectors: 10_000_000,
  dimensions: 768,
  recall: 0.95,
  quantisation: 'none',
  queriesPerSecond: 10,
  filterShare: 0,
  copies: 1,
};

function planned(id: VectorStoreId, demand: Partial<StoreDemand> = {}): NodePlan {
  const plan = planNodes(id, { ...DEMAND, ...demand });
  if ('reasons' in plan) throw new Error(plan.reasons.join('; '));
  return plan;
}

const SHARDING = ['opensearch-domain', 'qdrant', 'milvus', 'weaviate'] as const;
const ON_NODES = [...SHARDING, 'cloudnative-pg'] as const;
const demands = fc.record({
  vectors: fc.integer({ min: 1_000, max: 2_000_000_000 }),
  dimensions: fc.integer({ min: 8, max: 2_000 }),
  recall: fc.double({ min: 0.5, max: 1, noNaN: true }),
  quantisation: fc.constant('none' as const),
  queriesPerSecond: fc.integer({ min: 0, max: 100_000 }),
  filterShare: fc.double({ min: 0, max: 0.99, noNaN: true }),
  copies: fc.integer({ min: 1, max: 5 }),
});
const stores = fc.constantFrom(...SHARDING);

describe('the nodes of a store', () => {
  it('hold the index that the vendor states', () => {
    const plan = planned('qdrant');
    expect(plan.memoryGib).toBeCloseTo(qdrantBytes(10_000_000, 768, 4) / 2 ** 30, 6);
    expect(plan.shards * plan.node.memoryGib * plan.node.indexShare).toBeGreaterThanOrEqual(plan.memoryGib);
  });

  it('are bound by the memory where few ask', () => {
    expect(planned('qdrant')).toMatchObject({ binds: 'memory' });
  });

  it('are bound by the queries where many ask, and answer them at the fill', () => {
    const plan = planned('qdrant', { queriesPerSecond: 20_000 });
    expect(plan.binds).toBe('queries');
    expect(plan.queriesPerSecond.base * 0.7).toBeGreaterThanOrEqual(20_000);
  });

  it('are bound by the copies where one small node would do', () => {
    const plan = planned('qdrant', { vectors: 10_000, copies: 3 });
    expect(plan).toMatchObject({ binds: 'copies', nodes: 3, shards: 1, replicas: 3 });
  });

  it('of OpenSearch are the instances that its sizing buys', () => {
    const bought = vectorStores.get('opensearch-domain').size(
      {
        vectors: 10_000_000,
        dimensions: 768,
        payloadBytesPerVector: 0,
        queriesPerSecond: { mean: 0, peak: 0 },
        writesPerMonth: 0,
        copies: 1,
      },
      {},
    );
    if (isMisfit(bought)) throw new Error(bought.reasons.join());
    const { node, nodes } = planned('opensearch-domain', { queriesPerSecond: 0 });
    expect(node).toMatchObject({
      memoryGib: bought.nodes?.memoryGib,
      instanceType: bought.nodes?.instanceType,
    });
    expect(nodes).toBe(bought.nodes?.count);
  });

  it('of PostgreSQL are one a copy, or a reason where no node is large enough', () => {
    expect(planned('cloudnative-pg', { copies: 2 })).toMatchObject({ shards: 1, replicas: 2 });
    expect(planNodes('cloudnative-pg', { ...DEMAND, vectors: 1_000_000_000 })).toEqual({
      reasons: [expect.stringContaining('keeps a copy on one node')],
    });
  });

  it.each(['opensearch-serverless', 's3-vectors', 'aurora-pgvector'] as const)(
    'of %s are the service’s own',
    (id) => {
      expect(planNodes(id, DEMAND)).toEqual({ reasons: [expect.stringContaining('units of its own')] });
    },
  );

  it('may be more shards than the memory asks for, where fewer replicas then do', () => {
    const shapes = nodesOf('qdrant')?.shapes.slice(0, 1) ?? [];
    const quiet = planned('qdrant', { vectors: 14_000_000, shapes });
    expect(quiet).toMatchObject({ shards: 3, replicas: 1 });
    const queriesPerSecond = quiet.queriesPerSecond.base * 0.7 * 1.01;
    expect(planned('qdrant', { vectors: 14_000_000, shapes, queriesPerSecond })).toMatchObject({
      shards: 4,
      replicas: 1,
      nodes: 4,
      binds: 'queries',
    });
  });

  it('never buy less memory, nor hold less, for more vectors, a higher recall, more queries or copies', () => {
    const more = fc.record({
      vectors: fc.nat(1_000_000_000),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      queries: fc.nat(10_000),
      copies: fc.nat(2),
    });
    fc.assert(
      fc.property(stores, demands, more, (id, demand, { vectors, part, queries, copies }) => {
        const [less, greater] = [
          planned(id, demand),
          planned(id, {
            ...demand,
            vectors: demand.vectors + vectors,
            recall: demand.recall + (1 - demand.recall) * part,
            queriesPerSecond: demand.queriesPerSecond + queries,
            copies: demand.copies + copies,
          }),
        ];
        expect(greater.memoryGib).toBeGreaterThanOrEqual(less.memoryGib);
        expect(greater.nodes * greater.node.memoryGib).toBeGreaterThanOrEqual(
          less.nodes * less.node.memoryGib,
        );
      }),
    );
  });

  it('of one shape never become fewer with more vectors', () => {
    fc.assert(
      fc.property(stores, demands, fc.nat(1_000_000_000), fc.nat(4), (id, demand, vectors, at) => {
        const shapes = nodesOf(id)?.shapes.slice(at, at + 1) ?? [];
        const fewer = planned(id, { ...demand, shapes });
        const more = planned(id, { ...demand, vectors: demand.vectors + vectors, shapes });
        expect(more.nodes).toBeGreaterThanOrEqual(fewer.nodes);
      }),
    );
  });
});

describe('quantisation', () => {
  it.each([
    ['qdrant', 'scalar', 4],
    ['opensearch-domain', 'scalar', 1.9],
    ['milvus', 'scalar', 4],
    ['cloudnative-pg', 'scalar', 1.8],
    ['qdrant', 'binary', 20],
    ['opensearch-domain', 'binary', 14],
    ['weaviate', 'binary', 27],
    ['cloudnative-pg', 'binary', 10],
  ] as const)(
    'of %s, %s, shrinks its memory at 768 dimensions by %d or more, with the page that says how',
    (id, quantisation, factor) => {
      const [full, small] = [planned(id), planned(id, { quantisation })];
      expect(full.memoryGib / small.memoryGib).toBeGreaterThanOrEqual(factor);
      expect(small.quantisationSource).toMatch(/^https:\/\//);
    },
  );

  it('never raises memory or what is bought', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ON_NODES),
        demands,
        fc.constantFrom('scalar' as const, 'binary' as const),
        (id, demand, quantisation) => {
          const full = planNodes(id, { ...demand, quantisation: 'none' });
          const small = planNodes(id, { ...demand, quantisation });
          if ('reasons' in full || 'reasons' in small) return;
          expect(small.memoryGib).toBeLessThanOrEqual(full.memoryGib);
          expect(small.nodes * small.node.memoryGib).toBeLessThanOrEqual(full.nodes * full.node.memoryGib);
        },
      ),
    );
  });

  it('that keeps originals keeps them on disk, beside the small form', () => {
    const [full, small] = [planned('qdrant'), planned('qdrant', { quantisation: 'binary' })];
    expect(small.originalsOnDisk).toBe(true);
    expect(small.storageGib).toBeGreaterThan(full.storageGib);
  });

  it('that no vendor documents is a reason', () => {
    expect(planNodes('milvus', { ...DEMAND, quantisation: 'binary' })).toEqual({
      reasons: ['Milvus: no binary quantisation of its graph index is documented'],
    });
  });

  it('that no row measures is granted no speed, and says so', () => {
    const small = planned('qdrant', { vectors: 1_000_000, quantisation: 'scalar' });
    expect(small.confidence).toBe('extrapolated');
    expect(small.why).toContain('rows of qdrant have quantisation none; scalar is granted no other speed');
  });

  it('is what keeps vectors off memory: searching them whole on disk is measured by nobody', () => {
    expect(planNodes('qdrant', { ...DEMAND, onDisk: true })).toEqual({
      reasons: [expect.stringContaining('on disk')],
    });
    expect(planned('qdrant', { onDisk: true, quantisation: 'scalar' }).originalsOnDisk).toBe(true);
  });
});
