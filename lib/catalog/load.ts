import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { AcceleratorSlice } from '#lib/catalog/accelerator-slices';
import type { Accelerator } from '#lib/catalog/accelerators';
import type { Assumption } from '#lib/catalog/assumptions';
import type { ServingRow } from '#lib/catalog/benchmarks';
import { bundledPrices, type PriceTexts } from '#lib/catalog/bundled-prices';
import type { Corrections, KernelConstants, SizingConstants } from '#lib/catalog/calibration';
import type { Catalog } from '#lib/catalog/catalog';
import type { ExchangeRate } from '#lib/catalog/exchange-rates';
import type { FreeAllowance } from '#lib/catalog/free-tier';
import type { HeldRequests } from '#lib/catalog/held-requests';
import type { InstanceShape, ServerShape } from '#lib/catalog/instances';
import type { ManagedModel, RegionalFactor } from '#lib/catalog/managed-models';
import {
  kernelTable,
  type KernelCurves,
  type KernelIndex,
  type KernelTable,
} from '#lib/catalog/kernel-curves';
import { withReach } from '#lib/catalog/measured-rates';
import type { LicenceTerms } from '#lib/catalog/licence-terms';
import type { ImportArchitecture, ImportUnits } from '#lib/catalog/model-import';
import type { Model } from '#lib/catalog/models';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { KvPrecision } from '#lib/catalog/precision';
import { readPriceLayers } from '#lib/catalog/price-files';
import { ofService, topmostFactors, topmostPrices, type PriceLayer } from '#lib/catalog/price-layers';
import type { PriceRecord, ServicePart } from '#lib/catalog/prices';
import type { ServiceQuota } from '#lib/catalog/service-quotas';
import type { Source } from '#lib/catalog/provenance';
import type { QualityEvidence, QualityRecovery } from '#lib/catalog/quality';
import type { CircuitShape, SwitchShape } from '#lib/catalog/site-equipment';

/** Day on which the bundled data was put together. */
const SNAPSHOT = '2026-11-23';

export interface CatalogProps {
  /** Folder with the JSON files. @default - next to this module, or beside a bundled binary */
  readonly folder?: string;
  /**
   * Prices that go before the bundled ones: a folder that `landfall catalog refresh` filled, a file of
   * `landfall catalog pin`, or layers at hand, the first asked first. @default - none
   */
  readonly prices?: string | readonly PriceLayer[] | undefined;
}

/**
 * Reads the bundled catalog, with a cache or a pin of prices laid over it. Big tables are parsed on first use and kept;
 * bundled ones are not validated here: the integrity tests hold the data to its schema, so that a command pays for no
 * schema.
 *
 * @throws LandfallError where the prices laid over are not what was written
 */
export function loadCatalog({ folder = bundledFolder(), prices: laid = [] }: CatalogProps = {}): Catalog {
  const above = typeof laid === 'string' ? readPriceLayers(laid) : laid;
  const bundled = bundledPrices(priceTexts(join(folder, 'prices')));
  const layers = once((): readonly PriceLayer[] => [...above, bundledLayer(bundled.all())]);
  const prices = once(() => topmostPrices(layers()));
  const tables = onFirstUse({
    accelerators: () => withReach(byId(readTable(folder, 'accelerators'))),
    models: () => byId(readTable(folder, 'models')),
    instances: () => byId(readTable(folder, 'instances')),
    servers: () => byId(readTable(folder, 'servers')),
    managedModels: () => readTable(folder, 'managed-models'),
    regionalFactors: () => topmostFactors(above, readTable(folder, 'regional-factors')),
    exchangeRates: () => byId(readTable(folder, 'exchange-rates')),
    quality: () => readTable(folder, 'quality'),
    assumptions: () => byId(readTable(folder, 'assumptions')),
    constants: () => readJson(join(folder, 'sizing', 'roofline.json')) as SizingConstants,
    kernelConstants: () => readJson(join(folder, 'sizing', 'kernel-overheads.json')) as KernelConstants,
  });
  return Object.assign(tables, {
    snapshot: SNAPSHOT,
    nodeSizes: once(() => byId(readTable(folder, 'node-sizes'))),
    slices: once(() => byId(readTable(folder, 'accelerator-slices'))),
    qualityEvidence: once(() => readTable(folder, 'quality-evidence')),
    kernelTable: kernelTables(folder),
    corrections: once(() => [readJson(join(folder, 'sizing', 'corrections.json')) as Corrections]),
    importArchitectures: once(() => byId(readTable(folder, 'import-architectures'))),
    importUnits: once(() => readTable(folder, 'import-units')),
    switches: once(() => byId(readTable(folder, 'switches'))),
    circuits: once(() => readTable(folder, 'circuits')),
    freeTier: once(() => readTable(folder, 'free-tier')),
    awsRegions: once(() => readTable(folder, 'aws-regions').map(({ id }) => id)),
    serviceQuotas: once(() => readTable(folder, 'service-quotas')),
    licenceTerms: once(() => byId(readTable(folder, 'licence-terms'))),
    prices: (seller?: string, service?: string, part?: ServicePart) => {
      if (seller === undefined || service === undefined) return prices();
      if (above.length === 0) return bundled.of(seller, service, part);
      const below = bundledLayer(bundled.of(seller, service));
      return topmostPrices([...above.map((layer) => ofService(layer, seller, service)), below]);
    },
    pricedRegions: (seller: string) => {
      if (above.length === 0) return bundled.regions(seller);
      const own = prices().filter((price) => price.seller === seller);
      return [...new Set(own.map(({ region }) => region))];
    },
    priceLayers: layers,
    sources: once(() => byId([...readTable(folder, 'sources'), ...above.flatMap(({ sources }) => sources)])),
    heldRequests: once(() => readTable(folder, 'held-requests')),
    servingRows: servingRows(folder),
    unfittedRows: once(() => readServingRows(join(folder, 'unfitted-rows.json')).map(withoutUnset)),
  });
}

