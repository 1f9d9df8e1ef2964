import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';
import { OFFICE } from '../../../_support/scaled';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const finance = Finance.parse({});

function result(chosen: object, traffic: object = {}, objectives: object = { ttftMs: 2000 }) {
  return makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Chat',
      models: ['llama-3.1-8b'],
      traffic: {
        requestsPerSecond: { mean: 24, peak: 100 },
        inputTokens: { mean: 1000 },
        outputTokens: { mean: 200 },
        profile: OFFICE,
        ...traffic,
      },
      objectives,
    }),
    optionId: 'one',
    option: option().parse({ target: 'aws-sagemaker', instance: 'g7e.2xlarge', ...chosen }),
    finance,
    catalog,
    prices,
  });
}

function planned(...asked: Parameters<typeof result>): Plan {
  const found = result(...asked);
  if (!found.feasible) throw new Error(found.reasons.join('; '));
  return found.plan;
}

function reasons(...asked: Parameters<typeof result>): readonly string[] {
  const found = result(...asked);
  return found.feasible ? [] : found.reasons;
}

const nodeHours = ({ purchases }: Plan) => {
  const line = purchases.find(({ key }) => key === 'endpoint.instance');
  return line?.kind === 'recurring' ? line.quantityPerMonth : Number.NaN;
};
const monthly = (plan: Plan) =>
  estimateFromPlan(plan, { prices, finance, asOf: '2026-11-28' }).lines.find(
    ({ key }) => key === 'endpoint.instance',
  )?.monthlyUsd;

describe('a plan that follows its load', () => {
  it('keeps the shape of the peak and buys the hours', () => {
    const fixed = planned({});
    const scaled = planned({ scaling: { policy: 'scheduled' } });
    expect(scaled.sizing).toEqual(fixed.sizing);
    expect(scaled.nodePools[0]?.nodes.desired).toBe(fixed.nodePools[0]?.nodes.desired);
    expect(nodeHours(scaled)).toBeCloseTo(scaled.scaling?.nodeHoursPerMonth.base ?? Number.NaN, 2);
    expect(nodeHours(scaled)).toBeLessThan(0.6 * nodeHours(fixed));
    expect((monthly(scaled) ?? 0) / (monthly(fixed) ?? 1)).toBeCloseTo(scaled.scaling?.paidShare ?? 0, 3);
  });

  it('counts as idle only what it pays for', () => {
    const { sizing, scaling } = planned({ scaling: { policy: 'scheduled' } });
    expect(scaling?.utilisation).toBeCloseTo((sizing?.utilisation ?? 0) / (scaling?.paidShare ?? 1), 5);
  });

  it('says nothing of scaling where it stands', () => {
    const plan = planned({});
    expect(plan.scaling).toBeUndefined();
    expect(plan.serving?.replicas.min).toBe(plan.serving?.replicas.desired);
    expect(plan.nodePools[0]?.nodes.min).toBe(plan.nodePools[0]?.nodes.max);
  });

  it('tells how many requests wait, and does not fit where more wait than the percentile leaves', () => {
    const auto = { scaling: { policy: 'autoscaled' } };
    const twoRises = {
      profile: {
        workingDay: OFFICE.workingDay.map((weight, hour) => (hour === 12 || hour === 13 ? 1 : weight)),
      },
    };
    expect(planned(auto).notes.join(' ')).toMatch(/% of the requests come while what they need starts/);
    expect(reasons(auto, twoRises, { ttftMs: 2000, percentile: 'p99' })).toEqual([
      expect.stringMatching(/^autoscaled: \d\.?\d? % of the requests .* more than the 1 % that p99 leaves/),
    ]);
    expect(
      reasons({ scaling: { policy: 'scheduled' } }, twoRises, { ttftMs: 2000, percentile: 'p99' }),
    ).toEqual([]);
    expect(reasons(auto, twoRises, { percentile: 'p99' })).toEqual([]);
  });

  it('does not wake in time for the first request of a quiet day', () => {
    const quiet = { requestsPerSecond: { mean: 0.003, peak: 0.3 } };
    const off = { scaling: { policy: 'scale-to-zero' } };
    expect(reasons(off, quiet)).toEqual([expect.stringMatching(/^scale-to-zero: \d+/)]);
    expect(planned(off, quiet, {}).notes.join(' ')).toContain('callers must ask again');
    expect(planned(off, quiet, {}).nodePools[0]?.nodes.min).toBe(0);
  });

  it('asks a schedule for its hours', () => {
    expect(reasons({ scaling: { policy: 'scheduled' } }, { profile: undefined })).toEqual([
      expect.stringContaining('`traffic.profile`'),
    ]);
  });

  it('refuses to scale what is paid all month anyway', () => {
    const eks = { target: 'aws-eks', scaling: { policy: 'autoscaled' } };
    for (const purchase of ['savings-plan-1y', 'capacity-block']) {
      expect(
        reasons({
          ...eks,
          instance: purchase === 'capacity-block' ? 'p5en.48xlarge' : 'p5.48xlarge',
          purchase,
        }),
      ).toEqual([expect.stringContaining(`bought as ${purchase} are paid all month`)]);
    }
  });
});
