import type { CashFlow } from '#lib/cost/estimate';
import { roundUsd } from '#lib/units/money';

/** The cash of one line; `null` where it has no price or moves no money. */
export interface LineCash {
  readonly tangible: boolean;
  readonly byMonthUsd: readonly number[];
}

/**
 * Money in time: the sum of the lines' cash, what is due at the launch, and the peak of the cumulative cash. A stated
 * benefit arrives at the end of each month and lowers the need; without one the peak is all that is ever spent before
 * something comes back.
 */
export function cashFlowOf(
  lines: readonly LineCash[],
  horizonMonths: number,
  benefitUsdPerMonth: number,
): CashFlow {
  const sum = (among: readonly LineCash[]) =>
    Array.from({ length: horizonMonths + 1 }, (_, month) =>
      roundUsd(among.reduce((usd, line) => usd + (line.byMonthUsd[month] ?? 0), 0)),
    );
  const byMonthUsd = sum(lines);
  let [spentUsd, peakUsd] = [0, 0];
  byMonthUsd.forEach((usd, month) => {
    spentUsd += usd - (month === 0 ? 0 : benefitUsdPerMonth);
    peakUsd = Math.max(peakUsd, spentUsd);
  });
  return {
    byMonthUsd,
    tangibleByMonthUsd: sum(lines.filter(({ tangible }) => tangible)),
    monthZeroUsd: byMonthUsd[0] ?? 0,
    peakUsd: roundUsd(peakUsd),
  };
}
