import { becauseOfCatalog, becauseOfDocuments, type Because } from '#lib/diff/because';
import type { DiffLine, DiffSide, MadeBy } from '#lib/diff/side';
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
  readonly because: Because;
  /** True where a side has a line without a price: its total, and so the difference, is incomplete. */
  readonly atLeast: boolean;
  /** Lines of the second side that have no price. */
  readonly unpriced: readonly string[];
  /** `null` where a document does not say. */
  readonly oneOff: {
    readonly before: number | null;
    readonly after: number | null;
    readonly delta: number | null;
  };
  /** Largest difference first; empty where a side says only its total. */
  readonly lines: readonly LineDiff[];
}

/** Both bills, line by line, and what caused their difference. */
export function costDiff(from: DiffSide, to: DiffSide): CostDiff {
  const [first, second] = [from.estimate, to.estimate];
  const [before, after] = [first.totals.monthlyUsd.base, second.totals.monthlyUsd.base];
  return {
    before,
    after,
    delta: roundUsd(after - before),
    because: becauseOf(from, to),
    atLeast: first.atLeast || second.atLeast,
    unpriced: second.unpriced,
    oneOff: paidOnce(first.totals.oneOffUsd, second.totals.oneOffUsd),
    lines: first.lines === null || second.lines === null ? [] : lineDiffs(first.lines, second.lines),
  };
}

const UNKNOWN: MadeBy = { version: null, specification: null, catalog: null };

function becauseOf(from: DiffSide, to: DiffSide): Because {
  const isPlanned = from.plan !== null && to.plan !== null;
  if (isPlanned) return becauseOfCatalog(from.estimate, from.underOtherCatalog ?? from.estimate, to.estimate);
  const made = ({ estimate, madeBy = UNKNOWN }: DiffSide) => ({ bill: estimate, madeBy });
  return becauseOfDocuments(made(from), made(to));
}

/** Amounts that are paid once; what is not known of a side leaves the difference unknown. */
export function paidOnce(before: number | null, after: number | null): CostDiff['oneOff'] {
  return { before, after, delta: before === null || after === null ? null : roundUsd(after - before) };
}

function lineDiffs(from: readonly DiffLine[], to: readonly DiffLine[]): LineDiff[] {
  const before = new Map(from.map((line) => [line.key, line]));
  const after = new Map(to.map((line) => [line.key, line]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => lineDiff(key, before.get(key), after.get(key)))
    .filter((line) => line.state !== 'changed' || line.delta !== 0)
    .toSorted((a, b) => Math.abs(b.delta ?? Infinity) - Math.abs(a.delta ?? Infinity));
}

function lineDiff(key: string, from: DiffLine | undefined, to: DiffLine | undefined): LineDiff {
  const before = from?.monthlyUsd ?? null;
  const after = to?.monthlyUsd ?? null;
  if ((from !== undefined && before === null) || (to !== undefined && after === null)) {
    return { key, before, after, delta: null, state: 'unpriced' };
  }
  const delta = roundUsd((after ?? 0) - (before ?? 0));
  const state = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  return { key, before, after, delta, state };
}
