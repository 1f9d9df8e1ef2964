import type { CashFlow, PaidAhead } from '#lib/cost/estimate';
import type { PricedLine } from '#lib/cost/line-item';
import { roundUsd } from '#lib/units/money';

/** The cash of one line; `null` where it has no price or moves no money. */
export interface LineCash {
  readonly tangible: boolean;
  readonly byMonthUsd: readonly number[];
  readonly beforeLaunch?: PricedLine['beforeLaunch'];
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
    beforeLaunch: aheadOf(lines),
    peakUsd: roundUsd(peakUsd),
  };
}

/** What is paid before the launch by how long before, the earliest first. */
function aheadOf(lines: readonly LineCash[]): PaidAhead[] {
  const usdByDays = new Map<number, number>();
  for (const { beforeLaunch } of lines) {
    if (beforeLaunch === undefined) continue;
    const { days, usd } = beforeLaunch;
    usdByDays.set(days, (usdByDays.get(days) ?? 0) + usd);
  }
  return [...usdByDays]
    .map(([days, usd]) => ({ days, usd: roundUsd(usd) }))
    .toSorted((a, b) => b.days - a.days);
}
