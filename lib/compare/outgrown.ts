import type { OptionRow } from '#lib/compare/comparison';
import { peakMultiple, type TrafficPath } from '#lib/plan/traffic-path';
import type { Traffic } from '#lib/spec/traffic';

/**
 * Last month of the horizon whose peak a fleet carries. It was sized for the peak of month `sizeForMonth` and carries
 * (1 + headroom) times that; `null` where it carries every month.
 */
export function outgrownAfterMonth(
  { path, sizeForMonth, horizonMonths }: Growth,
  headroom: number,
): number | null {
  const carried = peakMultiple(path, sizeForMonth) * (1 + headroom);
  const outgrown = Array.from({ length: horizonMonths }, (_, month) => month + 1).find(
    (month) => peakMultiple(path, month) > carried,
  );
  return outgrown === undefined ? null : outgrown - 1;
}

export interface Growth {
  readonly path: TrafficPath;
  readonly sizeForMonth: number;
  readonly horizonMonths: number;
}

export function growthOf(traffic: Traffic, horizonMonths: number): Growth {
  return { path: traffic, sizeForMonth: traffic.sizeForMonth, horizonMonths };
}

/**
 * One sentence where traffic outgrows fleets within the horizon: their bills hold what was bought, and set beside them
 * what is paid by use grows to the last month.
 */
export function outgrownSentence(rows: readonly OptionRow[], growth: Growth): string[] {
  const { path, horizonMonths } = growth;
  const fleets = rows.flatMap(({ id, feasible, headroom }) => {
    const month = feasible && headroom !== null ? outgrownAfterMonth(growth, headroom) : null;
    return month === null ? [] : [{ id, month }];
  });
  if (fleets.length === 0) return [];
  const months = [...new Set(fleets.map(({ month }) => month))].toSorted((a, b) => a - b);
  const until = months.map((month) => {
    const ids = fleets.filter((fleet) => fleet.month === month).map(({ id }) => id);
    return `${ids.join(', ')} to month ${month}`;
  });
  const multiple = Number(peakMultiple(path, horizonMonths).toPrecision(2));
  return [
    `Traffic grows to ${multiple}× by month ${horizonMonths}; the fleets carry it as bought: ${until.join('; ')}. No bill here pays for more servers after that, while what is paid by use grows on; traffic.sizeForMonth buys for later months.`,
  ];
}
