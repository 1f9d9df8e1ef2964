import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import { sizer } from '../../_support/sizer';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/portfolio.yaml', catalog);
const portfolioOf = (changes: Partial<Environment> = {}) =>
  makePortfolio({ environment: { ...environment, ...changes }, catalog, asOf: '2026-11-23', sizer });

const shipped = portfolioOf();

describe('the shipped portfolio', () => {
  it('is optimal, places every scenario once, and its options add up to its total', () => {
    expect(shipped).toMatchObject({ status: 'optimal', gapShare: 0 });
    expect(shipped.choices.map(({ scenario }) => scenario)).toEqual(Object.keys(environment.scenarios));
    const sum = shipped.options.reduce((usd, one) => usd + one.monthlyUsd, 0);
    expect(sum).toBeCloseTo(shipped.monthlyUsd?.base ?? 0, 1);
  });

  it('costs no more than the choice of the comparison, shared or apart', () => {
    const total = shipped.monthlyUsd?.base ?? Infinity;
    expect(total).toBeLessThanOrEqual((shipped.compared.sharedUsd ?? 0) + 0.01);
    expect(shipped.compared.sharedUsd).toBeLessThanOrEqual((shipped.compared.apartUsd ?? 0) + 0.01);
  });

  it('shares the fleet of day and night, and says which GPU-hours are idle', () => {
    const group = shipped.sharedReplicas.find(({ scenarios }) => scenarios.includes('documents'));
    expect(group?.scenarios).toContain('assistant');
    expect(group?.replicas).toBeLessThan(group?.replicasApart ?? 0);
    expect(group?.idleGpuHours).toBeGreaterThan(0);
    expect(group?.idleNightGpuHours).toBeLessThanOrEqual(group?.idleGpuHours ?? 0);
  });

  it('has a band around its total', () => {
    const { low, base, high } = shipped.monthlyUsd ?? { low: 0, base: 0, high: 0 };
    expect(low).toBeLessThan(base);
    expect(base).toBeLessThan(high);
  });
});

describe('a price that is missing', () => {
  it('makes "at least" of the option that lacks it, of the choice of the comparison and of the total', () => {
    const { bedrock, leased } = environment.options;
    const { assistant, records } = environment.scenarios;
    if (bedrock?.target !== 'aws-bedrock' || !leased || !assistant || !records)
      throw new Error('not shipped');
    const { choices, options, compared, atLeast } = portfolioOf({
      // Nobody lists tokens of this model for this region.
      options: { bedrock: { ...bedrock, region: 'eu-central-1' }, leased },
      scenarios: {
        assistant: { ...assistant, objectives: { ...assistant.objectives, residency: 'us' } },
        records: {
          ...records,
          models: ['llama-3.1-8b'],
          objectives: { ...records.objectives, residency: 'eu' },
        },
      },
      deploy: {},
      portfolio: {},
    });
    expect(options.map((one) => [one.option, one.atLeast])).toEqual([
      ['bedrock', true],
      ['leased', false],
    ]);
    expect(choices.map((one) => [one.scenario, one.atLeast, one.cheapestAlone.atLeast])).toEqual([
      ['assistant', false, false],
      ['records', true, true],
    ]);
    expect([compared.atLeast, atLeast]).toEqual([true, true]);
    expect([shipped.compared.atLeast, shipped.atLeast]).toEqual([false, false]);
  });
});

describe('commitments for the base load', () => {
  it('are advised where nodes are bought by the hour, and not where they are under a plan already', () => {
    const { eks } = environment.options;
    const { assistant } = environment.scenarios;
    if (eks?.target !== 'aws-eks' || !assistant) throw new Error('not shipped');
    const boughtAs = (purchase: 'on-demand' | 'savings-plan-1y') =>
      portfolioOf({
        options: { eks: { ...eks, instance: 'p5.48xlarge', purchase } },
        scenarios: { assistant },
        deploy: {},
        portfolio: {},
      }).commitments.map(({ option, shape }) => [option, shape]);
    expect(boughtAs('on-demand')).toEqual([['eks', 'p5.48xlarge']]);
    expect(boughtAs('savings-plan-1y')).toEqual([]);
  });
});

