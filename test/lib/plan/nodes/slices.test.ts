import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

function plan(serving: object, model = 'llama-3.1-8b', peak = 2) {
  return makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Chat',
      models: [model],
      traffic: {
        requestsPerSecond: { mean: peak / 4, peak },
        inputTokens: { mean: 1024 },
        outputTokens: { mean: 256 },
      },
    }),
    optionId: 'leased',
    option: option().parse({ target: 'leased', gpu: 'h100-sxm', serving }),
    finance: Finance.parse({}),
    catalog,
    prices,
  });
}

function planned(serving: object, model?: string, peak?: number): Plan {
  const result = plan(serving, model, peak);
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  return result.plan;
}

describe('slices in a plan', () => {
  it('put a replica on each slice and buy whole accelerators', () => {
    const { nodePools, sizing, purchases } = planned({ slice: '3g.40gb' });
    const [pool] = nodePools;
    expect(pool).toMatchObject({
      accelerator: 'h100-sxm',
      gpusPerNode: 8,
      slices: { profile: '3g.40gb', perAccelerator: 2 },
    });
    expect(sizing).toMatchObject({ gpusPerReplica: 1, confidence: 'extrapolated' });
    // What the driver lists for 3g.40gb.
    expect(sizing?.usableGibPerGpu).toBeCloseTo(39.5 * 0.92, 6);
    expect(purchases.map(({ key }) => key)).toEqual(planned({}).purchases.map(({ key }) => key));
  });

  it('answer slower and hold less than the whole accelerator', () => {
    const whole = planned({ tensorParallel: 1 }).sizing;
    const slice = planned({ slice: '3g.40gb' }).sizing;
    expect(slice?.tokensPerSecondPerReplica.base).toBeLessThan(whole?.tokensPerSecondPerReplica.base ?? 0);
    expect(slice?.maxConcurrency).toBeLessThan(whole?.maxConcurrency ?? 0);
  });

  it('never carry a load with fewer nodes than whole accelerators', () => {
    for (const peak of [2, 40, 150]) {
      const nodesOf = (serving: object) =>
        planned(serving, 'llama-3.1-8b', peak).nodePools[0]?.nodes.desired ?? 0;
      expect(nodesOf({ slice: '1g.20gb', precision: 'fp8' })).toBeGreaterThanOrEqual(
        nodesOf({ precision: 'fp8', tensorParallel: 1 }),
      );
    }
  });

  it('are a reason where the accelerator has none of the profile, or the model does not fit one', () => {
    expect(plan({ slice: '1g.18gb' })).toMatchObject({
      feasible: false,
      reasons: [expect.stringContaining('it has 1g.10gb')],
    });
    expect(plan({ slice: '1g.10gb' }, 'llama-3.1-70b')).toMatchObject({ feasible: false });
  });
});
