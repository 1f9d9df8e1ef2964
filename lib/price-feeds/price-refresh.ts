import type { ListedPrice, PriceMove } from '#lib/catalog/price-moves';

/**
 * What became of one part: `written` with changed prices, `confirmed` with the same ones, `refused` because a person
 * should look first, `failed` to be read, `absent` at its publisher. The last three leave what was there.
 */
export type PartState = 'written' | 'confirmed' | 'refused' | 'failed' | 'absent';

export interface RefreshedPart {
  readonly feed: string;
  readonly part: string;
  readonly state: PartState;
  readonly prices: number;
  readonly added: number;
  readonly removed: readonly ListedPrice[];
  readonly moved: readonly PriceMove[];
  /** Why it was refused or failed, and what of the document could not be used. */
  readonly notes: readonly string[];
  readonly sourceUrl: string | null;
  readonly publicationDate: string | null;
}

/** `landfall/price-refresh/v1`. */
export interface PriceRefresh {
  readonly schema: 'landfall/price-refresh/v1';
  /** Instant of the refresh. */
  readonly fetchedAt: string;
  /** Folder that was filled. */
  readonly cache: string;
  readonly parts: readonly RefreshedPart[];
}
