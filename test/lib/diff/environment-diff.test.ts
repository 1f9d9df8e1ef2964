import { describe, expect, it } from 'vitest';
import { feasibleRow } from '#lib/compare/option-row';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { diffSides } from '#lib/diff/environment-diff';
import type { DiffSide } from '#lib/diff/side';
import type { NodePool, Plan } from '#lib/plan/plan';
import { bookOf, capital, financeOf, monthly, planOf, reference } from '../../_support/bill-builders';

const pool: NodePool = {
  id: 'gpu',
  role: 'gpu',
  shape: 'p5.48xlarge',
  accelerator: 'h100-sxm',
  productLabel: null,
  gpusPerNode: 8,
  nodes: { min: 2, desired: 2, max: 3 },
  purchase: 'on-demand',
  zones: ['a'],
  rootDiskGib: 200,
  architecture: 'x86_64',
  efaInterfaces: 0,
  efaOnPrimary: false,
  localDiskGb: 0,
};

const retrieval: Plan['retrieval'] = {
  store: 'qdrant',
  knobs: {},
  runsOn: 'kubernetes',
  sizing: { memoryGib: 1, storageGib: 1, nodes: null, capacityUnits: null, derivation: [] },
  search: null,
  chunks: 10,
  dimensions: 1_024,
  embeddingModel: 'bge-m3',
  copies: 2,
  nodePool: null,
  embedding: null,
  reranker: null,
  corpus: null,
  latency: { embeddingMs: null, searchMs: null, firstTokenMs: null, knownMs: { low: 0, base: 0, high: 0 } },
};

const finance = financeOf();
const target = {
  id: 'colo',
  title: 'Colocation',
  difficulty: 4,
  customisable: 'everything',
  operates: {
    facility: 'you',
    hardware: 'you',
    network: 'you',
    'operating-system': 'you',
    kubernetes: 'you',
    'model-server': 'you',
    model: 'you',
    'vector-store': 'you',
  },
} as const;

function side(changes: Partial<Plan>, purchases: Plan['purchases'] = [monthly('node', 2)]): DiffSide {
  const plan = planOf(purchases, { nodePools: [pool], retrieval, ...changes });
  const prices = bookOf({ node: 100, server: 1_000 });
  const estimate = estimateFromPlan(plan, { prices, finance, asOf: '2026-11-23' });
  const row = feasibleRow({ id: plan.option, title: undefined, target }, plan, estimate, finance);
  return { selector: plan.option, option: plan.option, plan, estimate, row };
}

const plain = planOf([]);
const before = side({});
const rented = side({ network: { ...plain.network, region: 'us-east-1' } });
const classes = (after: DiffSide) => diffSides(before, after).dangers.map((danger) => danger.class);

