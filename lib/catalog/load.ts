import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Accelerator } from '#lib/catalog/accelerators';
import type { Assumption } from '#lib/catalog/assumptions';
import type { ServingRow } from '#lib/catalog/benchmarks';
import type { SizingConstants } from '#lib/catalog/calibration';
import type { Catalog } from '#lib/catalog/catalog';
import type { InstanceShape, ServerShape } from '#lib/catalog/instances';
import type { ManagedModel, RegionalFactor } from '#lib/catalog/managed-models';
import type { Model } from '#lib/catalog/models';
import { priceId, type PriceRecord } from '#lib/catalog/prices';
import type { Source } from '#lib/catalog/provenance';
import type { QualityRecovery } from '#lib/catalog/quality';

/** Day on which the bundled data was put together. */
const SNAPSHOT = '2026-11-23';

/**
 * Reads the bundled catalog. Big tables are parsed on first use and kept; nothing is validated here: the integrity
 * tests hold the data to its schema, so that a command pays for no schema.
 *
 * @param folder - Folder with the JSON files; found next to this module, or beside a bundled binary, by default
 */
export function loadCatalog(folder: string = bundledFolder()): Catalog {
  return {
    snapshot: SNAPSHOT,
    accelerators: byId(readTable(folder, 'accelerators')),
    models: byId(readTable(folder, 'models')),
    instances: byId(readTable(folder, 'instances')),
    servers: byId(readTable(folder, 'servers')),
    managedModels: readTable(folder, 'managed-models'),
    regionalFactors: readTable(folder, 'regional-factors'),
    quality: readTable(folder, 'quality'),
    assumptions: byId(readTable(folder, 'assumptions')),
    constants: readJson(join(folder, 'calibration.json')) as SizingConstants,
    prices: once(() => readPrices(folder)),
    sources: once(() => byId(readTable(folder, 'sources'))),
    servingRows: once(() => readServingRows(folder)),
  };
}

/** The price files leave out `id`, which their other fields already spell. */
function readPrices(folder: string): readonly PriceRecord[] {
  return readdirSync(join(folder, 'prices'))
    .toSorted()
    .flatMap((file) => readJson(join(folder, 'prices', file)) as Omit<PriceRecord, 'id'>[])
    .map((record) => ({ id: priceId(record), ...record }));
}

/** The first line names the columns; every other line is one run. */
function readServingRows(folder: string): readonly ServingRow[] {
  const [columns, ...runs] = readJson(join(folder, 'serving-rows.json')) as [string[], ...unknown[][]];
  return runs.map((values) => {
    const run: Record<string, unknown> = {};
    // Thousands of rows of two dozen columns: an iterator over the pairs would cost more than the parsing.
    for (let index = 0; index < columns.length; index += 1) run[columns[index] ?? ''] = values[index];
    return run as object as ServingRow;
  });
}

/** The tables with one record a line, by file name. */
interface Tables {
  readonly accelerators: Accelerator;
  readonly models: Model;
  readonly instances: InstanceShape;
  readonly servers: ServerShape;
  readonly 'managed-models': ManagedModel;
  readonly 'regional-factors': RegionalFactor;
  readonly quality: QualityRecovery;
  readonly assumptions: Assumption;
  readonly sources: Source;
}

function readTable<Name extends keyof Tables>(folder: string, name: Name): readonly Tables[Name][] {
  return readJson(join(folder, `${name}.json`)) as Tables[Name][];
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** `data` beside the sources or their compiled form; `lib/catalog/data` above a binary bundled into one file. */
function bundledFolder(): string {
  const beside = join(__dirname, 'data');
  if (existsSync(join(beside, 'accelerators.json'))) return beside;
  for (let at = __dirname; ; at = dirname(at)) {
    const candidate = join(at, 'lib', 'catalog', 'data');
    if (existsSync(join(candidate, 'accelerators.json'))) return candidate;
    if (dirname(at) === at) throw new Error(`no catalog data at or above ${__dirname}`);
  }
}
