import { exactly, type Band } from '#lib/units/band';
import type { Catalog } from '#lib/catalog/catalog';
import type { StatedRate } from '#lib/catalog/exchange-rates';
import type { RegionalFactor } from '#lib/catalog/managed-models';
import {
  priceId,
  type AssumptionValue,
  type Price,
  type PriceBook,
  type PriceOverride,
  type PriceRecord,
  type PriceReference,
} from '#lib/catalog/prices';
import { discounted, type PriceDiscount } from '#lib/catalog/price-discount';
import { makeShelf, nearestPart, type Shelf } from '#lib/catalog/price-shelf';
import type { SourceReference } from '#lib/catalog/provenance';

/** What a user knows better: prices by the id of their record, assumptions by their id. */
export interface PriceBookOverrides {
  readonly prices: Readonly<Record<string, PriceOverride>>;
  /** A bare number has no band. */
  readonly assumptions: Readonly<Record<string, number | Band>>;
  /** Own rates of currencies, by which prices listed in them become USD. @default - those of the listing */
  readonly exchangeRates?: Readonly<Record<string, StatedRate>>;
  /** What contracts take off listed prices, by the beginning of their ids. @default - nothing */
  readonly discounts?: Readonly<Record<string, PriceDiscount>>;
}

export interface PriceBookProps {
  readonly catalog: Catalog;
  /** @default - none */
  readonly overrides?: PriceBookOverrides;
  /** Hears of every record and factor that an answer was made of, so that they can be pinned. @default - nobody does */
  readonly onUse?: (used: { readonly record?: PriceRecord; readonly factor?: RegionalFactor }) => void;
}

/**
 * Prices and assumptions for one environment. A price comes from the override, the listed record of the region, the
 * listed record for everywhere (`*`), or the base region times a factor, in this order; else it is unpriced. Types with
 * accelerators are never derived: a region without a listing may not offer them at all. All but an override are lowered by
 * the discount that is stated for them.
 */
export function createPriceBook({ catalog, overrides, onUse }: PriceBookProps): PriceBook {
  const shelves = new Map<string, Shelf>();
  const assumptions = new Map<string, AssumptionValue>();
  const shelfOf = ({ seller, service }: { readonly seller: string; readonly service: string }) => {
    const key = `${seller}/${service}`;
    const known = shelves.get(key);
    if (known !== undefined) return known;
    const shelf = makeShelf(catalog, seller, service, overrides?.exchangeRates ?? {});
    shelves.set(key, shelf);
    return shelf;
  };
  const { discounts = {} } = overrides ?? {};
  return {
    price: (reference) => {
      const override = overrides?.prices[priceId(reference)];
      if (override !== undefined) return overridden(reference, override);
      const shelf = shelfOf(reference);
      const listed = shelf.find(reference) ?? shelf.find({ ...reference, region: '*' });
      if (listed !== undefined) {
        onUse?.({ record: listed });
        return discounted(priced(reference, listed, catalog), discounts);
      }
      const base = baseOf(reference, shelf, catalog);
      if (base === undefined) return absent(reference, shelf);
      onUse?.(base);
      return discounted(derived(reference, base, catalog), discounts);
    },
    listed: ({ seller, service, region, term, sku, isStep }) => {
      const shelf = shelfOf({ seller, service });
      const near = nearestPart(shelf, { sku, isStep, region });
      const records = near.filter(
        (record) =>
          (region === undefined || record.region === region || record.region === '*') &&
          (term === undefined || record.term === term) &&
          (!isStep || record.step !== undefined),
      );
      if (onUse !== undefined) for (const record of records) onUse({ record });
      return records;
    },
    assumption: (id) => {
      const known = assumptions.get(id);
      if (known !== undefined) return known;
      const assumption = assumptionOf(id, catalog, overrides);
      assumptions.set(id, assumption);
      return assumption;
    },
  };
}

function overridden(reference: PriceReference, { usd, document, asOf }: PriceOverride): Price {
  const id = priceId(reference);
  return {
    state: 'priced',
    id,
    unit: reference.unit,
    usd: exactly(usd),
    source: { id: `override:${id}`, publisher: document, asOf, method: 'override', layer: 'override' },
    derived: false,
    basis: `override: ${document}`,
  };
}

function priced(reference: PriceReference, record: PriceRecord, catalog: Catalog): Price {
  return {
    state: 'priced',
    id: record.id,
    unit: reference.unit,
    usd: bandOf(record),
    source: sourceOf(record, catalog),
    derived: record.derived ?? false,
    basis: basisOf(record, catalog),
  };
}

function basisOf(record: PriceRecord, catalog: Catalog): string {
  if (record.derived) return `computed when the catalog was made: ${record.note ?? 'by a factor'}`;
  const { native, layer = 'bundled' } = record;
  const currency =
    native === undefined ? '' : ` at ${native.amount} ${native.currency}, ${native.perUsd} to the USD`;
  const where =
    layer === 'bundled' ? '' : ` (${layer} of ${catalog.sources().get(record.source)?.retrieved})`;
  return `listed${currency}${where}`;
}

