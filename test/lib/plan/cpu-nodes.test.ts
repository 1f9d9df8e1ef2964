import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { AGENTS, cpuNodesOf } from '#lib/plan/cpu-nodes';
import { awsEks } from '#lib/targets/aws-eks';
import { awsOnDemand } from '#lib/targets/price-references';
import { BARE_SITE, type Site } from '#lib/targets/site';
import type { PlacedFleet } from '#lib/targets/target';
import type { StoreSizing } from '#lib/vector-stores/vector-store';
import { CLUSTER_NODES } from '#lib/vector-stores/nodes';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

/** System pods; with agents beside a store; a store that needs memory. */
const SIZES = [
  [4, 16],
  [4 + AGENTS.vcpus, 16],
  [8, 32],
] as const;

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

  it.each(CLUSTER_NODES)('hold a store pod of $vcpus vCPU and $memoryGib GiB, at a price', (shape) => {
    const region = 'us-east-1';
    const site = {
      ...BARE_SITE,
      region,
      cpuSeller: 'aws',
      systemNodes: { count: 2, vcpus: 4, memoryGib: 16 },
    };
    const pool = poolOf(site, { ...shape, count: 2, shards: 1, diskGib: 10 });
    expect(pool.vcpus).toBeGreaterThanOrEqual(shape.vcpus + AGENTS.vcpus);
    expect(pool.memoryGib).toBeGreaterThanOrEqual(shape.memoryGib + AGENTS.memoryGib);
    expect(stateOf(pool.instanceType, region)).toBe('priced');
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
