import type { Band } from '#lib/units/band';
import type { PriceLayerId, SourceReference } from '#lib/catalog/provenance';

/** One price as a seller lists it. */
export interface PriceRecord {
  /** `seller/service/sku/region/term/unit`, unique. */
  readonly id: string;
  readonly seller: string;
  readonly service: string;
  readonly sku: string;
  /** A region, or `*` for a price that holds everywhere. */
  readonly region: string;
  /** What one buys of it: `instance-hour`, `GB-month`, `1M input tokens`. */
  readonly unit: string;
  readonly usd: number;
  readonly lowUsd?: number;
  readonly highUsd?: number;
  /** `on-demand`, `spot`, `reserved-1y`, `reserved-3y`, `contract-3y`, `capacity-block`, `purchase`, … */
  readonly term: string;
  /** Date of the price: `2026`, `2026-06` or `2026-07-20`. */
  readonly asOf: string;
  readonly source: string;
  readonly accelerator?: string;
  readonly acceleratorCount?: number;
  /** Computed from another price by a factor when the catalog was made. */
  readonly derived?: true;
  /** The publisher itself calls it a placeholder. */
  readonly placeholder?: true;
  /** A step of a ladder: this price holds for what is used in a month above `from`; `of` is the SKU of the first step. */
  readonly step?: { readonly of: string; readonly from: number };
  /** What the seller asks, where that is not USD; `perUsd` units of the currency are one USD. */
  readonly native?: { readonly amount: number; readonly currency: string; readonly perUsd: number };
  /** @default - bundled */
  readonly layer?: PriceLayerId;
  readonly note?: string;
}

/** What a plan asks the price book for. */
export interface PriceReference {
  readonly seller: string;
  readonly service: string;
  readonly sku: string;
  readonly region: string;
  readonly term: string;
  readonly unit: string;
}

/** A price, or the typed absence of one. Absence is never 0 and never a neighbour's price. */
export type Price =
  | {
      readonly state: 'priced';
      readonly id: string;
      readonly unit: string;
      /** USD per unit. */
      readonly usd: Band;
      readonly source: SourceReference;
      /** True where a factor stands between the listed price and this one. */
      readonly derived: boolean;
      /** How it was found: `listed`, `× 1.25 on us-east-1`, `override: <document>`. */
      readonly basis: string;
    }
  | { readonly state: 'unpriced'; readonly id: string; readonly unit: string; readonly why: string };

export function priceId(reference: PriceReference): string {
  const { seller, service, sku, region, term, unit } = reference;
  return `${seller}/${service}/${sku}/${region}/${term}/${unit}`;
}

/** The reference that an id spells; `null` where it is no id of a price. */
export function referenceOfId(id: string): PriceReference | null {
  const [seller, service, sku, region, term, unit, ...rest] = id.split('/');
  const isWhole = seller && service && sku && region && term && unit && rest.length === 0;
  return isWhole ? { seller, service, sku, region, term, unit } : null;
}

/** What a user put in the place of a listed price. */
export interface PriceOverride {
  readonly usd: number;
  readonly document: string;
  readonly asOf: string;
}

/**
 * What of a service's prices is read, where not all are wanted: those of one SKU, those that hold in one region, or the upper
 * steps of its ladders.
 */
export type ServicePart = { readonly sku: string } | { readonly region: string } | 'steps';

/** Which listed prices are asked for. A region also finds what holds everywhere. */
export interface ListedQuery {
  readonly seller: string;
  readonly service: string;
  readonly region?: string;
  readonly term?: string;
  readonly sku?: string;
  /** True for the upper steps of ladders alone. @default - false */
  readonly isStep?: true;
}

/** Answers every question about money and assumptions for one environment. */
export interface PriceBook {
  /** Resolution order: override → live → pin or cache → bundled snapshot → derived by factor (flagged) → unpriced. */
  price(reference: PriceReference): Price;
  /** Every listed price of one service in one region, for offers that are enumerated. */
  listed(query: ListedQuery): readonly PriceRecord[];
  /** An assumption with the user's override applied. An unknown id is a bug and throws. */
  assumption(id: string): AssumptionValue;
}

export interface AssumptionValue extends Band {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly source: SourceReference;
}
