import type { PriceBook } from '#lib/catalog/prices';
import type { Category } from '#lib/catalog/purchase';
import type { Served } from '#lib/routes/serving';
import { hourlyOffers, offerInWords } from '#lib/targets/hourly-offers';
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
 * the hour, a run pays the least that anybody asks for such a GPU by the hour. `null` where the option has no GPUs, or
 * nobody rents such out.
 */
export function gpuHourOf(served: Served, prices: PriceBook): GpuHour | null {
  const { row } = served;
  if (row.gpus === 0 || row.gpu === null) return null;
  if (isSoldByTheHour(served)) {
    const usd = machinesMonthlyUsd(served) / (row.gpus * HOURS_PER_MONTH);
    return { usd, basis: `the GPU hour of ${row.id} (${roundTo(usd, 2)} USD)` };
  }
  const [cheapest] = hourlyOffers(row.gpu, prices);
  if (cheapest === undefined) return null;
  return {
    usd: cheapest.usd,
    basis: `${offerInWords(cheapest)}, as ${row.id} is not sold by the hour`,
  };
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

/** Of the deployed machines: what is added later serves for a part of the months only. */
function machinesMonthlyUsd({ estimate, plan }: Served): number {
  const follows = new Map(plan.purchases.map((purchase) => [purchase.key, purchase.follows]));
  return estimate.lines
    .filter(({ category, tangible }) => tangible && MACHINE.has(category))
    .reduce((sum, { key, quantity, unitPriceUsd, monthlyUsd }) => {
      const course = follows.get(key);
      if (course?.by === 'nodes' && course.additionsOnly === true) return sum;
      return sum + (course === undefined ? (monthlyUsd ?? 0) : quantity * (unitPriceUsd ?? 0));
    }, 0);
}
