/** How a fact came to be known. Decides how long it stays fresh and how far it is trusted. */
export const SOURCE_METHODS = [
  'datasheet',
  'price-api',
  'price-page',
  'repository',
  'quote',
  'measured',
  'published',
  'secondary',
  'estimate',
] as const;
export type SourceMethod = (typeof SOURCE_METHODS)[number];

/** Where facts come from. Every record of the catalog cites the id of one. */
export interface Source {
  readonly id: string;
  readonly publisher: string;
  /** Document, repository path with commit, or page. */
  readonly document: string;
  /** Date on which it was read: `2026-11-23`. */
  readonly retrieved: string;
  readonly method: SourceMethod;
  readonly licence?: string;
  readonly note?: string;
}

/**
 * Where a price was found, in the order in which the places are asked: the environment's own prices, prices asked for
 * just now, a pin, the local cache of refreshed prices, the snapshot that comes with the program.
 */
export const PRICE_LAYERS = ['override', 'live', 'pin', 'cache', 'bundled'] as const;
export type PriceLayerId = (typeof PRICE_LAYERS)[number];

/** What a line of a bill says of its price's origin. */
export interface SourceReference {
  readonly id: string;
  readonly publisher: string;
  /** Date of the fact itself: `2026`, `2026-06` or `2026-07-20`. */
  readonly asOf: string;
  readonly method: SourceMethod | 'derived' | 'override';
  /** Which layer of prices answered; absent where it is no price but an assumption. */
  readonly layer?: PriceLayerId | undefined;
}
