import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { loadEnvironment } from '#lib/spec/load-environment';
import { Retrieval } from '#lib/spec/schema/retrieval';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const { environment } = loadEnvironment('environments/pilot.yaml', catalog);

type Asked = Readonly<Record<string, unknown>>;

function result(target: string, asked: Asked, traffic: Asked = {}) {
  const [scenarioId, scenario] = Object.entries(environment.scenarios)[0] ?? [];
  const [optionId, option] =
    Object.entries(environment.options).find(([, one]) => one.target === target) ?? [];
  if (scenarioId === undefined || scenario === undefined || optionId === undefined || option === undefined) {
    throw new Error(`no option on ${target}`);
  }
  const retrieval = Retrieval.parse({
    chunks: 200_000,
    dimensions: 1024,
    embeddingModel: 'bge-m3',
    ...asked,
  });
  return makePlan({
    environmentName: environment.name,
    scenarioId,
    scenario: { ...scenario, traffic: { ...scenario.traffic, ...traffic }, retrieval },
    optionId,
    option,
    finance: environment.finance,
    catalog,
    prices,
  });
}

function planned(target: string, asked: Asked, traffic: Asked = {}): Plan {
  const made = result(target, asked, traffic);
  if (made.feasible) return made.plan;
  throw new Error(made.reasons.join('; '));
}

const purchase = (plan: Plan, key: string) => plan.purchases.find((one) => one.key === key);
const BOTH = { embedding: { alternatives: ['titan-embed-text-v2'] } };
const RERANKER = { reranker: { model: 'bge-reranker-v2-m3', candidates: 50 } };

describe('an embedding model', () => {
  it('is bought by the token where that is cheapest, in the quantity of the mean traffic', () => {
    const plan = planned('aws-eks', { ...BOTH, chunkTokens: 400 });
    const { retrieval, demand } = plan;
    expect(retrieval).toMatchObject({
      embeddingModel: 'titan-embed-text-v2',
      embedding: { runsOn: 'managed', modelId: 'amazon.titan-embed-text-v2:0', fleet: null },
      corpus: { on: 'managed', tokens: 80_000_000, changedTokensPerMonth: 4_000_000 },
    });
    expect(purchase(plan, 'embedding.queries')).toMatchObject({
      kind: 'usage',
      quantityPerMonth: (demand.requestsPerMonth * 32) / 1e6,
    });
    expect(purchase(plan, 'retrieval.embedding')).toMatchObject({
      quantity: 80,
      when: 'once',
      everyMonths: 12,
    });
    expect(purchase(plan, 'retrieval.embedding-changes')).toMatchObject({ quantity: 4, when: 'monthly' });
  });

  it('with a place of its own gets servers there, and one more than the load takes', () => {
    const onGpu = planned('aws-eks', { embedding: { where: 'gpu' } });
    expect(onGpu.retrieval?.embedding?.fleet).toMatchObject({ replicas: 2, gpusPerReplica: 1 });
    const pool = onGpu.nodePools.find(({ id }) => id === onGpu.retrieval?.embedding?.fleet?.nodePool);
    expect(pool?.accelerator).not.toBeNull();
    const alone = planned('aws-eks', { embedding: { where: 'gpu' }, copies: 1 });
    expect(alone.retrieval?.embedding?.fleet?.replicas).toBe(1);
  });

  it('grows by its own load on nodes of its own', () => {
    const plan = planned(
      'aws-eks',
      { embedding: { where: 'gpu' }, ...RERANKER },
      { growthPerMonth: 0.05, requestsPerSecond: { mean: 10, peak: 30 } },
    );
    const { reranker } = plan.retrieval ?? {};
    const line = plan.purchases.find(
      ({ follows }) => follows?.by === 'own-load' && follows.deployed === reranker?.fleet?.replicas,
    );
    if (line?.follows?.by !== 'own-load' || reranker === null || reranker === undefined) {
      throw new Error('the reranker has no nodes of its own');
    }
    const { load, tokensPerSecondPerReplica, fleet } = reranker;
    const tokens = load.queriesPerSecond.peak * load.textsPerQuery * load.tokensPerText;
    expect(line.follows.perDescribedPeak).toBeCloseTo(
      tokens / ((tokensPerSecondPerReplica?.base ?? 0) * 0.7),
      9,
    );
    expect(Math.ceil(line.follows.perDescribedPeak) + line.follows.beyondLoad).toBe(fleet?.replicas);
    expect(line.follows.perDescribedPeak).toBeGreaterThan(1);
  });

  it('on CPUs takes one node of the CPU pool for each server', () => {
    const without = planned('colo', { embedding: { where: 'gpu' } });
    const plan = planned('colo', { embedding: { where: 'cpu' } });
    const nodes = ({ nodePools }: Plan) => nodePools.find(({ id }) => id === 'cpu')?.nodes.desired ?? 0;
    expect(plan.retrieval?.embedding).toMatchObject({ runsOn: 'cpu', fleet: { gpusPerReplica: 0 } });
    expect(nodes(plan) - nodes(without)).toBe(plan.retrieval?.embedding?.fleet?.replicas);
  });

  it('on GPUs that stand idle costs nothing more, and leaves them to nothing else', () => {
    const bare = planned('colo', { embedding: { where: 'cpu' } });
    const plan = planned('colo', { embedding: { where: 'gpu' } });
    const servers = (one: Plan) => one.nodePools.find(({ id }) => id === 'gpu')?.nodes.desired;
    expect(servers(plan)).toBe(servers(bare));
    const taken = plan.retrieval?.embedding?.fleet?.replicas ?? 0;
    const most = (plan.serving?.replicas.max ?? 0) * (plan.serving?.gpusPerReplica ?? 0);
    const pool = plan.nodePools.find(({ id }) => id === 'gpu');
    expect(most + taken).toBeLessThanOrEqual((pool?.gpusPerNode ?? 0) * (pool?.nodes.desired ?? 0));
    expect(purchase(plan, 'embedding.servers')).toMatchObject({ kind: 'free' });
  });

  it('that the target cannot run stays out with a line without a price, or is a reason where it is asked for', () => {
    const plan = planned('aws-bedrock', {});
    expect(plan.retrieval).toMatchObject({ embedding: null, corpus: null, embeddingModel: 'bge-m3' });
    const line = purchase(plan, 'embedding.queries');
    expect(line?.kind === 'usage' ? prices.price(line.price).state : null).toBe('unpriced');
    const asked = result('aws-bedrock', { embedding: { where: 'gpu' } });
    expect(asked.feasible ? [] : asked.reasons).toEqual([expect.stringContaining('cannot run')]);
    const short = result('aws-eks', { dimensions: 768, embedding: { where: 'managed' } });
    expect(short.feasible ? [] : short.reasons).toEqual([
      expect.stringContaining('no vectors of 768 dimensions'),
    ]);
  });
});

