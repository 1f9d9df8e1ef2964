import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import type { Environment } from '#lib/spec/schema/environment';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { scenarioOf } from '../../_support/scaled';

const catalog = loadCatalog();
const asOf = '2026-11-28';
const quote = (usd: number) => ({ usd, document: 'quote', asOf: '2026-10-01' });
/** What nobody publishes of SageMaker's own plans. */
const FACTORS = {
  'aws/savings-plan-factor/ml.p5.48xlarge/us-east-1/reserved-1y/ratio': quote(0.8),
  'aws/savings-plan-factor/ml.p5.48xlarge/us-east-1/reserved-3y/ratio': quote(0.5),
};

function environmentOf(options: Record<string, object>, prices = {}, hasProfile = true): Environment {
  const scenario = scenarioOf({ mean: 60, peak: 250 });
  const { profile: _, ...flat } = scenario.traffic;
  return {
    name: 'test',
    scenarios: { chat: hasProfile ? scenario : { ...scenario, traffic: flat } },
    options: Object.fromEntries(Object.entries(options).map(([id, each]) => [id, option().parse(each)])),
    finance: Finance.parse({ prices }),
    deploy: {},
  };
}

function compared(...asked: Parameters<typeof environmentOf>) {
  const { comparison } = compareEnvironment({
    environment: environmentOf(...asked),
    catalog,
    asOf,
    otherwise: true,
  });
  const [scenario] = comparison.scenarios;
  const usdOf = (id: string) => scenario?.options.find((row) => row.id === id)?.monthlyUsd?.base ?? null;
  return { otherwise: scenario?.otherwise ?? [], usdOf };
}

const eks = { target: 'aws-eks', instance: 'p5.48xlarge' };
const sagemaker = { target: 'aws-sagemaker', instance: 'ml.p5.48xlarge' };
const scaling = { policy: 'scheduled' };

describe('an option paid otherwise', () => {
  it('costs what the same option costs that asks for it', () => {
    const { otherwise, usdOf } = compared({ eks, asked: { ...eks, scaling, commitment: 'auto' } });
    const [saved, ...others] = otherwise;
    expect(others).toEqual([]);
    expect(saved).toMatchObject({ option: 'eks', payment: 'scheduled-and-commitment' });
    expect(saved?.monthlyUsd).toBe(usdOf('asked'));
    expect(saved?.savesUsd).toBeCloseTo((usdOf('eks') ?? 0) - (usdOf('asked') ?? 0), 2);
    expect(saved?.paidShare).toBeLessThan(1);
  });

  it('knows no hours without a profile: only a term can save then', () => {
    const { otherwise } = compared({ eks }, {}, false);
    expect(otherwise.map(({ payment, paidShare }) => [payment, paidShare])).toEqual([['commitment', 1]]);
  });

  it('is not worked out where nobody asks', () => {
    const { comparison } = compareEnvironment({ environment: environmentOf({ eks }), catalog, asOf });
    expect(comparison.scenarios[0]?.otherwise).toEqual([]);
  });
});

describe('the savings plans of SageMaker', () => {
  it('have no price in the catalog: the option is unpriced, and a commitment is not taken', () => {
    const { usdOf } = compared({ sagemaker, auto: { ...sagemaker, commitment: 'auto' } }, {}, false);
    expect(usdOf('auto')).toBe(usdOf('sagemaker'));
    const environment = environmentOf({ plan: { ...sagemaker, purchase: 'savings-plan-3y' } });
    const { estimates } = compareEnvironment({ environment, catalog, asOf });
    expect(estimates.get('chat/plan')?.unpriced).toEqual(['endpoint.instance']);
  });

  it('take their share of the on-demand price, once it is known', () => {
    const plan = { ...sagemaker, purchase: 'savings-plan-3y' };
    const { estimates } = compareEnvironment({
      environment: environmentOf({ sagemaker, plan }, FACTORS),
      catalog,
      asOf,
    });
    const hours = (id: string) =>
      estimates.get(`chat/${id}`)?.lines.find(({ key }) => key === 'endpoint.instance')?.monthlyUsd ?? 0;
    expect(hours('plan')).toBeCloseTo(hours('sagemaker') / 2, 1);
  });

  it('are what a commitment to the base load takes', () => {
    const { otherwise } = compared({ sagemaker }, FACTORS);
    expect(otherwise[0]?.payment).toBe('scheduled-and-commitment');
    const auto = { ...sagemaker, scaling, commitment: 'auto' };
    const { plans } = compareEnvironment({ environment: environmentOf({ auto }, FACTORS), catalog, asOf });
    const bought = plans.get('chat/auto');
    expect(bought?.commitment?.term).toBe('savings-plan-3y');
    expect(bought?.purchases.map(({ key }) => key)).toContain('endpoint.committed');
  });
});
