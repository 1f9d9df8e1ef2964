import type { LineItem, Totals } from '#lib/cost/estimate';
import { roundUsd } from '#lib/units/money';

/**
 * Sums the lines that have a price. Lines without one add nothing: the totals then mean "at least". In one pass, since a
 * bill may have a hundred thousand lines.
 */
export function totalsOf(lines: readonly LineItem[], benefitPresentValueUsd: number | null = null): Totals {
  let [low, base, high, tangible, intangible, oneOff, present] = [0, 0, 0, 0, 0, 0, 0];
  for (const line of lines) {
    low += line.monthlyBandUsd?.low ?? 0;
    base += line.monthlyBandUsd?.base ?? 0;
    high += line.monthlyBandUsd?.high ?? 0;
    if (line.tangible) tangible += line.monthlyUsd ?? 0;
    else intangible += line.monthlyUsd ?? 0;
    oneOff += line.oneOffUsd ?? 0;
    present += line.presentValueUsd ?? 0;
  }
  const presentValueUsd = roundUsd(present);
  return {
    monthlyUsd: { low: roundUsd(low), base: roundUsd(base), high: roundUsd(high) },
    tangibleMonthlyUsd: roundUsd(tangible),
    intangibleMonthlyUsd: roundUsd(intangible),
    oneOffUsd: roundUsd(oneOff),
    presentValueUsd,
    netPresentValueUsd:
      benefitPresentValueUsd === null ? null : roundUsd(benefitPresentValueUsd - presentValueUsd),
  };
}
