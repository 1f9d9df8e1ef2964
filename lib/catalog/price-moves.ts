import type { PriceRecord } from '#lib/catalog/prices';
import { roundTo } from '#lib/units/money';

export interface PriceMove {
  readonly id: string;
  readonly unit: string;
  readonly beforeUsd: number;
  readonly afterUsd: number;
  /** After ÷ before − 1; `null` where it was 0 before. */
  readonly change: number | null;
}

export interface ListedPrice {
  readonly id: string;
  readonly usd: number;
}

/** What became of prices from one list to another, each by id. */
export interface PriceMoves {
  readonly added: readonly ListedPrice[];
  readonly removed: readonly ListedPrice[];
  /** The largest change first. */
  readonly moved: readonly PriceMove[];
  readonly unchanged: number;
}

/** `landfall/price-diff/v1`. */
export interface PriceDiff extends PriceMoves {
  readonly schema: 'landfall/price-diff/v1';
  readonly from: string;
  readonly to: string;
}

export function priceMoves(before: readonly PriceRecord[], after: readonly PriceRecord[]): PriceMoves {
  const old = new Map(before.map((record) => [record.id, record]));
  const current = new Map(after.map((record) => [record.id, record]));
  const kept = after.flatMap((record) => {
    const was = old.get(record.id);
    return was === undefined ? [] : [moveOf(was, record)];
  });
  const moved = kept.filter(({ beforeUsd, afterUsd }) => beforeUsd !== afterUsd);
  return {
    added: after.filter(({ id }) => !old.has(id)).map(shown),
    removed: before.filter(({ id }) => !current.has(id)).map(shown),
    moved: moved.toSorted((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1)),
    unchanged: kept.length - moved.length,
  };
}

function shown({ id, usd }: PriceRecord): ListedPrice {
  return { id, usd };
}

function moveOf({ id, unit, usd: beforeUsd }: PriceRecord, { usd: afterUsd }: PriceRecord): PriceMove {
  const change = beforeUsd === 0 ? (afterUsd === 0 ? 0 : null) : roundTo(afterUsd / beforeUsd - 1, 6);
  return { id, unit, beforeUsd, afterUsd, change };
}

/** A price that was free has moved further than any other. */
function size({ change }: PriceMove): number {
  return change === null ? Infinity : Math.abs(change);
}

/** What may pass unasked when prices are refreshed, as shares: cost.md's rule of a change worth a person's look. */
const UNASKED = { change: 0.4, lost: 0.05 } as const;

/** Why a person should look before these prices are taken; empty where they may be. */
export function alarming({ added: _added, removed, moved, unchanged }: PriceMoves): readonly string[] {
  const jumps = moved.filter((move) => size(move) > UNASKED.change);
  const before = removed.length + moved.length + unchanged;
  const isShort = before > 0 && removed.length / before > UNASKED.lost;
  return [
    ...(jumps.length === 0 ? [] : [`${jumps.length} of ${before} prices move by more than 40 %`]),
    ...(isShort ? [`${removed.length} of ${before} prices are no longer listed, more than 5 %`] : []),
  ];
}
