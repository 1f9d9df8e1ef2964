import { describe, expect, it } from 'vitest';

import { bundledPrices } from '#lib/catalog/bundled-prices';
import { priceId } from '#lib/catalog/prices';

const row = (service: string, sku: string, region: string) => ({
  seller: 'acme',
  service,
  sku,
  region,
  unit: 'hour',
  usd: 1,
  term: 'on-demand',
  asOf: '2026',
  source: 'made-up',
});
/** Services that begin alike, and SKUs that begin alike, hold a quote, a comma or what is not ASCII. */
const ROWS = ['gpu', 'gpu-spot', 'gpu.x']
  .flatMap((service) =>
    ['m6', 'm6i', 'm6i.large', 'a","b', 'a\\b', 'größer', '型', '~'].flatMap((sku) =>
      ['*', 'eu-1', 'us-1'].map((region) => row(service, sku, region)),
    ),
  )
  .toSorted((a, b) => (priceId(a) < priceId(b) ? -1 : 1));
const textOf = (rows: readonly object[]) =>
  `[\n${rows.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`;
const inAscii = (text: string) =>
  text.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const withIds = (rows: readonly ReturnType<typeof row>[]) =>
  rows.map((record) => ({ ...record, id: priceId(record) }));

describe.each([
  ['as it is written', textOf(ROWS)],
  ['in ASCII', inAscii(textOf(ROWS))],
])('a text of prices %s', (_, text) => {
  const prices = bundledPrices({ sellers: () => ['acme'], textOf: () => text });

  it('gives all that its lines say, in their order', () => {
    expect(prices.all()).toEqual(withIds(ROWS));
  });

  it.each([...new Set(ROWS.map(({ service }) => service))])('gives of %s its own lines alone', (service) => {
    const own = ROWS.filter((record) => record.service === service);
    expect(prices.of('acme', service)).toEqual(withIds(own));
    for (const { sku } of own) {
      const ofSku = own.filter((record) => record.sku === sku);
      expect(prices.of('acme', service, { sku })).toEqual(withIds(ofSku));
    }
    const ofRegion = own.filter(({ region }) => region !== 'us-1');
    expect(prices.of('acme', service, { region: 'eu-1' })).toEqual(withIds(ofRegion));
  });

  it('finds nothing before, between and behind its lines', () => {
    for (const sku of ['', 'm', 'm6i.', 'm6i.larg', 'm6i.large2', 'z', '\uFFFF']) {
      expect(prices.of('acme', 'gpu', { sku })).toEqual([]);
    }
    for (const service of ['', 'gp', 'gpu-', 'gpu.', 'h']) expect(prices.of('acme', service)).toEqual([]);
    expect(prices.of('nobody', 'gpu')).toEqual([]);
  });
});

it('an empty text has no prices', () => {
  const prices = bundledPrices({ sellers: () => ['acme'], textOf: () => '[\n]\n' });
  expect(prices.of('acme', 'gpu')).toEqual([]);
  expect(prices.of('acme', 'gpu', { sku: 'm6' })).toEqual([]);
});
