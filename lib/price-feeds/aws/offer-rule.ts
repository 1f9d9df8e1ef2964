import type { ManagedModel } from '#lib/catalog/managed-models';

/** What a price list says of a product: its attributes, its family among them. */
export type Attributes = Readonly<Record<string, string>>;

/** Use in a month from which a price holds, in units of the list. */
export interface Tier {
  readonly begin: number;
}

/** Managed models by the names that lists have for them. */
export type ModelNames = ReadonlyMap<string, ManagedModel>;

/** Which products of an offer become which price of ours. */
export interface OfferRule {
  readonly service: string;
  /** Our unit. */
  readonly unit: string;
  /** Attributes that a product has to have, by text or by pattern; `productFamily` counts as one. */
  readonly where: Readonly<Record<string, string | RegExp>>;
  /** Our SKU; `null` for a product or a tier that we do not list. */
  readonly sku: (attributes: Attributes, tier: Tier, models: ModelNames) => string | null;
  /** Our SKU of the price that the list adds this one to, where ours is the whole. @default - it stands alone */
  readonly onTopOf?: string;
  /** What it is sold on. @default - on-demand */
  readonly term?: string;
  /** Reservations of it become prices too: standard ones without upfront payment, as `reserved-1y` and `reserved-3y`. */
  readonly hasReservations?: true;
  /** Units of the list, and what one of ours costs in them: 1,000 requests are 1,000 of `Requests`. */
  readonly perOurUnit: Readonly<Record<string, number>>;
}

export function isMatch({ where }: OfferRule, attributes: Attributes): boolean {
  for (const name in where) {
    const wanted = where[name];
    const value = attributes[name];
    if (value === undefined || wanted === undefined) return false;
    if (typeof wanted === 'string' ? value !== wanted : !wanted.test(value)) return false;
  }
  return true;
}

/** Our SKU for the first tier; later ones are found by the catalog's steps of it. */
export function firstTier(sku: string): OfferRule['sku'] {
  return (_attributes, { begin }) => (begin === 0 ? sku : null);
}

/**
 * Usage types carry the region's short name in front everywhere but in the oldest regions: `EUC1-NatGateway-Hours`.
 * Those of the key service carry its long one, in every region: `us-east-1-KMS-Keys`.
 */
export function usage(name: string): RegExp {
  return new RegExp(`^(?:[A-Z0-9]+-|[a-z]{2}(?:-[a-z]+)+-\\d-)?${name.replaceAll('.', String.raw`\.`)}$`);
}
