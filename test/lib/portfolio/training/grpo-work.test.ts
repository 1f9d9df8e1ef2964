import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { trainingWorks } from '#lib/portfolio/training/training-work';
import { TrainingJob } from '#lib/spec/schema/training-job';
import { sizeReinforcement } from '#lib/training/reinforcement';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const STEPS = { steps: 100, promptsPerStep: 64, answersPerPrompt: 16 };

describe('a reinforcement among the trainings of an environment', () => {
  const job = TrainingJob.parse({
    kind: 'grpo',
    model: 'llama-3.1-8b',
    reinforcement: STEPS,
    runsPerMonth: 2,
  });

  it('is bought by the hour as `landfall sizing train --kind grpo` sizes it', () => {
    const { works, unpriced } = trainingWorks({ reasoning: job }, catalog, prices);
    expect(unpriced).toEqual([]);
    const [work] = works;
    const byTheHour = work?.byTheHour;
    const model = catalog.models.get('llama-3.1-8b');
    const accelerator = catalog.accelerators.get(byTheHour?.accelerator ?? '');
    if (model === undefined || accelerator === undefined) throw new Error('not in the catalog');
    const sizing = sizeReinforcement(
      {
        model,
        accelerator,
        precision: 'bf16',
        ...STEPS,
        promptTokens: 256,
        answerTokens: 2000,
        longestTokens: 8192,
        withinHours: 72,
      },
      catalog,
    );
    if (!sizing.fits) throw new Error(sizing.reasons.join('; '));
    expect(byTheHour?.gpus).toBe(sizing.gpus);
    expect(byTheHour?.gpuHoursPerMonth).toBeCloseTo(2 * sizing.gpuHours.base, 6);
    expect(work?.hoursOn(accelerator.id, sizing.gpus)).toBeCloseTo(sizing.hours.base, 9);
  });

  it('states steps and no tokens, others tokens and no steps', () => {
    const isRead = (value: object) => TrainingJob.safeParse({ model: 'llama-3.1-8b', ...value }).success;
    expect(isRead({ kind: 'grpo', reinforcement: {} })).toBe(true);
    expect(isRead({ kind: 'grpo' })).toBe(false);
    expect(isRead({ kind: 'grpo', reinforcement: {}, millionTokens: 3 })).toBe(false);
    expect(isRead({ kind: 'lora' })).toBe(false);
    expect(isRead({ kind: 'lora', millionTokens: 3, reinforcement: {} })).toBe(false);
  });
});
