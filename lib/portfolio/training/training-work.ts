import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import { runOf, type RunOn } from '#lib/portfolio/training/training-run';
import type { TrainingJob } from '#lib/spec/schema/training-job';
import { hourlyOffers, offerInWords } from '#lib/targets/lease/hourly-offers';
import { grouped } from '#lib/units/grouped';
import { scaleBand, type Band } from '#lib/units/band';

/** A training that comes every month, sized on GPUs when asked. */
export interface TrainingWork {
  readonly id: string;
  readonly job: TrainingJob;
  readonly byTheHour: ByTheHour;
  /** Hours of one run on so many GPUs of a kind; `null` where they do not hold it. */
  readonly hoursOn: (accelerator: string, gpus: number) => number | null;
}

/** The cheapest way to buy all of it by the hour. */
export interface ByTheHour {
  readonly accelerator: string;
  readonly gpus: number;
  readonly gpuHoursPerMonth: number;
  /** USD/month. */
  readonly usd: Band;
  readonly basis: string;
}

/** A training that no GPU rented by the hour holds: it has no price. */
export interface UnpricedTraining {
  readonly id: string;
  readonly reasons: readonly string[];
}

/** A run need not be done sooner than this, in hours: the fewest GPUs that hold it waste the least. */
const WITHIN_HOURS = 72;

export function trainingWorks(
  jobs: Readonly<Record<string, TrainingJob>>,
  catalog: Catalog,
  prices: PriceBook,
): { readonly works: readonly TrainingWork[]; readonly unpriced: readonly UnpricedTraining[] } {
  const works: TrainingWork[] = [];
  const unpriced: UnpricedTraining[] = [];
  for (const [id, job] of Object.entries(jobs)) {
    const runOn = runOf(job, catalog);
    const found = cheapestByTheHour(job, runOn, catalog, prices);
    if ('reasons' in found) unpriced.push({ id, reasons: found.reasons });
    else works.push({ id, job, byTheHour: found, hoursOn: hoursOn(runOn, catalog) });
  }
  return { works, unpriced };
}

function cheapestByTheHour(
  { runsPerMonth }: TrainingJob,
  runOn: RunOn,
  catalog: Catalog,
  prices: PriceBook,
): ByTheHour | { readonly reasons: readonly string[] } {
  const reasons = new Set<string>();
  const ways = [...catalog.accelerators.values()].flatMap((accelerator): ByTheHour[] => {
    const [offer] = hourlyOffers(accelerator.id, prices);
    if (offer === undefined) return [];
    const sizing = runOn(accelerator, { withinHours: WITHIN_HOURS });
    if (!sizing.fits) {
      for (const reason of sizing.reasons) reasons.add(`${accelerator.id}: ${reason}`);
      return [];
    }
    return [
      {
        accelerator: accelerator.id,
        gpus: sizing.gpus,
        gpuHoursPerMonth: sizing.gpuHours.base * runsPerMonth,
        usd: scaleBand(sizing.gpuHours, runsPerMonth * offer.usd),
        basis: `${grouped(sizing.gpuHours.base * runsPerMonth)} GPU hours of ${accelerator.id} at ${offerInWords(offer)}`,
      },
    ];
  });
  const [best] = ways.toSorted((a, b) => a.usd.base - b.usd.base);
  return best ?? { reasons: [...reasons] };
}

function hoursOn(runOn: RunOn, catalog: Catalog): TrainingWork['hoursOn'] {
  const known = new Map<string, number | null>();
  return (id, gpus) => {
    const key = `${id} ${gpus}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const accelerator = catalog.accelerators.get(id);
    const sizing = accelerator === undefined ? null : runOn(accelerator, { gpus });
    const hours = sizing?.fits === true ? sizing.hours.base : null;
    known.set(key, hours);
    return hours;
  };
}
