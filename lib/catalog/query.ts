import type { Catalog } from '#lib/catalog/catalog';
import { factAgeDays, staleness, type Staleness } from '#lib/catalog/staleness';
import { significant } from '#lib/units/figure';

export const CATALOG_TABLES = [
  'accelerators',
  'models',
  'instances',
  'servers',
  'prices',
  'free-tier',
  'assumptions',
  'sources',
] as const;
export type CatalogTable = (typeof CATALOG_TABLES)[number];

export interface CatalogQuery {
  /** @default - all tables */
  readonly kind?: CatalogTable;
  /** Words that all have to occur in the row, in any case. @default - every row */
  readonly text?: string;
  /** Only facts older than this on `asOf`; rows whose date is not known drop out. */
  readonly olderThanDays?: number;
  /** Day from which ages count. */
  readonly asOf: string;
  /** @default - no limit */
  readonly limit?: number;
}

/** One record of the catalog, ready to be shown: what it is, its figures in words, and where they come from. */
export interface CatalogRow {
  readonly kind: CatalogTable;
  readonly id: string;
  readonly title: string;
  /** The main figures with their units. */
  readonly facts: string;
  /** Date of the fact; `null` where only its sources are dated. */
  readonly asOf: string | null;
  readonly staleness: Staleness | null;
  readonly sources: readonly string[];
}

export interface CatalogMatches {
  readonly rows: readonly CatalogRow[];
  /** Matches before the limit. */
  readonly total: number;
}

/** Rows that match, in the order of the tables and of their ids. */
export function searchCatalog(catalog: Catalog, query: CatalogQuery): CatalogMatches {
  const words = (query.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const kinds = query.kind === undefined ? CATALOG_TABLES : [query.kind];
  const { olderThanDays, asOf } = query;
  const rows = kinds
    .flatMap((kind) => READERS[kind](catalog, asOf))
    .filter((row) => {
      const text = `${row.id} ${row.title} ${row.facts}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .filter(
      (row) =>
        olderThanDays === undefined || (row.asOf !== null && factAgeDays(row.asOf, asOf) > olderThanDays),
    );
  return { rows: rows.slice(0, query.limit), total: rows.length };
}

const READERS: Readonly<Record<CatalogTable, (catalog: Catalog, asOf: string) => readonly CatalogRow[]>> = {
  accelerators: ({ accelerators }) =>
    [...accelerators.values()].map(({ id, name, memoryGb, bandwidthGbPerSecond, denseTflops, sources }) => ({
      ...undated('accelerators', id, name, sources),
      facts: `${memoryGb} GB, ${bandwidthGbPerSecond} GB/s, ${denseTflops.bf16} dense BF16 TFLOPS`,
    })),
  models: ({ models }) =>
    [...models.values()].map(({ id, name, standsFor = [], sources, ...model }) => ({
      ...undated('models', id, name, sources),
      facts: [
        model.paramsTotalB === null ? 'parameters not published' : `${model.paramsTotalB} B parameters`,
        ...(model.paramsActiveB === null || model.paramsActiveB === model.paramsTotalB
          ? []
          : [`${model.paramsActiveB} B active`]),
        `context ${model.maxContextTokens} tokens`,
        ...(standsFor.length === 0 ? [] : [`stands for ${standsFor.join(', ')}`]),
      ].join(', '),
    })),
  instances: ({ instances }) =>
    [...instances.values()].map(({ id, seller, accelerator, gpus, vcpus, memoryGib, source }) => ({
      ...undated('instances', id, `${seller} ${id}`, [source]),
      facts: `${accelerator === null ? '' : `${gpus} × ${accelerator}, `}${vcpus} vCPU, ${memoryGib} GiB`,
    })),
  servers: ({ servers }) =>
    [...servers.values()].map(({ id, name, accelerator, gpus, powerKw, rackUnits, source }) => ({
      ...undated('servers', id, name, [source]),
      facts: `${gpus} × ${accelerator}, ${powerKw.base} kW, ${rackUnits} U`,
    })),
  prices: (catalog, asOf) =>
    catalog.prices().map((price) => ({
      kind: 'prices',
      id: price.id,
      title: `${price.seller} ${price.service} ${price.sku}`,
      // Term and region stand in the id.
      facts:
        price.unit === 'ratio'
          ? `${significant(price.usd, 12)} of the price by the hour`
          : `${significant(price.usd, 12)} USD per ${price.unit}`,
      asOf: price.asOf,
      staleness: staleness(price, asOf),
      sources: [price.source],
    })),
  'free-tier': (catalog) =>
    catalog.freeTier().map(({ id, service, skus, quantity, unit, per, asOf, source }) => ({
      kind: 'free-tier',
      id,
      title: `aws ${service} ${skus.join(', ')}`,
      facts: `${quantity} ${unit} a month for nothing, once ${per === 'region' ? 'a region' : 'an account'}`,
      asOf,
      staleness: null,
      sources: [source],
    })),
  assumptions: ({ assumptions }, asOf) =>
    [...assumptions.values()].map((assumption) => ({
      kind: 'assumptions',
      id: assumption.id,
      title: assumption.label,
      facts: `${assumption.base} (${assumption.low}–${assumption.high}) ${assumption.unit}`,
      asOf: assumption.asOf,
      staleness: staleness(assumption, asOf),
      sources: [assumption.source],
    })),
  sources: (catalog) =>
    [...catalog.sources().values()].map(({ id, publisher, document, method, retrieved, licence }) => ({
      ...undated('sources', id, publisher, [id]),
      facts: `${document}; ${method}, read ${retrieved}${licence === undefined ? '' : `, ${licence}`}`,
    })),
};

function undated(kind: CatalogTable, id: string, title: string, sources: readonly string[]) {
  return { kind, id, title, asOf: null, staleness: null, sources } as const;
}
