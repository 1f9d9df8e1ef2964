import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import type { Feasible } from '#lib/plan/plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const OFFICE = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 18 ? 1 : 0));

function plan(optionInput: object, scenarioInput: object = {}, traffic: object = {}) {
  return makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Test',
      models: ['llama-3.1-8b'],
      traffic: {
        requestsPerSecond: { mean: 0.5, peak: 2 },
        inputTokens: { mean: 1000 },
        outputTokens: { mean: 200 },
        ...traffic,
      },
      ...scenarioInput,
    }),
    optionId: 'one',
    option: option().parse({ target: 'aws-bedrock', inference: 'imported', ...optionInput }),
    finance: Finance.parse({}),
    catalog,
    prices,
  });
}

const measured = { tokensPerSecondPerCopy: 400 };

function fitting(...parts: Parameters<typeof plan>): Feasible {
  const result = plan(...parts);
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  return result;
}

function minutesOf(...parts: Parameters<typeof plan>): number {
  const line = fitting(...parts).plan.purchases.find(({ key }) => key === 'imported-model.copies');
  return line?.kind === 'usage' ? line.quantityPerMonth : Number.NaN;
}

describe('a plan of imported weights', () => {
  it('pays whole copies while they are awake, by their units', () => {
    // 0.5 requests/s × 200 tokens of 400 × 0.7: one copy of two units, never asleep.
    expect(minutesOf(measured)).toBeCloseTo(730 * 60 * 2, 0);
    expect(minutesOf({ ...measured, unitsPerCopy: 3 })).toBeCloseTo(730 * 60 * 3, 0);
    expect(minutesOf({ tokensPerSecondPerCopy: 100 })).toBeCloseTo(2 * 730 * 60 * 2, 0);
  });

  it('pays nothing in the hours of a week in which nobody asks', () => {
    const office = { profile: { workingDay: OFFICE, weekendDay: OFFICE.map(() => 0) } };
    const low = { requestsPerSecond: { mean: 0.1, peak: 2 } };
    const hours = (5 * 10 * 730) / 168;
    expect(minutesOf(measured, {}, { ...low, ...office })).toBeCloseTo(hours * 60 * 2, 0);
    const notes = (traffic: object) => fitting(measured, {}, traffic).plan.notes.join(' ');
    expect(notes({ ...low, ...office })).toContain('the copy sleeps');
    expect(notes({})).not.toContain('the copy sleeps');
  });

  it('says how many copies the peak takes where an account has fewer', () => {
    const { plan: made } = fitting({ tokensPerSecondPerCopy: 100 });
    expect(made.managed?.imported?.copiesAtPeak).toBe(6);
    expect(made.notes.join(' ')).toContain('the peak takes 6 copies and an account has 3');
  });

  it('keeps its doubt of units and copies in the bill', () => {
    const line = fitting(measured, { models: ['qwen3-32b'] }).plan.purchases.find(
      ({ key }) => key === 'imported-model.copies',
    );
    // 2 to 8 units about 4, and up to two copies where every minute of an hour were as busy as the peak.
    expect(line).toMatchObject({
      quantityPerMonth: expect.closeTo(730 * 60 * 4, 0),
      quantityBand: { low: expect.closeTo(730 * 60 * 2, 0), high: expect.closeTo(2 * 730 * 60 * 8, 0) },
    });
  });

  it('carries a model of one’s own, and has its layer run by oneself', () => {
    const { plan: made } = fitting(measured, { route: 'build' });
    const people = made.purchases.find(({ key }) => key === 'people.run');
    expect(people?.kind === 'assumed' && people.sumOf).toContain('people.run.fte.model');
  });

  it.each([
    [{}, {}, /published nowhere.*tokensPerSecondPerCopy/],
    [{ ...measured, region: 'eu-west-1' }, {}, /takes LlamaForCausalLM in eu-central-1.*not in eu-west-1/],
    [measured, { models: ['llama-3.1-405b'] }, /812 GB of weights.*less than 200 GB/],
    [measured, { models: ['gemma-3-27b'] }, /not recorded; Custom Model Import takes GPTBigCode/],
    [measured, { models: ['gpt-oss-20b'] }, /units v2\.0 a copy like gpt-oss-20b takes.*unitsPerCopy/],
    [measured, { models: ['claude-sonnet-5'] }, /weights of claude-sonnet-5 are not published/],
    [
      { ...measured, region: 'us-east-1' },
      { objectives: { residency: 'eu' } },
      /does not keep prompts in eu/,
    ],
  ])('says why it cannot be: %o, %o', (optionInput, scenarioInput, reason) => {
    const result = plan(optionInput, scenarioInput);
    expect(result.feasible ? [] : result.reasons).toEqual([expect.stringMatching(reason)]);
  });

  it('takes the stated units where none are published', () => {
    const { plan: made } = fitting({ ...measured, unitsPerCopy: 1 }, { models: ['gpt-oss-20b'] });
    const line = made.purchases.find(({ key }) => key === 'imported-model.copies');
    expect(line).toMatchObject({ price: { sku: 'Custom Model Unit v2.0' } });
  });
});
