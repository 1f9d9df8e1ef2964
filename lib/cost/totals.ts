import type { LineItem, Totals } from '#lib/cost/estimate';
import { addBands, mapBand } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** Sums the lines that have a price. Lines without one add nothing: the totals then mean "at least". */
export function totalsOf(lines: readonly LineItem[], benefitPresentValueUsd: number | null = null): Totals {
  const presentValueUsd = sum(lines.map((line) => line.presentValueUsd));
  const monthly = (tangible: boolean) =>
    sum(lines.filter((line) => line.tangible === tangible).map((line) => line.monthlyUsd));
  return {
    monthlyUsd: mapBand(addBands(lines.flatMap((line) => line.monthlyBandUsd ?? [])), roundUsd),
    tangibleMonthlyUsd: monthly(true),
    intangibleMonthlyUsd: monthly(false),
    oneOffUsd: sum(lines.map((line) => line.oneOffUsd)),
    presentValueUsd,
    netPresentValueUsd:
      benefitPresentValueUsd === null ? null : roundUsd(benefitPresentValueUsd - presentValueUsd),
  };
}

function sum(amounts: readonly (number | null)[]): number {
  return roundUsd(amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0));
}
