import type { SourceReference } from '#lib/catalog/provenance';
import type { Band } from '#lib/units/band';

export const PART_GROUPS = ['servers', 'network', 'racks', 'power', 'cooling', 'storage', 'spares'] as const;
export type PartGroup = (typeof PART_GROUPS)[number];

/**
 * How a part is paid: by a price of somebody's list, by an assumption with a band, in another line of the bill
 * (`billed`), by the provider, or by nobody yet because it has no price.
 */
export const PART_STATES = ['priced', 'assumed', 'billed', 'provider', 'unpriced'] as const;
export type PartState = (typeof PART_STATES)[number];

export interface BomLine {
  /** Stable, kebab-case with dots. */
  readonly key: string;
  readonly label: string;
  readonly group: PartGroup;
  readonly quantity: number;
  readonly unit: string;
  /** `null` unless priced or assumed; never 0 for a missing price. */
  readonly unitPriceUsd: Band | null;
  readonly usd: Band | null;
  readonly state: PartState;
  readonly basis: string;
  readonly source: SourceReference | null;
}

/** Parts that were counted, beside what the bill takes for them as a share of the servers. */
export interface CountedBesideBill {
  readonly what: string;
  readonly countedUsd: Band;
  /** Some counted part has no price: the sum means "at least". */
  readonly atLeast: boolean;
  readonly billedUsd: Band;
  readonly billedAs: string;
}

/** `landfall/bom/v1`: a bill of materials, bought once. */
export interface Bom {
  readonly schema: 'landfall/bom/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
  readonly lines: readonly BomLine[];
  readonly totalUsd: Band;
  readonly atLeast: boolean;
  readonly unpriced: readonly string[];
  readonly beside: readonly CountedBesideBill[];
  readonly notes: readonly string[];
}
