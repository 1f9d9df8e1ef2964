import { WEEKS_PER_MONTH } from '#lib/plan/scaling/week';
import type { ServerWeek } from '#lib/portfolio/training/free-gpus';
import type { TrainingWork } from '#lib/portfolio/training/training-work';

/** A training in the hours that serving leaves free, and what of it is bought by the hour. */
export interface PlacedTraining {
  readonly work: TrainingWork;
  /** GPUs it takes when it runs here; `null` where it never does. */
  readonly here: {
    readonly accelerator: string;
    readonly gpus: number;
    readonly hoursPerMonth: number;
  } | null;
  /** Of the training, 0–1. */
  readonly matchedShare: number;
  /** USD/month for the rest. */
  readonly boughtUsd: number;
}

/** Hours of a week in which so many GPUs of one server are free, one after the other. */
interface Window {
  readonly start: number;
  readonly hours: number;
}

/** A quotient that is whole but for rounding. */
const ROUNDING = 1e-9;

/**
 * Trainings one after the other into the free hours, the dearest first. Each takes as many GPUs of one server as let most
 * of it run here (the fewest GPU hours among equals), in the longest windows first; in each window the hours are lost
 * that serving and training need to change places. A run goes on where it stopped, so that only the hours of a week count.
 */
export function matchTrainings(
  works: readonly TrainingWork[],
  weeks: readonly ServerWeek[],
  switchHours: number,
): PlacedTraining[] {
  const taken = weeks.map(({ takenGpus }) => [...takenGpus]);
  const dearestFirst = works.toSorted((a, b) => b.byTheHour.usd.base - a.byTheHour.usd.base);
  return dearestFirst.map((work): PlacedTraining => {
    const ways = weeks.flatMap((week, index) => waysOn(work, week, taken[index] ?? [], switchHours, index));
    const [best] = ways.toSorted((a, b) => b.share - a.share || a.gpus * a.needed - b.gpus * b.needed);
    if (best === undefined || best.share === 0) {
      return { work, here: null, matchedShare: 0, boughtUsd: work.byTheHour.usd.base };
    }
    const { index, gpus, needed, share, windows } = best;
    const hours = taken[index] ?? [];
    let left = needed * share;
    for (const { start, hours: length } of windows) {
      if (left <= ROUNDING) break;
      const lost = length === hours.length ? 0 : switchHours;
      const used = Math.min(left, length - lost);
      for (let hour = start; hour < start + Math.ceil(used + lost - ROUNDING); hour += 1) {
        hours[hour % hours.length] = (hours[hour % hours.length] ?? 0) + gpus;
      }
      left -= used;
    }
    return {
      work,
      here: {
        accelerator: weeks[index]?.accelerator ?? '',
        gpus,
        hoursPerMonth: needed * share * WEEKS_PER_MONTH,
      },
      matchedShare: share,
      boughtUsd: (1 - share) * work.byTheHour.usd.base,
    };
  });
}

function waysOn(
  { job, hoursOn }: TrainingWork,
  { accelerator, gpusPerServer, servers }: ServerWeek,
  taken: readonly number[],
  switchHours: number,
  index: number,
) {
  const counts = Array.from({ length: Math.floor(Math.log2(gpusPerServer)) + 1 }, (_, power) => 2 ** power);
  return counts.flatMap((gpus) => {
    const hours = hoursOn(accelerator, gpus);
    if (hours === null) return [];
    const needed = (hours * job.runsPerMonth) / WEEKS_PER_MONTH;
    const lost = (length: number) => (length === taken.length ? 0 : switchHours);
    const windows = windowsOf(taken.map((busy) => hasRoom(busy, gpus, gpusPerServer, servers)))
      .filter((window) => window.hours > lost(window.hours))
      .toSorted((a, b) => b.hours - a.hours || a.start - b.start);
    const usable = windows.reduce((sum, window) => sum + window.hours - lost(window.hours), 0);
    return [{ index, gpus, needed, windows, share: Math.min(1, usable / needed) }];
  });
}

/** Serving stands on as few servers as hold it; the others are empty, and the last may have room too. */
function hasRoom(taken: number, gpus: number, gpusPerServer: number, servers: number): boolean {
  const used = Math.ceil(taken / gpusPerServer);
  return used < servers || (used === servers && used * gpusPerServer - taken >= gpus);
}

/** Windows of a week that begins again at its end. */
function windowsOf(isFree: readonly boolean[]): Window[] {
  const length = isFree.length;
  const firstBusy = isFree.indexOf(false);
  if (firstBusy === -1) return length === 0 ? [] : [{ start: 0, hours: length }];
  const windows: Window[] = [];
  let start: number | null = null;
  for (let step = 1; step <= length; step += 1) {
    const hour = firstBusy + step;
    if (isFree[hour % length] === true) start ??= hour;
    else if (start !== null) {
      windows.push({ start: start % length, hours: hour - start });
      start = null;
    }
  }
  return windows;
}
