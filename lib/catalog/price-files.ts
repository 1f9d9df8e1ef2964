import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { parseDocument, type PriceRow, type PriceSnapshot } from '#lib/catalog/price-documents';
import type { PriceLayer } from '#lib/catalog/price-layers';
import { priceId, type PriceRecord } from '#lib/catalog/prices';
import type { PriceLayerId } from '#lib/catalog/provenance';
import { LandfallError } from '#lib/errors/landfall-error';

/** Where files of prices come from. */
export interface PriceFiles {
  /** `undefined` where nothing is there. */
  readonly kind: (path: string) => 'file' | 'folder' | undefined;
  /** Files below a folder, by their paths in it. */
  readonly list: (folder: string) => readonly string[];
  readonly text: (path: string) => string;
}

const DISK: PriceFiles = {
  kind: (path) => (!existsSync(path) ? undefined : statSync(path).isDirectory() ? 'folder' : 'file'),
  list: (folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }),
  text: (path) => readFileSync(path, 'utf8'),
};

/**
 * The layers of prices that lie at a path, the first asked first: a folder of the cache, or one file, a pin or a part of
 * a cache. What was asked of a seller with credentials lies above what is published.
 *
 * @throws LandfallError where there is nothing, or a file of it is not what was written: a broken price never goes unseen
 */
export function readPriceLayers(path: string, files: PriceFiles = DISK): readonly PriceLayer[] {
  const kind = files.kind(path);
  if (kind === undefined) {
    throw new LandfallError({
      code: 'FILE_UNREADABLE',
      at: path,
      got: 'nothing there',
      expected: 'a file of `landfall catalog pin`, or a folder of `landfall catalog refresh`',
      fix: 'check --prices and LANDFALL_PRICES',
    });
  }
  if (kind === 'folder') return cacheLayers(readSnapshots(path, files));
  const document = parseDocument(files.text(path), path);
  if (document.schema === 'landfall/price-snapshot/v1') return cacheLayers([document]);
  const { prices, sources, factors } = document;
  return [{ id: 'pin', prices: recordsOf(prices, 'pin'), sources, factors, withdrawn: new Set() }];
}

/** Parts of a cache, by path. */
export function readSnapshots(folder: string, files: PriceFiles = DISK): readonly PriceSnapshot[] {
  return files
    .list(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => readSnapshot(join(folder, name), files));
}

export function readSnapshot(path: string, files: PriceFiles = DISK): PriceSnapshot {
  const document = parseDocument(files.text(path), path);
  if (document.schema === 'landfall/price-snapshot/v1') return document;
  throw new LandfallError({
    code: 'NOT_PRICES',
    at: `${path}:1:1`,
    got: 'a pin',
    expected: 'a part of the cache',
    fix: 'keep pins outside the cache',
  });
}

/** A price asked for lies above the published one only as long as no newer list was read. */
function cacheLayers(snapshots: readonly PriceSnapshot[]): readonly PriceLayer[] {
  const asked = snapshots.filter(({ live }) => live);
  if (asked.length === 0) return [cacheLayer(snapshots, 'cache')];
  const published = snapshots.filter(({ live }) => !live);
  const newest = new Map<string, string>();
  for (const { prices, fetchedAt } of published) {
    for (const row of prices) {
      const id = priceId(row);
      if (fetchedAt > (newest.get(id) ?? '')) newest.set(id, fetchedAt);
    }
  }
  const current = asked.map((snapshot) => ({
    ...snapshot,
    prices: snapshot.prices.filter((row) => snapshot.fetchedAt >= (newest.get(priceId(row)) ?? '')),
  }));
  return [cacheLayer(current, 'live'), cacheLayer(published, 'cache')];
}

/** Where two parts list the same price, the seller's own list answers before a copy, and the newer before the older. */
function cacheLayer(snapshots: readonly PriceSnapshot[], id: 'live' | 'cache'): PriceLayer {
  const ranked = snapshots.toSorted(
    (a, b) => a.confidence.localeCompare(b.confidence) || b.fetchedAt.localeCompare(a.fetchedAt),
  );
  const prices = new Map<string, PriceRecord>();
  for (const { prices: rows } of ranked) {
    for (const record of recordsOf(rows, id)) if (!prices.has(record.id)) prices.set(record.id, record);
  }
  return {
    id,
    prices: [...prices.values()],
    sources: ranked.map(({ source }) => source),
    withdrawn: new Set(ranked.flatMap(({ withdrawn }) => withdrawn)),
    factors: [],
  };
}

function recordsOf(rows: readonly PriceRow[], layer: PriceLayerId): readonly PriceRecord[] {
  return rows.map((row) => ({ id: priceId(row), ...row, layer }));
}
