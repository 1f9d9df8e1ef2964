import type { PriceBook } from '#lib/catalog/prices';
import type { Category } from '#lib/catalog/purchase';
import type { Served } from '#lib/routes/serving';
import type { Objectives } from '#lib/spec/schema/traffic';
import { hourlyOffers, offerInWords, type HourlyOffer } from '#lib/targets/lease/hourly-offers';
import { areaOf } from '#lib/targets/port/site';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';

/** What a GPU costs for the hours of a run, and whose price that is. */
export interface GpuHour {
  readonly usd: number;
  /** In words: `the GPU hour of eks (6.88 USD)`. */
  readonly basis: string;
}

const MACHINE = new Set<Category>(['compute', 'hardware', 'space', 'power', 'maintenance', 'insurance']);
const HOURLY_TERMS = new Set(['on-demand', 'spot']);

/**
 * Nobody signs for three years, or buys servers, to train for a day: where an option's machines are sold otherwise than by
 * the hour, or have no price, a run pays the least that anybody asks for such a GPU by the hour, where prompts may be if anybody does
 * there. `null` where the option
 * has no GPUs, or nobody rents such out.
 */
export function gpuHourOf(
  served: Served,
  prices: PriceBook,
  residency: Objectives['residency'],
): GpuHour | null {
  const { row } = served;
  if (row.gpus === 0 || row.gpu === null) return null;
  const isHourly = isSoldByTheHour(served);
  const machinesUsd = isHourly ? machinesMonthlyUsd(served) : null;
  if (machinesUsd !== null) {
    const usd = machinesUsd / (row.gpus * HOURS_PER_MONTH);
    return { usd, basis: `the GPU hour of ${row.id} (${roundTo(usd, 2)} USD)` };
  }
  const offers = hourlyOffers(row.gpu, prices);
  const stays = ({ record }: HourlyOffer) => residency === 'anywhere' || areaOf(record.region) === residency;
  const cheapest = offers.find(stays) ?? offers[0];
  if (cheapest === undefined) return null;
  const why = `since ${row.id} itself ${isHourly ? 'has no price' : 'is not sold by the hour'}`;
  const leaves = stays(cheapest)
    ? ''
    : `; those on offer stand elsewhere, and prompts must stay in ${residency}`;
  return { usd: cheapest.usd, basis: `${offerInWords(cheapest)}, ${why}${leaves}` };
}

function isSoldByTheHour({ plan }: Served): boolean {
  const machines = plan.purchases.filter(({ category }) => category === 'compute' || category === 'hardware');
  return machines.every(
    (one) =>
      one.kind === 'recurring' &&
      one.prepaid === undefined &&
      one.priceFactor === undefined &&
      HOURLY_TERMS.has(one.price.term),
  );
}

/** Of the deployed machines: what is added later serves for a part of the months only. `null` where one has no price. */
function machinesMonthlyUsd({ estimate, plan }: Served): number | null {
  const follows = new Map(plan.purchases.map((purchase) => [purchase.key, purchase.follows]));
  const deployed = estimate.lines.filter(({ key, category, tangible }) => {
    const course = follows.get(key);
    return tangible && MACHINE.has(category) && !(course?.by === 'nodes' && course.additionsOnly === true);
  });
  let totalUsd = 0;
  for (const { key, quantity, unitPriceUsd, monthlyUsd } of deployed) {
    if (unitPriceUsd === null || monthlyUsd === null) return null;
    totalUsd += follows.get(key) === undefined ? monthlyUsd : quantity * unitPriceUsd;
  }
  return totalUsd;
}
