import type { LineItem, Totals } from '#lib/cost/estimate';
import type { Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** Sums the lines that have a price. Lines without one add nothing: the totals then mean "at least". */
export function totalsOf(lines: readonly LineItem[], benefitPresentValueUsd: number | null = null): Totals {
  const presentValueUsd = sum(lines, (line) => line.presentValueUsd);
  const monthly = (tangible: boolean) =>
    sum(lines, (line) => (line.tangible === tangible ? line.monthlyUsd : null));
  const band = (bound: keyof Band) => sum(lines, (line) => line.monthlyBandUsd?.[bound] ?? null);
  return {
    monthlyUsd: { low: band('low'), base: band('base'), high: band('high') },
    tangibleMonthlyUsd: monthly(true),
    intangibleMonthlyUsd: monthly(false),
    oneOffUsd: sum(lines, (line) => line.oneOffUsd),
    presentValueUsd,
    netPresentValueUsd:
      benefitPresentValueUsd === null ? null : roundUsd(benefitPresentValueUsd - presentValueUsd),
  };
}

function sum(lines: readonly LineItem[], amountOf: (line: LineItem) => number | null): number {
  let total = 0;
  for (const line of lines) total += amountOf(line) ?? 0;
  return roundUsd(total);
}
