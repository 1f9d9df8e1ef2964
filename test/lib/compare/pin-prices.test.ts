import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { documentText } from '#lib/catalog/price-documents';
import { compareEnvironment } from '#lib/compare/compare';
import { pinPrices } from '#lib/compare/pin-prices';
import { loadEnvironment } from '#lib/spec/load-environment';

const asOf = '2026-11-23';
const bundled = loadCatalog();
const { environment } = loadEnvironment('environments/knowledge.yaml', bundled);
const pin = pinPrices({ environment, catalog: bundled, asOf });
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-pin-'));
  writeFileSync(join(folder, 'pin.json'), documentText(pin));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const totals = (catalog = bundled) =>
  compareEnvironment({ environment, catalog, asOf }).comparison.scenarios.flatMap(({ options }) =>
    options.map(({ id, monthlyUsd, gpu }) => [id, monthlyUsd, gpu]),
  );

describe('a pin', () => {
  it('holds every listed price that the bills of all options rest on', () => {
    const pinned = new Set(pin.prices.map(({ source }) => source));
    const { estimates } = compareEnvironment({ environment, catalog: bundled, asOf });
    const cited = [...estimates.values()].flatMap(({ lines }) =>
      lines.flatMap(({ source }) => (source?.layer === 'bundled' ? [source.id] : [])),
    );
    expect(cited.length).toBeGreaterThan(20);
    expect(cited.filter((id) => !pinned.has(id))).toEqual([]);
  });

  it('keeps every figure and every choice where it was, whatever becomes of the other prices', () => {
    const held = loadCatalog({ prices: join(folder, 'pin.json') });
    const ids = new Set(held.priceLayers?.()[0]?.prices.map(({ id }) => id));
    const moved = {
      ...held,
      prices: () => held.prices().map((price) => (ids.has(price.id) ? price : { ...price, usd: 1000 })),
    };
    expect(totals(moved)).toEqual(totals());
  });

  it('says on each line that it was pinned', () => {
    const catalog = loadCatalog({ prices: join(folder, 'pin.json') });
    const { estimates } = compareEnvironment({ environment, catalog, asOf });
    const layers = [...estimates.values()].flatMap(({ lines }) =>
      lines.flatMap(({ source }) => source?.layer ?? []),
    );
    expect([...new Set(layers)]).toEqual(['pin']);
  });

  it('holds the factors by which prices of other regions were derived', () => {
    const { eks } = environment.options;
    if (eks?.target !== 'aws-eks') throw new Error('the environment has no option eks');
    const elsewhere = { ...environment, options: { eks: { ...eks, region: 'eu-central-1' } } };
    const { factors } = pinPrices({ environment: elsewhere, catalog: bundled, asOf });
    expect(factors).toContainEqual(expect.objectContaining({ service: 'vpc', region: 'eu-central-1' }));
  });

  it('is the same whenever it is made of the same', () => {
    expect(pinPrices({ environment, catalog: bundled, asOf })).toEqual(pin);
  });
});
