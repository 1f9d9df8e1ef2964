import type { OptionRow } from '#lib/compare/comparison';
import { peakMultiple, trafficMultiple, type TrafficPath } from '#lib/cash/traffic-path';
import type { Traffic } from '#lib/spec/schema/traffic';
import { US_DOLLAR, type Currency } from '#lib/units/currency';
import { grouped } from '#lib/units/grouped';

/**
 * Last month of the horizon whose peak a fleet that stays carries within its objectives. It was sized for the peak of
 * month `sizeForMonth` and carries (1 + headroom) times that; `null` where it carries every month.
 */
export function outgrownAfterMonth(
  { path, sizeForMonth, horizonMonths }: Growth,
  headroom: number,
): number | null {
  const carried = peakMultiple(path, sizeForMonth) * (1 + headroom);
  const outgrown = monthsOf(horizonMonths).find((month) => trafficMultiple(path, month) > carried);
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
 * What growing traffic makes of the fleets: which are added to and from when, what the monthly figures then mean, and
 * which stay and fail.
 */
export function growthSentences(
  rows: readonly OptionRow[],
  growth: Growth,
  currency: Currency = US_DOLLAR,
): string[] {
  return [...grownSentences(rows, growth, currency), ...outgrownSentences(rows, growth)];
}

function grownSentences(rows: readonly OptionRow[], growth: Growth, currency: Currency): string[] {
  const grown = rows.flatMap((row) => {
    const [deployed, added] = row.growth?.fleet ?? [];
    const last = row.growth?.fleet.at(-1);
    if (row.growth === null || deployed === undefined || added === undefined || last === undefined) return [];
    return [{ id: row.id, from: deployed.nodes, to: last.nodes, month: added.month, ...row.growth }];
  });
  if (grown.length === 0) return [];
  const fleets = grown.map(({ id, from, to, month }) => `${id} from ${from} to ${to} from month ${month} on`);
  const without = grown.map(
    ({ id, withoutGrowthMonthlyUsd }) => `${id} ${grouped(withoutGrowthMonthlyUsd * currency.perUsd)}`,
  );
  return [
    `Traffic grows to ${timesOf(growth)} by month ${growth.horizonMonths}, and fleets are added to: ${fleets.join('; ')} (GPU nodes).`,
    `${currency.currency}/month levels that over the horizon; as deployed, with the traffic as described, it would be ${without.join(', ')}.`,
  ];
}

function outgrownSentences(rows: readonly OptionRow[], growth: Growth): string[] {
  const fleets = rows.flatMap(({ id, feasible, headroom, growth: grows }) => {
    const stays = feasible && headroom !== null && grows?.stays === true;
    const month = stays ? outgrownAfterMonth(growth, headroom) : null;
    return month === null ? [] : [`${id} to month ${month}`];
  });
  if (fleets.length === 0) return [];
  return [
    `Traffic grows to ${timesOf(growth)} by month ${growth.horizonMonths} and these fleets stay as they are deployed: ${fleets.join('; ')} within the objectives. After that requests of the peak wait longer than asked, and the bill pays for no more.`,
  ];
}

function timesOf({ path, horizonMonths }: Growth): string {
  const most = Math.max(...monthsOf(horizonMonths).map((month) => trafficMultiple(path, month)));
  return `${Number(most.toPrecision(2))}×`;
}

function monthsOf(horizonMonths: number): number[] {
  return Array.from({ length: horizonMonths }, (_, month) => month + 1);
}
