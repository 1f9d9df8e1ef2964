import type { Catalog } from '#lib/catalog/catalog';
import type { RegionalFactor } from '#lib/catalog/managed-models';
import { createPriceBook } from '#lib/catalog/price-book';
import { sealed, type PricePin, type PriceRow } from '#lib/catalog/price-documents';
import type { PriceRecord } from '#lib/catalog/prices';
import { compareEnvironment } from '#lib/compare/compare';
import { overridesOf } from '#lib/cost/finance-overrides';
import type { Environment } from '#lib/spec/schema/environment';

export interface PinRequest {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day for which the prices are pinned: `2026-11-23`. */
  readonly asOf: string;
}

/**
 * Every listed price and factor that was looked at to plan and to price all options of an environment: those of the
 * options that lost as well, since they decide what wins. The environment's own prices stay in its file.
 */
export function pinPrices({ environment, catalog, asOf }: PinRequest): PricePin {
  const records = new Map<string, PriceRecord>();
  const factors = new Set<RegionalFactor>();
  const prices = createPriceBook({
    catalog,
    overrides: overridesOf(environment.finance),
    onUse: ({ record, factor }) => {
      if (record !== undefined) records.set(record.id, record);
      if (factor !== undefined) factors.add(factor);
    },
  });
  compareEnvironment({ environment, catalog, asOf, prices });
  const used = [...records.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const cited = new Set([...used, ...factors].map(({ source }) => source));
  return sealed<PricePin>({
    schema: 'landfall/price-pin/v1',
    environment: environment.name,
    asOf,
    catalog: catalog.snapshot,
    prices: used.map(rowOf),
    factors: [...factors].toSorted((a, b) => (factorKey(a) < factorKey(b) ? -1 : 1)),
    sources: [...catalog.sources().values()].filter(({ id }) => cited.has(id)),
  });
}

function rowOf({ id: _id, layer: _layer, ...row }: PriceRecord): PriceRow {
  return row;
}

function factorKey({ seller, service, region }: RegionalFactor): string {
  return `${seller}/${service}/${region}`;
}
