import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { Finance } from '#lib/spec/schema/finance';
import { knobsOf, option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';
import { targets } from '#lib/targets/index';
import { OFFICE } from '../../../_support/scaled';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const sizer = rememberingSizer(catalog);
const finance = Finance.parse({ horizonMonths: 36 });

/** USD a month of the cheapest plan, on any of an option's nodes or on some. */
function weighed(chosen: object, growthPerMonth: number, standsOn?: readonly string[]): number {
  const scenario = Scenario.parse({
    title: 'Chat',
    models: ['llama-3.1-8b', 'gpt-oss-120b'],
    traffic: {
      requestsPerSecond: { mean: 4, peak: 30 },
      inputTokens: { mean: 1000 },
      outputTokens: { mean: 200 },
      profile: OFFICE,
      growthPerMonth,
    },
    objectives: { ttftMs: 3000, tpotMs: 50 },
  });
  const found = makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario,
    optionId: 'own',
    option: option().parse(chosen),
    finance,
    catalog,
    prices,
    sizer,
    ...(standsOn === undefined ? {} : { standsOn }),
  });
  return found.feasible ? (found.plan.choice?.weighedUsdPerMonth ?? Infinity) : Infinity;
}

describe('the node of a fleet that follows its load', () => {
  it.each([
    ['by the load', { target: 'aws-eks', scaling: { policy: 'autoscaled' } }, 0],
    [
      'by a schedule, with a base for a term',
      { target: 'aws-eks', scaling: { policy: 'scheduled' }, commitment: 'auto' },
      0,
    ],
    ['down to nothing', { target: 'aws-sagemaker', scaling: { policy: 'scale-to-zero' } }, 0],
    ['by the load, and grows', { target: 'aws-eks', scaling: { policy: 'autoscaled' } }, 0.04],
  ])('is the cheapest of all, each planned by itself: %s', (_, chosen, growthPerMonth) => {
    const parsed = option().parse(chosen);
    const market = { catalog, prices, horizonMonths: 36, discountRatePerYear: finance.discountRatePerYear };
    const offered = targets.get(parsed.target).offerings(knobsOf(parsed), market);
    const alone = offered.map(({ id }) => weighed(chosen, growthPerMonth, [id]));
    expect(alone.filter(Number.isFinite).length).toBeGreaterThan(5);
    expect(weighed(chosen, growthPerMonth)).toBe(Math.min(...alone));
  });
});