interface Base {
  readonly record: PriceRecord;
  readonly factor: RegionalFactor;
}

/** What a price can be derived from. Never a type with accelerators: its region may not sell it at all. */
function baseOf(reference: PriceReference, shelf: Shelf, catalog: Catalog): Base | undefined {
  const factor = factorFor(reference, catalog.regionalFactors);
  if (factor === undefined) return undefined;
  const record = shelf.find({ ...reference, region: factor.base });
  return record === undefined || hasAccelerators(record) ? undefined : { record, factor };
}

function derived(reference: PriceReference, { record, factor }: Base, catalog: Catalog): Price {
  const { low, base: usd, high } = bandOf(record);
  return {
    state: 'priced',
    id: priceId(reference),
    unit: reference.unit,
    usd: {
      low: low * (factor.low ?? factor.factor),
      base: usd * factor.factor,
      high: high * (factor.high ?? factor.factor),
    },
    source: { ...sourceOf(record, catalog), method: 'derived' },
    derived: true,
    basis: `× ${factor.factor} on ${factor.base} (${factor.source})`,
  };
}

/** The service's own factor before the seller's general one. */
function factorFor(
  { seller, service, region }: PriceReference,
  factors: readonly RegionalFactor[],
): RegionalFactor | undefined {
  const candidates = (factorsByRegion(factors).get(region) ?? []).filter(
    (factor) => factor.seller === seller,
  );
  return (
    candidates.find((factor) => factor.service === service) ??
    candidates.find((factor) => factor.service === '*')
  );
}

const BY_REGION = new WeakMap<readonly RegionalFactor[], Map<string, RegionalFactor[]>>();

/** Kept: whatever a region does not list asks for its factors. */
function factorsByRegion(factors: readonly RegionalFactor[]): ReadonlyMap<string, readonly RegionalFactor[]> {
  const known = BY_REGION.get(factors);
  if (known !== undefined) return known;
  const byRegion = new Map<string, RegionalFactor[]>();
  for (const factor of factors) {
    const ofRegion = byRegion.get(factor.region);
    if (ofRegion === undefined) byRegion.set(factor.region, [factor]);
    else ofRegion.push(factor);
  }
  BY_REGION.set(factors, byRegion);
  return byRegion;
}

function hasAccelerators({ accelerator, acceleratorCount }: PriceRecord): boolean {
  return accelerator !== undefined || (acceleratorCount ?? 0) > 0;
}

/** Regions that a missing price names, where the same thing has one. */
const MOST_REGIONS = 4;

/** Says what was looked for and where else the same thing has a price, which is never used in its place. */
function absent(reference: PriceReference, shelf: Shelf): Price {
  const { seller, service, sku, region, term, unit } = reference;
  const others = shelf.ofSku(sku).filter((record) => record.unit === unit && record.term === term);
  const elsewhere = others.map((record) => record.region);
  const unnamed = elsewhere.length - MOST_REGIONS;
  const more = unnamed > 0 ? ` and ${unnamed} more` : '';
  return {
    state: 'unpriced',
    id: priceId(reference),
    unit,
    why:
      `no ${term} price of ${seller} ${service} "${sku}" per ${unit} in ${region}, everywhere, or by a regional factor` +
      (elsewhere.length > 0 ? `; listed only in ${elsewhere.slice(0, MOST_REGIONS).join(', ')}${more}` : ''),
  };
}

function bandOf({ usd, lowUsd, highUsd }: PriceRecord): Band {
  return { low: Math.min(lowUsd ?? usd, usd), base: usd, high: Math.max(highUsd ?? usd, usd) };
}

function sourceOf(record: PriceRecord, catalog: Catalog): SourceReference {
  const { source: id, asOf, derived: byFactor, layer = 'bundled' } = record;
  const source = catalog.sources().get(id);
  if (source === undefined) throw new Error(`price cites the unknown source ${id}`);
  return { id, publisher: source.publisher, asOf, method: byFactor ? 'derived' : source.method, layer };
}

function assumptionOf(
  id: string,
  catalog: Catalog,
  overrides: PriceBookOverrides | undefined,
): AssumptionValue {
  const record = catalog.assumptions.get(id);
  if (record === undefined) throw new Error(`no assumption ${id}`);
  const { label, unit, low, base, high, asOf } = record;
  const override = overrides?.assumptions[id];
  if (override !== undefined) {
    const band = typeof override === 'number' ? exactly(override) : override;
    const source = { id: `override:${id}`, publisher: 'environment', asOf, method: 'override' } as const;
    return { id, label, unit, low: band.low, base: band.base, high: band.high, source };
  }
  const source = catalog.sources().get(record.source);
  if (source === undefined) throw new Error(`assumption ${id} cites the unknown source ${record.source}`);
  const { publisher, method } = source;
  return { id, label, unit, low, base, high, source: { id: source.id, publisher, asOf, method } };
}
