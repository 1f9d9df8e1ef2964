import type { OptionRow } from '#lib/compare/comparison';

/**
 * Figures on which options are weighed; smaller is better, so what should be high is negated. An unknown figure counts
 * as worse than any known one and equal to another unknown: nobody is beaten by a promise that was never made.
 */
const CRITERIA: readonly ((row: OptionRow) => number)[] = [
  (row) => row.ttftMs?.base ?? Infinity,
  (row) => row.tpotMs?.base ?? Infinity,
  (row) => row.leadTimeDays?.base ?? Infinity,
  (row) => -(row.quality?.score ?? -Infinity),
  (row) => -(row.availability ?? -Infinity),
];

/**
 * True when `a` is at least as good as `b` in monthly cost and in every criterion, and better in one. A total that
 * means "at least" may be any higher sum, so it beats nobody on cost, but can itself be beaten.
 */
export function dominates(a: OptionRow, b: OptionRow): boolean {
  const [most, least] = [highestCost(a), lowestCost(b)];
  if (most > least) return false;
  const pairs = CRITERIA.map((criterion) => [criterion(a), criterion(b)] as const);
  if (pairs.some(([x, y]) => x > y)) return false;
  return most < least || pairs.some(([x, y]) => x < y);
}

/** Feasible options that no other feasible option dominates, in the order given. */
export function paretoSet(rows: readonly OptionRow[]): OptionRow[] {
  const feasible = rows.filter((row) => row.feasible);
  return feasible.filter((row) => !feasible.some((other) => other !== row && dominates(other, row)));
}

function highestCost(row: OptionRow): number {
  return row.atLeast ? Infinity : lowestCost(row);
}

function lowestCost(row: OptionRow): number {
  return row.monthlyUsd?.base ?? Infinity;
}
