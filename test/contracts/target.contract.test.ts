import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { targets } from '#lib/targets/index';
import { people } from '#lib/targets/layers/people';
import { LAYERS, type Market, type PlacedFleet, type Target } from '#lib/targets/target';
import { smallCatalog, smallPriceBook } from '../_support/small-catalog';

const catalog = smallCatalog();
const market: Market = {
  catalog,
  prices: smallPriceBook(catalog),
  horizonMonths: 36,
  discountRatePerYear: 0.09,
};
const addresses = new Set<string>(Object.values(ADDRESSES).flatMap((group) => Object.values(group)));
const all: readonly Target[] = targets.entries;

function fleet(target: Target, nodes: number): PlacedFleet {
  const offerings = target.offerings({}, market);
  const node = offerings.find((one) => one.kind === 'node');
  return {
    nodes: node === undefined ? [] : [{ offering: node, count: nodes, low: nodes, high: nodes + 1 }],
    cpuNodes: { count: 2, vcpus: 4, memoryGib: 16, instanceType: 'm7i.xlarge' },
    gpus: nodes * (node?.gpus ?? 0),
    availabilityZones: 2,
    rootDiskGib: { gpu: 200, cpu: 80 },
    weightsGib: 65 * nodes,
    tokens: {
      inputPerMonth: 5e9,
      cachedInputPerMonth: 1e9,
      outputPerMonth: 1e9,
      requestsPerMonth: 5e6,
      egressGbPerMonth: 12_000,
      texts: [
        { perMonth: 5e6, meanTokens: 1000 },
        { perMonth: 5e6, meanTokens: 200, variation: 1 },
      ],
    },
    token: offerings.find((one) => one.kind === 'token') ?? null,
  };
}

describe.each(all.map((target) => [target.id, target] as const))('target %s', (_, target) => {
  const purchases = target.purchases(fleet(target, 2), {}, market);

  it('makes offers of the kind that it supplies, each under its own id', () => {
    const offerings = target.offerings({}, market);
    expect(offerings.length).toBeGreaterThan(0);
    expect(new Set(offerings.map(({ id }) => id)).size).toBe(offerings.length);
    expect(new Set(offerings.map(({ kind }) => kind))).toEqual(new Set([target.supplies]));
  });

  it('offers accelerators that the catalog has, by the node-hour, priced or with a reason', () => {
    const nodes = target.offerings({}, market).flatMap((one) => (one.kind === 'node' ? [one] : []));
    const wrong = nodes.filter(({ accelerator, hourly }) => {
      const stated = hourly.state === 'priced' ? hourly.usd.base > 0 : hourly.why !== '';
      return !catalog.accelerators.has(accelerator) || hourly.unit !== 'instance-hour' || !stated;
    });
    expect(wrong).toEqual([]);
  });

  it('gives each purchase its own dotted kebab-case key and a basis', () => {
    const keys = purchases.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(key))).toEqual([]);
    expect(purchases.filter(({ basis }) => basis === '')).toEqual([]);
  });

  it('names only addresses that stacks build', () => {
    expect(purchases.flatMap(({ resources }) => resources).filter((one) => !addresses.has(one))).toEqual([]);
  });

  it('buys nothing in a quantity that is negative or not a number', () => {
    const quantities = purchases.flatMap((one) =>
      one.kind === 'free' ? [] : ['quantityPerMonth' in one ? one.quantityPerMonth : one.quantity],
    );
    expect(quantities.filter((quantity) => !(quantity >= 0))).toEqual([]);
  });

  it('takes no labour by the month but that of its layers and accelerators, which nodes are chosen by', () => {
    const monthly = (nodes: number) =>
      target
        .purchases(fleet(target, nodes), {}, market)
        .filter((one) => one.kind === 'assumed' && !one.tangible && one.when === 'monthly');
    const staff = (nodes: number) =>
      people({
        operates: target.operates,
        gpus: fleet(target, nodes).gpus,
        serversInstalled: 0,
        retrieves: false,
        onCall: false,
      }).filter(({ when }) => when === 'monthly');
    for (const nodes of [1, 2, 9, 70]) expect(monthly(nodes)).toEqual(staff(nodes));
  });

  it('counts people, and as intangible', () => {
    const counted = purchases.filter(({ category }) => category === 'people');
    expect(counted.map(({ key }) => key)).toEqual(['people.run', 'people.build']);
    expect(counted.every((one) => one.kind === 'assumed' && !one.tangible)).toBe(true);
  });

  it('rests on assumptions that exist', () => {
    const ids = purchases.flatMap((one) => {
      if (one.kind === 'assumed') return one.assumptions;
      return one.kind === 'capital' ? (one.surcharges ?? []) : [];
    });
    expect([...ids, target.leadTime({}).assumption].filter((id) => !catalog.assumptions.has(id))).toEqual([]);
  });

  it('says of every layer who operates it', () => {
    expect(Object.keys(target.operates).toSorted()).toEqual([...LAYERS].toSorted());
  });

  it('documents every knob and needs none', () => {
    expect(target.knobs.parse({})).toBeTypeOf('object');
    const meta = Object.values(target.knobs.shape).map((schema) => z.globalRegistry.get(schema));
    for (const one of meta) {
      expect(one).toMatchObject({
        description: expect.any(String),
        unit: expect.any(String),
        examples: [expect.anything()],
      });
    }
    expect(meta.length).toBeGreaterThan(0);
  });

  it('never buys less for more nodes', () => {
    const quantities = new Map(
      purchases.flatMap((one) =>
        'quantityPerMonth' in one ? [[one.key, one.quantityPerMonth] as const] : [],
      ),
    );
    for (const one of target.purchases(fleet(target, 5), {}, market)) {
      if (!('quantityPerMonth' in one)) continue;
      expect(one.quantityPerMonth).toBeGreaterThanOrEqual(quantities.get(one.key) ?? 0);
    }
    expect(purchases.length).toBeGreaterThan(2);
  });
});
