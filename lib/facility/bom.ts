import type { SourceReference } from '#lib/catalog/provenance';
import type { Band } from '#lib/units/band';

export const PART_GROUPS = ['servers', 'network', 'racks', 'power', 'cooling', 'storage', 'spares'] as const;
export type PartGroup = (typeof PART_GROUPS)[number];

/**
 * How a part is paid: by a price of somebody's list, by an assumption with a band, in another line of the bill
 * (`billed`), by the provider, by nobody since it stands in the room already (`there`), or by nobody yet because it has
 * no price.
 */
export const PART_STATES = ['priced', 'assumed', 'billed', 'provider', 'there', 'unpriced'] as const;
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

/** What is bought for the month from which on more servers stand; the launch first. */
export interface BomPhase {
  readonly month: number;
  /** Month of the order; 0 and below is before the start. */
  readonly orderMonth: number;
  /** Servers that then stand. */
  readonly servers: number;
  /** Quantities and sums of what is added; `basis` says what there is in all. */
  readonly lines: readonly BomLine[];
  readonly totalUsd: Band;
  readonly atLeast: boolean;
}

/** `landfall/bom/v1`: a bill of materials, bought once; of a fleet that grows, once for each phase. */
export interface Bom {
  readonly schema: 'landfall/bom/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
  /** For the servers that are deployed. */
  readonly lines: readonly BomLine[];
  readonly totalUsd: Band;
  readonly atLeast: boolean;
  readonly unpriced: readonly string[];
  /** Empty where no server is added; the first is all of `lines`. */
  readonly phases: readonly BomPhase[];
  /** Of all phases, today's prices. */
  readonly horizonUsd: Band;
  readonly beside: readonly CountedBesideBill[];
  readonly notes: readonly string[];
}
