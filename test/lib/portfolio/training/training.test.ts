import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { matchTrainings } from '#lib/portfolio/training/training-match';
import { trainingWorks, type TrainingWork } from '#lib/portfolio/training/training-work';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { TrainingJob } from '#lib/spec/schema/training-job';
import { exactly } from '#lib/units/band';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/portfolio.yaml', catalog);
const job: TrainingJob = { kind: 'lora', model: 'llama-3.1-8b', millionTokens: 41, runsPerMonth: 730 / 168 };

/** A training of `hours` a run on one GPU, half of that on two, once a week; by the hour it is 100 USD a month. */
function work(hours: number, changes: Partial<TrainingWork> = {}): TrainingWork {
  const byTheHour = { accelerator: 'x', gpus: 1, gpuHoursPerMonth: 1, usd: exactly(100), basis: '' };
  return {
    id: 'tuning',
    job,
    byTheHour,
    hoursOn: (_, gpus) => (gpus <= 2 ? hours / gpus : null),
    ...changes,
  };
}

/** One server of two GPUs: both taken from 8 to 20 on each of seven days. */
const office = {
  accelerator: 'h100-sxm',
  gpusPerServer: 2,
  servers: 1,
  takenGpus: Array.from({ length: 168 }, (_, hour) => (hour % 24 >= 8 && hour % 24 < 20 ? 2 : 0)),
};

describe('a training in the hours that serving leaves free', () => {
  it('fits where a week has them: seven nights of 12 hours, less half an hour each for the change of places', () => {
    const [all] = matchTrainings([work(7 * 11.5)], [office], 0.5);
    expect(all).toMatchObject({ matchedShare: 1, boughtUsd: 0, here: { accelerator: 'h100-sxm', gpus: 1 } });
    expect(all?.here?.hoursPerMonth).toBeCloseTo((7 * 11.5 * 730) / 168, 9);
  });

  it('is bought by the hour for the rest', () => {
    const [part] = matchTrainings([work(4 * 7 * 11.5)], [office], 0.5);
    // Two GPUs need half the hours: 161 of which 80.5 are free.
    expect(part?.here?.gpus).toBe(2);
    expect(part?.matchedShare).toBeCloseTo(0.5, 12);
    expect(part?.boughtUsd).toBeCloseTo(50, 9);
  });

  it('loses no hours where the GPUs are free all week, and is bought where none ever is', () => {
    const free = { ...office, takenGpus: Array.from({ length: 168 }, () => 1) };
    expect(matchTrainings([work(168)], [free], 0.5)[0]?.matchedShare).toBe(1);
    const busy = { ...office, takenGpus: Array.from({ length: 168 }, () => 2) };
    expect(matchTrainings([work(1)], [busy], 0.5)[0]).toMatchObject({ here: null, boughtUsd: 100 });
  });

  it('takes hours that the next one does not find', () => {
    const both = matchTrainings(
      [work(84), work(84, { id: 'second', hoursOn: (_, gpus) => (gpus === 2 ? 84 : null) })],
      [{ ...office, takenGpus: office.takenGpus.map((taken) => Math.max(1, taken)) }],
      0,
    );
    expect(both.map(({ matchedShare }) => matchedShare)).toEqual([1, 0]);
  });

  it('needs its GPUs on one server', () => {
    const spread = { ...office, gpusPerServer: 2, servers: 2, takenGpus: office.takenGpus.map(() => 1) };
    const wide = work(10, { hoursOn: (_, gpus) => (gpus === 2 ? 5 : null) });
    expect(matchTrainings([wide], [spread], 0.5)[0]?.matchedShare).toBe(1);
    expect(matchTrainings([wide], [{ ...spread, servers: 1 }], 0.5)[0]?.matchedShare).toBe(0);
  });
});

describe('the portfolio with trainings', () => {
  const portfolioOf = (training: Record<string, TrainingJob>) =>
    makePortfolio({ environment: { ...environment, portfolio: { training } }, catalog, asOf: '2026-11-23' });
  const without = portfolioOf({}).monthlyUsd?.base ?? 0;

  it('costs what serving costs and what of them is bought, and never more than buying all of them', () => {
    const tuning = { ...job, model: 'llama-3.1-70b', millionTokens: 20_000, runsPerMonth: 8 };
    const { trainings, monthlyUsd, options } = portfolioOf({ tuning, small: job });
    const bought = trainings.reduce((usd, one) => usd + one.boughtUsd, 0);
    const serving = options.reduce((usd, one) => usd + one.monthlyUsd, 0);
    expect(trainings.map(({ training }) => training)).toEqual(['tuning', 'small']);
    expect(bought).toBeGreaterThan(0);
    expect(serving + bought).toBeCloseTo(monthlyUsd?.base ?? 0, 1);
    const all = trainings.reduce((usd, { byTheHourUsd }) => usd + byTheHourUsd, 0);
    expect(monthlyUsd?.base).toBeLessThan(without + all);
  });

  it('says of one that no rented GPU holds that it has no price', () => {
    const huge: TrainingJob = { ...job, kind: 'pre-training', model: 'llama-3.1-70b', millionTokens: 1e9 };
    const { unpriced } = trainingWorks({ huge }, catalog, createPriceBook({ catalog }));
    expect(unpriced.map(({ id, reasons }) => [id, reasons.length > 0])).toEqual([['huge', true]]);
    const { atLeast, notes } = portfolioOf({ huge });
    expect(atLeast).toBe(true);
    expect(notes.join()).toContain('the training huge has no price, and is not in the total');
  });
});
