import type { PriceBook } from '#lib/catalog/prices';
import type { Candidates } from '#lib/portfolio/candidates';
import { serverWeeks } from '#lib/portfolio/training/free-gpus';
import type { Member } from '#lib/portfolio/member';
import type { PortfolioTraining } from '#lib/portfolio/portfolio';
import { matchTrainings, type PlacedTraining } from '#lib/portfolio/training/training-match';
import { scaleBand, type Band } from '#lib/units/band';
import { roundTo, roundUsd } from '#lib/units/money';

/** Trainings of a solution, in the order of the environment, with what is bought of them, USD/month. */
export interface TrainingsPlaced {
  readonly shown: readonly PortfolioTraining[];
  readonly boughtUsd: Band[];
}

export function trainingsOf(
  { scenarios, options, works }: Candidates,
  optionOf: readonly number[],
  placed: readonly (readonly Member[])[],
  prices: PriceBook,
): TrainingsPlaced {
  if (works.length === 0) return { shown: [], boughtUsd: [] };
  const switchHours = prices.assumption('training.switch-hours').base;
  const all = options.flatMap((option, index) => {
    const own = works.filter((_, work) => optionOf[scenarios.length + work] === index);
    const weeks = serverWeeks(option, prices)(placed[index] ?? []);
    return matchTrainings(own, weeks, switchHours).map((one) => ({ one, optionId: option.optionId }));
  });
  const inOrder = works.flatMap((work) => all.find(({ one }) => one.work === work) ?? []);
  return {
    shown: inOrder.map(({ one, optionId }) => shownOf(one, optionId)),
    boughtUsd: inOrder.map(({ one }) => scaleBand(one.work.byTheHour.usd, 1 - one.matchedShare)),
  };
}

function shownOf(
  { work: { id, job, byTheHour }, here, matchedShare, boughtUsd }: PlacedTraining,
  optionId: string,
): PortfolioTraining {
  return {
    training: id,
    kind: job.kind,
    model: job.model,
    runsPerMonth: job.runsPerMonth,
    option: here === null ? null : optionId,
    accelerator: (here ?? byTheHour).accelerator,
    gpus: (here ?? byTheHour).gpus,
    hoursPerMonth: here === null ? 0 : roundTo(here.hoursPerMonth, 2),
    matchedShare: roundTo(matchedShare, 4),
    byTheHourUsd: roundUsd(byTheHour.usd.base),
    boughtUsd: roundUsd(boughtUsd),
    savesUsd: roundUsd(byTheHour.usd.base - boughtUsd),
    basis: byTheHour.basis,
  };
}
