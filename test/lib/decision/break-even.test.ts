import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { breakEven, type BreakEven } from '#lib/decision/break-even';
import type { BreakEvenOver } from '#lib/decision/break-even-point';
import { cumulative, monthBreakEven, type MonthlyCourse } from '#lib/decision/break-even-month';
import type { DecisionOption } from '#lib/decision/decision-case';
import { LandfallError } from '#lib/errors/landfall-error';
import { loadEnvironment } from '#lib/spec/load-environment';
import { AS_OF, shippedCase } from '../../_support/decision';

const catalog = loadCatalog();

function over(quantity: BreakEvenOver, a: string, b: string, name = 'scale', changes = {}): BreakEven {
  const { environment } = loadEnvironment(`environments/${name}.yaml`, catalog);
  const [scenarioId = ''] = Object.keys(environment.scenarios);
  const changed = { ...environment, finance: { ...environment.finance, ...changes } };
  return breakEven({ environment: changed, scenarioId, catalog, asOf: AS_OF, a, b, over: quantity });
}

const scale = shippedCase('scale');
function optionOf(id: string): DecisionOption {
  const found = scale.options.find((option) => option.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

describe('the course of two options', () => {
  const course = cumulative(optionOf('colo'), optionOf('leased'), scale.space);

  it('ends at the present values of their bills', () => {
    const last = course.at(-1);
    expect(last?.month).toBe(60);
    expect(last?.aPresentUsd).toBeCloseTo(optionOf('colo').estimate.totals.presentValueUsd, 1);
    expect(last?.bPresentUsd).toBeCloseTo(optionOf('leased').estimate.totals.presentValueUsd, 1);
  });

  it('is, as paid, the sum of the cash of their bills', () => {
    let sum = 0;
    optionOf('colo').estimate.cash.byMonthUsd.forEach((usd, month) => {
      sum += usd;
      expect(course[month]?.aUsd ?? Number.NaN).toBeCloseTo(sum, 0);
    });
  });

  it('has the same present and nominal sums without a cost of capital', () => {
    const free = shippedCase('scale', { discountRatePerYear: 0 });
    const [a, b] = free.options;
    if (a === undefined || b === undefined) throw new Error('fewer than two options');
    for (const { aUsd, aPresentUsd } of cumulative(a, b, free.space))
      expect(aPresentUsd).toBeCloseTo(aUsd, 3);
  });
});

describe('the month', () => {
  // 100 at once against 12 a month without interest: level after nine months.
  const buyOrRent = (months: number): MonthlyCourse[] =>
    Array.from({ length: months + 1 }, (_, month) => {
      const rent = 12 * month;
      return { month, aUsd: 100, bUsd: rent, aPresentUsd: 100, bPresentUsd: rent };
    });

  it('is the first by whose end A has cost no more than B', () => {
    const point = monthBreakEven(optionOf('colo'), optionOf('leased'), buyOrRent(36));
    expect(point).toMatchObject({ verdict: 'crosses', value: 9 });
  });

  it('is said never to come within a shorter horizon', () => {
    const point = monthBreakEven(optionOf('colo'), optionOf('leased'), buyOrRent(8));
    expect(point).toMatchObject({ verdict: 'never', value: null });
    expect(point.says.join(' ')).toContain('never catches up with leased within the horizon of 8 months');
  });

  it('says where the order turns back', () => {
    const course = buyOrRent(12).map((one) => (one.month === 12 ? { ...one, aPresentUsd: 500 } : one));
    const point = monthBreakEven(optionOf('colo'), optionOf('leased'), course);
    expect(point.says.join(' ')).toContain('From month 12 on it has cost more again');
  });
});

describe('the price of GPUs', () => {
  it('at which both cost the same is so in the whole computation', () => {
    const { points } = over('gpu-price', 'colo', 'leased');
    const [point] = points;
    const server = optionOf('colo').plan.nodePools[0]?.shape ?? 'none';
    const input =
      scale.space.inputs[scale.space.numberOf(`hardware/server purchase/${server}/*/purchase/unit`)];
    if (input === undefined || point?.value == null) throw new Error('no crossing');
    expect(point).toMatchObject({ verdict: 'crosses', base: input.band.base });
    const cost = (id: string) =>
      scale.planner.plan(id, [{ input, value: point.value ?? 0 }])?.estimate.totals.monthlyUsd.base ??
      Number.NaN;
    expect(cost('colo') / cost('leased')).toBeCloseTo(1, 6);
  });
});

it('the price of a managed endpoint’s instance is a price of GPUs, whether its list names them or not', () => {
  const [point] = over('gpu-price', 'sagemaker', 'bedrock', 'knowledge').points;
  expect(point).toMatchObject({ verdict: 'crosses', unit: 'USD/instance-hour' });
  expect(point?.base).toBeCloseTo(7.912, 3);
});

describe('the price of electricity', () => {
  it('that never changes the order is said so', () => {
    expect(over('power-price', 'colo', 'leased').points[0]).toMatchObject({ verdict: 'never', value: null });
  });

  it('is not applicable where neither pays for electricity', () => {
    expect(over('power-price', 'bedrock', 'eks').points[0]?.verdict).toBe('not-applicable');
  });
});

describe('the utilisation', () => {
  it('at which a fleet costs what tokens cost is the same by hand', () => {
    const [point] = over('utilisation', 'eks', 'bedrock', 'support').points;
    const support = shippedCase('support');
    const [eks, bedrock] = ['eks', 'bedrock'].map((id) => support.options.find((option) => option.id === id));
    if (eks === undefined || bedrock === undefined) throw new Error('an option is missing');
    const byUse = ({ estimate }: DecisionOption) =>
      estimate.lines.reduce(
        (sum, { state, monthlyUsd }) => sum + (state === 'usage' ? (monthlyUsd ?? 0) : 0),
        0,
      );
    const fixed = (option: DecisionOption) => option.estimate.totals.monthlyUsd.base - byUse(option);
    const multiple = (fixed(eks) - fixed(bedrock)) / (byUse(bedrock) - byUse(eks));
    expect(point?.value).toBeCloseTo((eks.plan.sizing?.utilisation ?? 0) * multiple, 6);
    expect(point?.says.join(' ')).toContain('More traffic of the same shape takes a larger fleet');
  });

  it('beyond what the fleet can serve is said so', () => {
    const dearPeople = { people: { loadedUsdPerYear: 400_000 } };
    const [point] = over('utilisation', 'self-built', 'bedrock', 'support', dearPeople).points;
    expect(point).toMatchObject({ verdict: 'beyond-capacity', value: null });
    expect(point?.says.join(' ')).toMatch(/Beyond the capacity: the fleet of self-built .* \d\.\d+ times/);
  });

  it('does not matter between two fleets that are paid for whatever they do', () => {
    expect(over('utilisation', 'colo', 'leased').points[0]).toMatchObject({ verdict: 'never', value: null });
  });
});

describe('the volume', () => {
  it('is planned anew: on either side another option is the cheaper, with the fleets that it takes', () => {
    const { points, fleetSteps } = over('volume', 'bedrock', 'colo', 'support');
    const [point] = points;
    expect(point?.verdict).toBe('beyond-capacity');
    const support = shippedCase('support');
    const input = support.space.inputs[support.space.numberOf('traffic.volume')];
    if (input === undefined || point?.value == null || point.base === null) throw new Error('no crossing');
    const multiple = point.value / point.base;
    const difference = (at: number) => {
      const [a, b] = ['bedrock', 'colo'].map(
        (id) =>
          support.planner.plan(id, [{ input, value: at }])?.estimate.totals.monthlyUsd.base ?? Number.NaN,
      );
      return (a ?? Number.NaN) - (b ?? Number.NaN);
    };
    expect(difference(multiple)).toBeGreaterThan(0);
    expect(difference(multiple * 0.98)).toBeLessThan(0);
    expect(fleetSteps.some(({ option }) => option === 'colo')).toBe(true);
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown option', 'colo', 'nowhere', 'UNKNOWN_OPTION'],
    ['one option twice', 'colo', 'colo', 'BAD_USAGE'],
  ])('%s is refused', (_, a, b, code) => {
    expect(() => over('month', a, b)).toThrow(LandfallError);
    expect(() => over('month', a, b)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code })] }) as Error,
    );
  });
});
