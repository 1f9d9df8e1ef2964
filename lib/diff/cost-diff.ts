import type { Estimate, LineItem } from '#lib/cost/estimate';
import { roundUsd } from '#lib/units/money';

/** One line on both sides; an amount is `null` where the line is absent or has no price. */
export interface LineDiff {
  readonly key: string;
  readonly before: number | null;
  readonly after: number | null;
  /** `null` where a side exists but has no price: the difference is unknown, not 0. */
  readonly delta: number | null;
  readonly state: 'added' | 'removed' | 'changed' | 'unpriced';
}

/** Monthly equivalents in USD. */
export interface CostDiff {
  readonly before: number;
  readonly after: number;
  readonly delta: number;
  /** Parts of `delta` by what caused them. */
  readonly because: { readonly spec: number; readonly catalog: number; readonly engine: number };
  /** True where a side has a line without a price: its total, and so the difference, is incomplete. */
  readonly atLeast: boolean;
  readonly oneOff: { readonly before: number; readonly after: number; readonly delta: number };
  readonly lines: readonly LineDiff[];
}

/**
 * Differences by line key, largest first. One program made both bills: what the catalog of the other side changes of the
 * first is the catalog's, the rest the specification's.
 *
 * @param repriced - The first bill, planned and priced by the second's catalog; absent where both have the same
 */
export function costDiff(from: Estimate, to: Estimate, repriced: Estimate = from): CostDiff {
  const [before, after] = [from.totals.monthlyUsd.base, to.totals.monthlyUsd.base];
  const delta = roundUsd(after - before);
  const [oneOffBefore, oneOffAfter] = [from.totals.oneOffUsd, to.totals.oneOffUsd];
  return {
    before,
    after,
    delta,
    because: {
      spec: roundUsd(after - repriced.totals.monthlyUsd.base),
      catalog: roundUsd(repriced.totals.monthlyUsd.base - before),
      engine: 0,
    },
    atLeast: from.atLeast || to.atLeast,
    oneOff: { before: oneOffBefore, after: oneOffAfter, delta: roundUsd(oneOffAfter - oneOffBefore) },
    lines: lineDiffs(from.lines, to.lines),
  };
}

function lineDiffs(from: readonly LineItem[], to: readonly LineItem[]): LineDiff[] {
  const before = new Map(from.map((line) => [line.key, line]));
  const after = new Map(to.map((line) => [line.key, line]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => lineDiff(key, before.get(key), after.get(key)))
    .filter((line) => line.state !== 'changed' || line.delta !== 0)
    .toSorted((a, b) => Math.abs(b.delta ?? Infinity) - Math.abs(a.delta ?? Infinity));
}

function lineDiff(key: string, from: LineItem | undefined, to: LineItem | undefined): LineDiff {
  const before = from?.monthlyUsd ?? null;
  const after = to?.monthlyUsd ?? null;
  if ((from !== undefined && before === null) || (to !== undefined && after === null)) {
    return { key, before, after, delta: null, state: 'unpriced' };
  }
  const delta = roundUsd((after ?? 0) - (before ?? 0));
  const state = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  return { key, before, after, delta, state };
}