describe('a diff', () => {
  it('finds no difference between a side and itself', () => {
    expect(diffSides(before, before)).toMatchObject({ verdict: 'no difference', dangers: [], changes: [] });
  });

  it('shows the money as before, after and by line', () => {
    const { cost } = diffSides(before, side({}, [monthly('node', 3), monthly('extra', 1)]));
    expect(cost).toMatchObject({ before: 200, after: 300, delta: 100, atLeast: true });
    expect(cost.because).toEqual({ spec: 100, catalog: 0, engine: 0 });
    expect(cost.lines).toContainEqual({
      key: 'extra',
      before: null,
      after: null,
      delta: null,
      state: 'unpriced',
    });
  });

  it('calls another store data loss and a rebuilt index, the loss first', () => {
    expect(classes(side({ retrieval: { ...retrieval, store: 'milvus' } }))).toEqual([
      'data-loss',
      'rebuild-index',
    ]);
  });

  it('calls another embedding length a rebuilt index', () => {
    expect(classes(side({ retrieval: { ...retrieval, dimensions: 512 } }))).toEqual(['rebuild-index']);
  });

  it('calls knobs that the index is built by a rebuilt index, and no others', () => {
    const knobs = (values: Record<string, unknown>) => side({ retrieval: { ...retrieval, knobs: values } });
    expect(classes(knobs({ m: 32, distance: 'euclidean' }))).toEqual(['rebuild-index', 'rebuild-index']);
    expect(classes(knobs({ minCapacityUnits: 4 }))).toEqual(['in-place']);
  });

  it.each([
    ['network.region', { network: { ...plain.network, region: 'us-west-2' } }, 'us-east-1', 'us-west-2'],
    ['environment', { environment: 'renamed' }, plain.environment, 'renamed'],
    ['option', { option: 'renamed' }, plain.option, 'renamed'],
  ])('calls another %s a replacement of everything, whose store begins empty', (at, changes, from, to) => {
    const { dangers } = diffSides(
      rented,
      side({ network: { ...plain.network, region: 'us-east-1' }, ...changes }),
    );
    expect(dangers.map((danger) => danger.class)).toEqual([
      'data-loss',
      'rebuild-index',
      'capacity-loss',
      'replace',
    ]);
    expect(dangers).toContainEqual({
      class: 'replace',
      address: 'Plan',
      before: from,
      after: to,
      path: at,
      at,
    });
    expect(dangers[0]).toMatchObject({ before: 'qdrant', after: 'qdrant, new and empty', at });
  });

  it('counts servers that no cloud takes back as kept when stacks are renamed', () => {
    const owned: Partial<Plan> = {
      facility: {
        servers: 2,
        itKw: 20,
        racks: 1,
        serversPerRack: 2,
        kwPerRack: 20,
        cooling: 'air',
        limitedBy: 'power',
      },
    };
    const renamed = diffSides(side(owned), side({ ...owned, environment: 'renamed' })).dangers;
    expect(renamed.map((danger) => danger.class)).toEqual(['data-loss', 'rebuild-index', 'replace']);
  });

  it('loses nothing of leased servers, whose cluster no stack makes, when stacks are renamed', () => {
    expect(classes(side({ option: 'renamed' }))).toEqual(['replace']);
  });

  it('calls the same store on another target data loss too', () => {
    expect(classes(side({ target: 'another' }))).toContain('data-loss');
  });

  it('calls fewer GPUs a capacity loss, and more none', () => {
    const nodes = (desired: number) =>
      side({ nodePools: [{ ...pool, nodes: { min: desired, desired, max: 4 } }] });
    expect(classes(nodes(1))).toEqual(['capacity-loss']);
    expect(classes(nodes(3))).toEqual(['in-place']);
  });

  it('calls bought hardware a commitment', () => {
    expect(classes(side({}, [monthly('node', 2), capital('server', 1, 'none', 48)]))).toEqual(['commitment']);
  });

  it('says which commitment a longer term replaces, and counts what leaving early costs as none', () => {
    const leased = (term: string): Plan['purchases'] => {
      const node = {
        kind: 'recurring',
        key: 'node',
        label: 'node',
        category: 'compute',
        quantityPerMonth: 730,
        price: { ...reference('node', term), unit: 'instance-hour' },
        basis: '730 h',
        resources: [],
      } as const;
      return [node, { ...node, key: 'left', category: 'exit' }];
    };
    const { dangers } = diffSides(side({}, leased('contract-1y')), side({}, leased('contract-3y')));
    expect(dangers).toEqual([
      {
        class: 'commitment',
        address: 'node',
        before: 'contract-1y: 730 instance-hours a month of node',
        after: 'contract-3y: 730 instance-hours a month of node',
        path: 'purchases[node]',
        at: 'purchases[node]',
      },
    ]);
  });

  it('matches node pools by id, so that a removed one is one change', () => {
    const second = { ...pool, id: 'spare' };
    const { changes } = diffSides(side({ nodePools: [second, pool] }), before);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      path: 'nodePools[spare]',
      kind: 'removed',
      before: second,
      after: null,
    });
  });

  it('shows a value as before and after, by its path', () => {
    const { changes } = diffSides(before, side({ nodePools: [{ ...pool, rootDiskGib: 300 }] }));
    expect(changes).toContainEqual({
      path: 'nodePools[gpu].rootDiskGib',
      before: 200,
      after: 300,
      kind: 'changed',
    });
  });

  it('shows what goes away as before, and what comes as after, in one change', () => {
    const network = { ...plain.network, region: 'us-east-1' };
    const there = side({ network });
    const region = (from: DiffSide, to: DiffSide) =>
      diffSides(from, to).changes.filter(({ path }) => path === 'network.region');
    expect(region(there, before)).toEqual([
      { path: 'network.region', before: 'us-east-1', after: null, kind: 'removed' },
    ]);
    expect(region(before, there)).toEqual([
      { path: 'network.region', before: null, after: 'us-east-1', kind: 'added' },
    ]);
  });
});