describe('a reranker', () => {
  it.each([10, 200, 1_000])(
    'of %i candidates carries its peak at the fill, one server being down',
    (candidates) => {
      const reranker = { ...RERANKER.reranker, where: 'gpu' as const, candidates };
      const { fleet, load, tokensPerSecondPerReplica } =
        planned('aws-eks', { ...BOTH, reranker }).retrieval?.reranker ?? {};
      expect(load?.textsPerQuery).toBe(candidates);
      const asked = (load?.queriesPerSecond.peak ?? 0) * candidates * (load?.tokensPerText ?? 0);
      const carried = ((fleet?.replicas ?? 0) - 1) * (tokensPerSecondPerReplica?.base ?? 0) * 0.7;
      expect(carried).toBeGreaterThanOrEqual(asked);
    },
  );

  it('by the query counts a hundred chunks of 512 tokens as one', () => {
    const queries = (candidates: number, chunkTokens: number) => {
      const reranker = { model: 'cohere-rerank-3.5', candidates };
      const plan = planned('aws-bedrock', { ...BOTH, chunkTokens, reranker });
      const line = purchase(plan, 'reranker.queries');
      return line?.kind === 'usage' ? line.quantityPerMonth / plan.demand.requestsPerMonth : null;
    };
    expect(queries(100, 400)).toBe(1);
    expect(queries(101, 400)).toBe(2);
    expect(queries(100, 500)).toBe(2);
  });

  it('adds to what a search waits for', () => {
    const { retrieval, sizing } = planned('colo', RERANKER);
    const { embeddingMs, searchMs, rerankingMs, knownMs } = retrieval?.latency ?? {};
    expect(knownMs?.base).toBeCloseTo(
      (embeddingMs?.base ?? 0) +
        (searchMs?.base ?? 0) +
        (rerankingMs?.base ?? 0) +
        (sizing?.ttftMs.base ?? 0),
      6,
    );
    expect(rerankingMs?.base).toBeGreaterThan(0);
  });
});

describe('the corpus', () => {
  it('that the standing servers cannot embed in time is embedded on GPUs rented for the hours', () => {
    const plan = planned('aws-eks', { chunks: 200_000_000, embedding: { where: 'gpu', windowHours: 24 } });
    const { corpus } = plan.retrieval ?? {};
    expect(corpus?.on).toBe('rented');
    expect(corpus?.hours?.base).toBeLessThanOrEqual(24);
    const line = purchase(plan, 'retrieval.embedding');
    expect(line).toMatchObject({ unit: 'instance-hour', quantity: corpus?.gpuHours?.base, when: 'once' });
  });
});