/** One file for each seller. */
function priceTexts(folder: string): PriceTexts {
  return {
    sellers: once(() =>
      readdirSync(folder)
        .toSorted()
        .map((file) => file.replace(/\.json$/, '')),
    ),
    textOf: (seller) => readText(join(folder, `${seller}.json`)),
  };
}

function bundledLayer(prices: readonly PriceRecord[]): PriceLayer {
  return { id: 'bundled', prices, sources: [], withdrawn: new Set(), factors: [] };
}

/** Fields that are made when they are first read, and kept: a short command reads few of them. */
function onFirstUse<T extends object>(makers: { readonly [Name in keyof T]: () => T[Name] }): T {
  const fields = {} as T;
  for (const name of Object.keys(makers) as (keyof T)[]) {
    Object.defineProperty(fields, name, { get: once(makers[name]), enumerable: true });
  }
  return fields;
}

/** Curves of one accelerator at a time: a comparison asks for a few of them. */
function kernelTables(folder: string): (accelerator: string) => KernelTable | null {
  const index = once(() => readJson(join(folder, 'kernels', 'index.json')) as KernelIndex);
  const known = new Map<string, KernelTable | null>();
  const tableOf = (accelerator: string): KernelTable | null => {
    const id = index().borrowed[accelerator] ?? accelerator;
    const found = known.get(id);
    if (found !== undefined) return found;
    const file = join(folder, 'kernels', `${id}.json`);
    const earlier = index().succeeds[id];
    const table = existsSync(file)
      ? kernelTable(index(), readJson(file) as KernelCurves, earlier === undefined ? null : tableOf(earlier))
      : null;
    known.set(id, table);
    return table;
  };
  return tableOf;
}

/** Runs of one model at a time: a sizing asks for those of the model it chose. */
function servingRows(folder: string): (model?: string) => readonly ServingRow[] {
  const known = new Map<string, readonly ServingRow[]>();
  const of = (model: string) => {
    const rows = known.get(model) ?? readServingRows(join(folder, 'serving-rows', `${model}.json`));
    known.set(model, rows);
    return rows;
  };
  const all = once(() =>
    readdirSync(join(folder, 'serving-rows'))
      .toSorted()
      .flatMap((file) => of(file.replace(/\.json$/, ''))),
  );
  return (model) => (model === undefined ? all() : of(model));
}

/** The first line names the columns; every other line is one run. */
function readServingRows(file: string): readonly ServingRow[] {
  if (!existsSync(file)) return [];
  const [columns, ...runs] = readJson(file) as [string[], ...unknown[][]];
  return runs.map((values) => {
    const run: Record<string, unknown> = {};
    // Thousands of rows of two dozen columns: an iterator over the pairs would cost more than the parsing.
    for (let index = 0; index < columns.length; index += 1) run[columns[index] ?? ''] = values[index];
    return run as object as ServingRow;
  });
}

/** All runs of a file have its columns: what was not set is `null`. */
function withoutUnset(run: ServingRow): ServingRow {
  const { kvPrecision, ...row } = run as Omit<ServingRow, 'kvPrecision'> & {
    kvPrecision: KvPrecision | null;
  };
  return kvPrecision === null ? row : { ...row, kvPrecision };
}

/** The tables with one record a line, by file name. */
interface Tables {
  readonly accelerators: Accelerator;
  readonly 'accelerator-slices': AcceleratorSlice;
  readonly models: Model;
  readonly instances: InstanceShape;
  readonly 'node-sizes': NodeSize;
  readonly servers: ServerShape;
  readonly switches: SwitchShape;
  readonly circuits: CircuitShape;
  readonly 'held-requests': HeldRequests;
  readonly 'import-architectures': ImportArchitecture;
  readonly 'import-units': ImportUnits;
  readonly 'managed-models': ManagedModel;
  readonly 'regional-factors': RegionalFactor;
  readonly 'exchange-rates': ExchangeRate;
  readonly 'free-tier': FreeAllowance;
  readonly 'aws-regions': { readonly id: string; readonly source: string };
  readonly 'service-quotas': ServiceQuota;
  readonly 'licence-terms': LicenceTerms;
  readonly quality: QualityRecovery;
  readonly 'quality-evidence': QualityEvidence;
  readonly assumptions: Assumption;
  readonly sources: Source;
}

function readTable<Name extends keyof Tables>(folder: string, name: Name): readonly Tables[Name][] {
  return readJson(join(folder, `${name}.json`)) as Tables[Name][];
}

function readJson(file: string): unknown {
  return JSON.parse(readText(file));
}

/** Node 20 reads a text in steps of 8 KiB, and bytes at once: that takes half as long. */
function readText(file: string): string {
  return readFileSync(file).toString('utf8');
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
