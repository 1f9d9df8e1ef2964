import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { documentText, parseDocument } from '#lib/catalog/price-documents';
import { priceId } from '#lib/catalog/prices';
import { problemOf } from '../../_support/thrown';
import { P5, snapshot, writePart } from '../../_support/price-files';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-prices-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const priceOf = (reference = P5) =>
  createPriceBook({ catalog: loadCatalog({ prices: folder }) }).price(reference);

describe('a cache of refreshed prices', () => {
  it('goes before the bundled prices and says so on every answer', () => {
    writePart(folder, 'test/list.json', snapshot([P5]));
    expect(priceOf()).toMatchObject({
      usd: { base: 50 },
      basis: 'listed (cache of 2026-11-20)',
      source: { id: 'refreshed-test', publisher: 'a seller', asOf: '2026-11-20', layer: 'cache' },
    });
  });

  it('leaves prices that it does not list to the bundled snapshot', () => {
    writePart(folder, 'test/list.json', snapshot([P5]));
    expect(priceOf({ ...P5, sku: 'p5en.48xlarge' })).toMatchObject({
      usd: { base: 63.296 },
      source: { layer: 'bundled' },
    });
  });

  it('unsells what its seller no longer lists, rather than let the bundled price answer', () => {
    writePart(folder, 'test/list.json', snapshot([], { withdrawn: [priceId(P5)] }));
    expect(priceOf().state).toBe('unpriced');
  });

  it("believes a seller's own list before a copy of it, and the newer before the older", () => {
    const copy = { confidence: 'secondary', fetchedAt: '2026-11-22T00:00:00Z' } as const;
    writePart(folder, 'a/copy.json', snapshot([{ ...P5, usd: 1 }], copy));
    writePart(folder, 'b/old.json', snapshot([{ ...P5, usd: 2 }], { fetchedAt: '2026-11-01T00:00:00Z' }));
    writePart(folder, 'c/new.json', snapshot([{ ...P5, usd: 3 }], { fetchedAt: '2026-11-21T00:00:00Z' }));
    expect(priceOf()).toMatchObject({ usd: { base: 3 } });
  });

  it('shows what a seller asks in another currency, with the rate', () => {
    const native = { amount: 355, currency: 'CNY', perUsd: 7.1 };
    writePart(folder, 'test/list.json', snapshot([{ ...P5, native }]));
    expect(priceOf()).toMatchObject({ basis: 'listed at 355 CNY, 7.1 to the USD (cache of 2026-11-20)' });
  });

  it.each([
    ['a changed price', (text: string) => text.replace('"usd":50', '"usd":40'), 'PRICES_CHANGED'],
    ['half of it', (text: string) => text.slice(0, text.length / 2), 'NOT_PRICES'],
    ['nothing', () => '', 'NOT_PRICES'],
    ['another document', () => '{"schema":"landfall/plan/v1"}', 'NOT_PRICES'],
    ['binary', () => '\0\u{1}\u{2}', 'NOT_PRICES'],
  ])('with %s is an error that names the file, never other prices', (_, damage, code) => {
    const path = writePart(folder, 'test/list.json', snapshot([P5]));
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    expect(problemOf(() => loadCatalog({ prices: folder }))).toMatchObject({
      code,
      at: `${path}:1:1`,
    });
  });

  it('that is not there is an error', () => {
    expect(() => loadCatalog({ prices: join(folder, 'none') })).toThrow('FILE_UNREADABLE');
  });
});

describe('a part of a cache', () => {
  it('has one price a line and is read back as it was', () => {
    const part = snapshot([P5, { ...P5, sku: 'b' }]);
    const text = documentText(part);
    expect(text.split('\n').filter((line) => line.includes('"seller"'))).toHaveLength(2);
    expect(parseDocument(text, 'x')).toEqual(part);
  });

  it('without prices is read back too', () => {
    const part = snapshot([]);
    expect(parseDocument(documentText(part), 'x')).toEqual(part);
  });
});
