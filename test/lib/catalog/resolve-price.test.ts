import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { priceId } from '#lib/catalog/prices';
import { resolvePrice } from '#lib/catalog/resolve-price';
import { P5 } from '../../_support/price-files';

const bundled = loadCatalog();
const id = priceId(P5);
const layer = { sources: [], withdrawn: new Set<string>(), factors: [] };
const [own] = bundled.prices().filter((price) => price.id === id);
const cached = { id, ...P5, source: own?.source ?? '', layer: 'cache' } as const;
const catalog = {
  ...bundled,
  prices: () => [cached, ...bundled.prices().filter((price) => price.id !== id)],
  priceLayers: () => [
    { id: 'cache', prices: [cached], ...layer } as const,
    { id: 'bundled', prices: bundled.prices(), ...layer } as const,
  ],
};
const states = (resolution: ReturnType<typeof resolvePrice>) =>
  resolution.steps.map((step) => [step.layer, step.state, step.usd]);

describe('why a price is what it is', () => {
  it('is told by every place that was asked, in order', () => {
    const resolution = resolvePrice({ id, catalog, asOf: '2026-11-23' });
    expect(states(resolution)).toEqual([
      ['override', 'silent', null],
      ['cache', 'answers', 50],
      ['bundled', 'beneath', 55.04],
      ['derived', 'silent', null],
    ]);
    expect(resolution).toMatchObject({ usd: { base: 50 }, age: { days: 3, state: 'fresh', limitDays: 120 } });
  });

  it('is an own price before all others', () => {
    const overrides = {
      prices: { [id]: { usd: 41.5, document: 'EDP', asOf: '2026-10-30' } },
      assumptions: {},
    };
    const resolution = resolvePrice({ id, catalog, asOf: '2026-11-23', overrides });
    expect(states(resolution).slice(0, 2)).toEqual([
      ['override', 'answers', 41.5],
      ['cache', 'beneath', 50],
    ]);
  });

  it('is a factor where nothing lists it', () => {
    const derived = 'aws/vpc/NAT gateway/eu-central-1/on-demand/hour';
    const resolution = resolvePrice({ id: derived, catalog: bundled, asOf: '2026-11-23' });
    expect(resolution.steps.at(-1)).toMatchObject({ layer: 'derived', state: 'answers' });
    expect(resolution.usd?.base).toBeCloseTo(0.045 * 1.205, 9);
  });

  it('is nothing, with the reason, where nothing lists it and no factor may stand in for it', () => {
    const unsold = id.replace('us-east-1', 'eu-west-1');
    const resolution = resolvePrice({ id: unsold, catalog: bundled, asOf: '2026-11-23' });
    expect(resolution).toMatchObject({ state: 'unpriced', usd: null, age: null });
    expect(resolution.steps.at(-1)?.why).toContain('listed only in');
  });

  it.each([
    ['no id at all', 'p5.48xlarge', 'p5.48xlarge'],
    ['an unknown service', 'aws/teleport/x/us-east-1/on-demand/hour', 'UNKNOWN_PRICE'],
  ])('of %s is an error', (_, wrong, words) => {
    expect(() => resolvePrice({ id: wrong, catalog: bundled, asOf: '2026-11-23' })).toThrow(words);
  });
});