describe('limits', () => {
  it('that leave no portfolio name the smallest budget that would do, and that budget does', () => {
    const { status, relaxations, conflicts, monthlyUsd } = portfolioOf({
      portfolio: { budgetUsdPerMonth: 1_000 },
    });
    expect([status, monthlyUsd]).toEqual(['infeasible', null]);
    expect(conflicts.join()).toContain('none of their combinations costs at most 1,000 USD a month');
    const currency = { currency: 'EUR', perUsd: 0.8684 };
    const limited = { ...environment, portfolio: { budgetUsdPerMonth: 1_000 } };
    const inEuros = makePortfolio({ environment: limited, catalog, asOf: '2026-11-23', currency, sizer });
    expect(inEuros.conflicts.join()).toContain('costs at most 868 EUR a month');
    const [budget] = relaxations;
    expect(budget).toMatchObject({ limit: 'budgetUsdPerMonth', from: 1_000 });
    const enough = portfolioOf({ portfolio: { budgetUsdPerMonth: budget?.to ?? 0 } });
    expect(enough.status).toBe('optimal');
    expect(portfolioOf({ portfolio: { budgetUsdPerMonth: (budget?.to ?? 0) - 1 } }).status).toBe(
      'infeasible',
    );
  });

  it('on the lead time move scenarios to what is there sooner, or say how many days would do', () => {
    const soon = portfolioOf({ portfolio: { leadTimeDays: 10 } });
    expect(Math.max(...soon.choices.map(({ leadTimeDays }) => leadTimeDays))).toBeLessThanOrEqual(10);
    expect(soon.monthlyUsd?.base).toBeGreaterThan(shipped.monthlyUsd?.base ?? 0);
    const never = portfolioOf({ portfolio: { leadTimeDays: 0.5 } });
    expect(never.conflicts.join()).toMatch(/assistant is left without an option: bedrock takes 1 day;/);
    expect(never.relaxations).toEqual([{ limit: 'leadTimeDays', from: 0.5, to: 1 }]);
  });

  it('on money at the start lead to another portfolio, within it', () => {
    const free = shipped.upfrontUsd ?? 0;
    const capped = portfolioOf({ portfolio: { upfrontUsd: free / 2 } });
    expect(capped.upfrontUsd).toBeLessThanOrEqual(free / 2);
    expect(capped.monthlyUsd?.base).toBeGreaterThanOrEqual(shipped.monthlyUsd?.base ?? 0);
    const none = portfolioOf({ portfolio: { upfrontUsd: 100 } });
    const [least] = none.relaxations;
    expect(least?.limit).toBe('upfrontUsd');
    expect(portfolioOf({ portfolio: { upfrontUsd: least?.to ?? 0 } }).status).toBe('optimal');
  });

  it('on the quality exclude models below it, and name the highest floor that would do', () => {
    const { relaxations, conflicts } = portfolioOf({
      portfolio: { quality: { metric: 'gpqa', floor: 0.99 } },
    });
    expect(conflicts.join()).toContain('on gpqa');
    const [floor] = relaxations;
    expect(floor).toMatchObject({ limit: 'qualityFloor', from: 0.99 });
    const kept = portfolioOf({ portfolio: { quality: { metric: 'gpqa', floor: floor?.to ?? 0 } } });
    expect(kept.limits[0]?.reached).toBeGreaterThanOrEqual(floor?.to ?? 1);
  });

  it('that no single change helps name the fewest that help together, each as near as the others let it be', () => {
    const limits = { budgetUsdPerMonth: 1_000, leadTimeDays: 0.5, upfrontUsd: 1e9 };
    const never = portfolioOf({ portfolio: limits });
    expect([never.status, never.relaxations]).toEqual(['infeasible', []]);
    const ends = never.relaxedTogether.map((changes) =>
      Object.fromEntries(changes.map(({ limit, to }) => [limit, to])),
    );
    // Least money by waiting longest, and the soonest for more money.
    expect(ends.map((end) => Object.keys(end))).toEqual([
      ['budgetUsdPerMonth', 'leadTimeDays'],
      ['budgetUsdPerMonth', 'leadTimeDays'],
    ]);
    const [cheapest = {}, soonest = {}] = ends;
    expect(cheapest['budgetUsdPerMonth']).toBeLessThan(soonest['budgetUsdPerMonth'] ?? 0);
    expect(cheapest['leadTimeDays']).toBeGreaterThan(soonest['leadTimeDays'] ?? Infinity);
    for (const end of ends) {
      const { budgetUsdPerMonth = 0, leadTimeDays = 0 } = end;
      const statusAt = (changed: Record<string, number>) =>
        portfolioOf({ portfolio: { ...limits, ...end, ...changed } }).status;
      expect(statusAt({})).toBe('optimal');
      expect(statusAt({ budgetUsdPerMonth: budgetUsdPerMonth - 1 })).toBe('infeasible');
      expect(statusAt({ leadTimeDays: leadTimeDays - 0.5 })).toBe('infeasible');
    }
  });

  it('may have to change all at once', () => {
    const { relaxations, relaxedTogether } = portfolioOf({
      portfolio: { budgetUsdPerMonth: 1_000, leadTimeDays: 0.5, quality: { metric: 'gpqa', floor: 0.99 } },
    });
    expect(relaxations).toEqual([]);
    expect(relaxedTogether.length).toBeGreaterThan(0);
    for (const changes of relaxedTogether) {
      const at = Object.fromEntries(changes.map(({ limit, to }) => [limit, to]));
      expect(Object.keys(at)).toEqual(['budgetUsdPerMonth', 'leadTimeDays', 'qualityFloor']);
      const { qualityFloor: floor = 1, ...rest } = at;
      const changed = portfolioOf({ portfolio: { ...rest, quality: { metric: 'gpqa', floor } } });
      expect(changed.status).toBe('optimal');
    }
  });

  it('cannot help a scenario that no option carries; its reasons are given', () => {
    const { records } = environment.scenarios;
    if (records === undefined) throw new Error('no scenario records');
    const hopeless = {
      ...records,
      objectives: { ...records.objectives, ttftMs: 0.01, residency: 'apac' },
    } as const;
    const { status, conflicts, relaxations, relaxedTogether } = portfolioOf({
      scenarios: { ...environment.scenarios, records: hopeless },
    });
    expect([status, relaxations, relaxedTogether]).toEqual(['infeasible', [], []]);
    expect(conflicts.join()).toContain('records fits no option: bedrock: ');
  });
});
