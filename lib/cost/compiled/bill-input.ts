import type { PriceReference } from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';
import type { Band } from '#lib/units/band';

export const INPUT_KINDS = ['price', 'assumption', 'finance', 'traffic', 'fleet'] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** One number that bills depend on and that may turn out otherwise. */
export interface BillInput {
  /** Id of the assumption or of the price's record; else `finance.…`, `traffic.…`, `fleet.nodes.<option>`. */
  readonly id: string;
  readonly kind: InputKind;
  readonly label: string;
  readonly unit: string;
  /** As the catalog or the environment has it; without width where somebody stated it exactly. */
  readonly band: Band;
  readonly source: SourceReference | null;
  /** Only whole numbers make sense. */
  readonly whole: boolean;
  /**
   * Draws take so many values, evenly likely: each makes the cash of every month anew.
   *
   * @default - every draw its own
   */
  readonly drawnValues?: number;
  /** Inputs of one key turn out alike: the throughput of one model on one accelerator, whoever sells it. */
  readonly drawKey: string;
  /** With `price`: what was asked for when this record was found. */
  readonly references: readonly PriceReference[];
}

/** Ids of the inputs that no record of the catalog holds. */
export const HORIZON = 'finance.horizon-months';
export const DISCOUNT_RATE = 'finance.discount-rate-per-year';
export const BENEFIT = 'finance.benefit-usd-per-month';
export const GROWTH = 'traffic.growth-per-month';
/** Traffic as a multiple of the planned one, the fleet staying as it is. */
export const VOLUME = 'traffic.volume';
