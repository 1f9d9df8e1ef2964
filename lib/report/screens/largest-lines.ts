import type { LineItem } from '#lib/cost/estimate';

/**
 * The lines that cost most a month, dearest first and else in their order; those without an amount come last. An app of ten
 * thousand resources has more lines without one than with: to sort those too would take as long as to price them.
 */
export function largestLines(lines: readonly LineItem[], most: number): readonly LineItem[] {
  const paid = lines.filter(isPaid).toSorted(byAmount);
  if (paid.length >= most) return paid.slice(0, most);
  const others = lines.filter((line) => !isPaid(line)).toSorted(byAmount);
  return [...paid, ...others.slice(0, most - paid.length)];
}

function isPaid({ monthlyUsd }: LineItem): boolean {
  return monthlyUsd !== null && monthlyUsd > 0;
}

function byAmount(a: LineItem, b: LineItem): number {
  return (b.monthlyUsd ?? -1) - (a.monthlyUsd ?? -1);
}
