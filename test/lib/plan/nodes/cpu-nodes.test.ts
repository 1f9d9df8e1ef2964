import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { AGENTS, podRoom } from '#lib/vector-stores/pod-room';
import { nodesFor } from '#lib/cost/kubernetes/packing';
import type { PodDemand } from '#lib/cost/kubernetes/pod-demand';
import { cpuNodesOf } from '#lib/plan/nodes/cpu-nodes';
import { searchesPerSecond } from '#lib/retrieval/store-search';
import { awsEks } from '#lib/targets/aws-eks';
import { awsOnDemand } from '#lib/targets/purchases/price-references';
import { BARE_SITE, type Site } from '#lib/targets/port/site';
import type { PlacedFleet } from '#lib/targets/target';
import { vectorStores } from '#lib/vector-stores/index';
import { CLUSTER_NODES } from '#lib/vector-stores/nodes';
import { isMisfit, type StoreSizing } from '#lib/vector-stores/vector-store';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

/** System pods; more vCPUs; more memory. */
const SIZES = [
  [4, 16],
  [5, 16],
  [8, 32],
] as const;
const EKS_SITE: Site = {
  ...BARE_SITE,
  region: 'us-east-1',
  cpuSeller: 'aws',
  systemNodes: { count: 2, vcpus: 4, memoryGib: 16 },
};

function demandOf({ vcpus, memoryGib }: { vcpus: number; memoryGib: number }): PodDemand {
  return { cpus: vcpus, memoryGib, accelerators: 0, maker: null, slice: null };
}

function chosen(region: string, vcpus: number, memoryGib: number) {
  const site = { ...BARE_SITE, region, cpuSeller: 'aws', systemNodes: { count: 2, vcpus, memoryGib } };
  return poolOf(site, null);
}

function poolOf(site: Site, store: StoreSizing['nodes']): PlacedFleet['cpuNodes'] {
  const pool = cpuNodesOf(site, store, catalog, prices);
  if ('reasons' in pool) throw new Error(pool.reasons.join('; '));
  return pool;
}

const stateOf = (instance: string | null, region: string) =>
  prices.price(awsOnDemand('ec2', instance ?? 'none', region, 'instance-hour')).state;

describe('CPU nodes', () => {
  it.each(awsEks.regions(catalog))(
    'of %s have a price there, if any type that is large enough has one',
    (region) => {
      const cpu = [...catalog.instances.values()].filter(
        ({ accelerator, architecture }) => accelerator === null && architecture === 'x86_64',
      );
      for (const [vcpus, memoryGib] of SIZES) {
        const fits = cpu.filter((shape) => shape.vcpus >= vcpus && shape.memoryGib >= memoryGib);
        const isPriced = fits.some(({ id }) => stateOf(id, region) === 'priced');
        const { instanceType } = chosen(region, vcpus, memoryGib);
        expect(stateOf(instanceType, region) === 'priced', `${vcpus} vCPU`).toBe(isPriced);
      }
    },
  );

  it('have a price in every region', () => {
    const without = awsEks
      .regions(catalog)
      .filter((region) => stateOf(chosen(region, 4, 16).instanceType, region) !== 'priced');
    expect(without).toEqual([]);
  });

  it.each(CLUSTER_NODES)(
    'are as large as a store of $vcpus vCPU and $memoryGib GiB asks, and no larger',
    (shape) => {
      const pool = poolOf(EKS_SITE, { ...shape, count: 2, shards: 1, diskGib: 10 });
      expect(pool).toMatchObject({ count: 4, vcpus: shape.vcpus, memoryGib: shape.memoryGib });
      expect(stateOf(pool.instanceType, 'us-east-1')).toBe('priced');
    },
  );

  it("give every pod of a store, of any size and in any region, a node's room beside the agents", () => {
    const inCluster = vectorStores.entries.filter(({ runsOn }) => runsOn === 'kubernetes');
    const what = fc.record({
      store: fc.constantFrom(...inCluster),
      region: fc.constantFrom(...awsEks.regions(catalog)),
      vectors: fc.integer({ min: 1_000, max: 300_000_000 }),
      dimensions: fc.integer({ min: 8, max: 2_000 }),
      peak: fc.integer({ min: 0, max: 20_000 }),
      copies: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(what, ({ store, region, peak, ...corpus }) => {
        const sizing = store.size(
          {
            ...corpus,
            payloadBytesPerVector: 0,
            queriesPerSecond: { mean: 0, peak },
            writesPerMonth: 0,
            searchesPerSecond: searchesPerSecond(store.id, corpus.dimensions, {
              recall: 0.95,
              filterShare: 0,
            }),
          },
          {},
        );
        const nodes = isMisfit(sizing) ? null : sizing.nodes;
        fc.pre(nodes !== null);
        const { instanceType } = poolOf({ ...EKS_SITE, region }, nodes);
        const size = catalog.nodeSizes().get(instanceType ?? 'none');
        if (nodes === null || size === undefined) throw new Error('a store has nodes of a known type');
        expect(instanceType).not.toMatch(/^t\d/);
        expect(nodesFor([{ demand: demandOf(podRoom(nodes)), count: 1 }], [demandOf(AGENTS)], size)).toBe(1);
      }),
    );
  });

  it('are refused where nothing that is sold is so large', () => {
    const site = {
      ...BARE_SITE,
      region: 'us-east-1',
      cpuSeller: 'aws',
      systemNodes: { count: 2, vcpus: 4, memoryGib: 1e6 },
    };
    expect(cpuNodesOf(site, null, catalog, prices)).toEqual({
      reasons: ['no CPU node that is sold holds 4 vCPU and 1000000 GiB'],
    });
  });

  it('are of an older type where the newer one is not sold', () => {
    expect(stateOf('c7i.2xlarge', 'cn-north-1')).toBe('unpriced');
    expect(chosen('cn-north-1', 8, 16).instanceType).toBe('c6i.2xlarge');
  });
});
