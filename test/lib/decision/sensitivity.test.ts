import { describe, expect, it } from 'vitest';
import { createPriceBook } from '#lib/catalog/price-book';
import { loadCatalog } from '#lib/catalog/load';
import { DISCOUNT_RATE } from '#lib/cost/compiled/bill-input';
import { confirmed, flips } from '#lib/decision/flip';
import { doubtOf } from '#lib/cost/compiled/doubt';
import { monteCarlo } from '#lib/decision/monte-carlo';
import { sensitivity } from '#lib/decision/sensitivity';
import { tornado } from '#lib/decision/tornado';
import { loadEnvironment } from '#lib/spec/load-environment';
import { AS_OF, shippedCase } from '../../_support/decision';

const support = shippedCase('support');
const scale = shippedCase('scale');

describe.each([
  ['support', support],
  ['scale', scale],
])('the tornado of %s', (_, decision) => {
  it.each(decision.options.map((option) => [option.id, option] as const))(
    'of %s: its five longest bars are what the whole computation says at both ends',
    (id, option) => {
      const bars = tornado(option, decision).filter(({ input }) => !input.startsWith('fleet.'));
      expect(bars.length).toBeGreaterThanOrEqual(5);
      for (const bar of bars.slice(0, 5)) {
        const input = decision.space.inputs[decision.space.numberOf(bar.input)];
        if (input === undefined) throw new Error(bar.input);
        const whole = (value: number) =>
          decision.planner.plan(id, [{ input, value }])?.estimate.totals.monthlyUsd.base ?? Number.NaN;
        expect(Math.abs(whole(bar.band.low) - bar.atLowUsd)).toBeLessThan(0.01);
        expect(Math.abs(whole(bar.band.high) - bar.atHighUsd)).toBeLessThan(0.01);
      }
    },
  );

  it('is sorted by how far a bar reaches', () => {
    for (const option of decision.options) {
      const deltas = tornado(option, decision).map(({ deltaUsd }) => deltaUsd);
      expect(deltas).toEqual(deltas.toSorted((a, b) => b - a));
    }
  });
});

describe('the draws', () => {
  const one = monteCarlo(scale, { draws: 10_000, seed: 1 });

  it('of two seeds have medians within 1 %', () => {
    const other = monteCarlo(scale, { draws: 10_000, seed: 2 });
    one.forEach(({ p50Usd }, index) => {
      expect(Math.abs((other[index]?.p50Usd ?? 0) / p50Usd - 1)).toBeLessThan(0.01);
    });
    expect(other.map(({ p50Usd }) => p50Usd)).not.toEqual(one.map(({ p50Usd }) => p50Usd));
  });

  it('of one seed are the same figures', () => {
    expect(monteCarlo(scale, { draws: 10_000, seed: 1 })).toEqual(one);
  });

  it('give each option a low, a middle and a high figure, and one cheapest in every draw', () => {
    for (const { p10Usd, p50Usd, p90Usd } of one) {
      expect(p10Usd).toBeLessThanOrEqual(p50Usd);
      expect(p50Usd).toBeLessThanOrEqual(p90Usd);
    }
    for (const [index, { p10Usd, p90Usd, belowBaseShare }] of one.entries()) {
      const base = scale.options[index]?.estimate.totals.monthlyUsd.base ?? Number.NaN;
      expect(belowBaseShare < 0.1 ? base <= p10Usd : base >= p10Usd).toBe(true);
      expect(belowBaseShare > 0.9).toBe(base > p90Usd);
    }
    expect(one.reduce((sum, { cheapestShare }) => sum + (cheapestShare ?? 0), 0)).toBeCloseTo(1, 3);
  });

  it('leave an option without a price out of who is cheapest', () => {
    const options = scale.options.map((option) =>
      option.id === 'leased' ? { ...option, estimate: { ...option.estimate, atLeast: true } } : option,
    );
    const spread = monteCarlo({ ...scale, options }, { draws: 200, seed: 1 });
    expect(spread.find(({ id }) => id === 'leased')?.cheapestShare).toBeNull();
    expect(spread.reduce((sum, { cheapestShare }) => sum + (cheapestShare ?? 0), 0)).toBeCloseTo(1, 3);
  });
});

describe('a flip', () => {
  const byCost = scale.options.toSorted(
    (a, b) => a.estimate.totals.monthlyUsd.base - b.estimate.totals.monthlyUsd.base,
  );
  const [winner, ...rivals] = byCost;
  if (winner === undefined) throw new Error('nothing fits');
  const found = flips(winner, rivals, scale);

  it('is the value at which the winner and the next cost the same, by the whole computation too', () => {
    const flip = found.find(({ input }) => input.startsWith('semianalysis/'));
    if (flip === undefined) throw new Error('the contract price turns nothing');
    const input = scale.space.inputs[scale.space.numberOf(flip.input)];
    if (input === undefined) throw new Error(flip.input);
    const cost = (id: string) =>
      scale.planner.plan(id, [{ input, value: flip.value }])?.estimate.totals.monthlyUsd.base ?? Number.NaN;
    expect(cost(winner.id) / cost(flip.cheapestThen)).toBeCloseTo(1, 6);
    expect(confirmed(flip, winner, rivals, scale)).toBe(true);
  });

  it('lists those within their band before those beyond it', () => {
    const inside = found.map(({ withinBand }) => withinBand);
    expect(inside).toEqual(inside.toSorted((a, b) => Number(b) - Number(a)));
    expect(found.length).toBeGreaterThan(0);
  });

  it('says of an input that changes what is bought that the plan does not confirm it', () => {
    const [cheapest, ...others] = support.options.toSorted(
      (a, b) => a.estimate.totals.monthlyUsd.base - b.estimate.totals.monthlyUsd.base,
    );
    if (cheapest === undefined) throw new Error('nothing fits');
    const volume = flips(cheapest, others, support).find(({ input }) => input === 'traffic.volume');
    if (volume === undefined) throw new Error('the volume turns nothing');
    expect(confirmed(volume, cheapest, others, support)).toBe(false);
  });
});

describe('the doubt of an input', () => {
  const catalog = loadCatalog();
  const prices = createPriceBook({ catalog });
  const priced = scale.space.inputs.filter(({ kind }) => kind === 'price');

  it('of a listed price grows with its age, and is nothing beyond its own band on its day', () => {
    for (const input of priced) {
      const [early, late] = [AS_OF, '2027-05-23'].map((asOf) => doubtOf(input, prices, asOf));
      expect(late?.high ?? 0).toBeGreaterThan(early?.high ?? 0);
      expect(doubtOf(input, prices, '2020-01-01')).toEqual(input.band);
    }
    expect(priced.length).toBeGreaterThan(5);
  });

  it('of a rented GPU is 5 % in 90 days', () => {
    const [input] = priced.filter(({ id }) => id.startsWith('semianalysis/'));
    if (input === undefined || input.source === null) throw new Error('no contract price');
    const aged = doubtOf({ ...input, source: { ...input.source, asOf: '2026-08-25' } }, prices, AS_OF);
    expect(aged.high / input.band.high).toBeCloseTo(1.05, 12);
    expect(aged.low / input.band.low).toBeCloseTo(0.95, 12);
  });

  it('of a cost of capital of your own is nothing', () => {
    const own = shippedCase('scale', { discountRatePerYear: 0.08 });
    const number = own.space.numberOf(DISCOUNT_RATE);
    expect(own.doubts[number]).toEqual({ low: 0.08, base: 0.08, high: 0.08 });
    expect(scale.doubts[scale.space.numberOf(DISCOUNT_RATE)]).toEqual({ low: 0.06, base: 0.09, high: 0.13 });
  });
});

describe('the findings', () => {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment('environments/knowledge.yaml', catalog);
  /** The shipped case with so many times its traffic. */
  const toldOf = (multiple: number, draws: number) => {
    const answers = environment.scenarios['answers'];
    if (answers === undefined) throw new Error('no scenario answers');
    const requestsPerSecond = { mean: multiple, peak: 5 * multiple };
    const traffic = { ...answers.traffic, requestsPerSecond };
    const scenarios = { ...environment.scenarios, answers: { ...answers, traffic } };
    const changed = { ...environment, scenarios };
    return sensitivity({ environment: changed, catalog, asOf: AS_OF, draws, seed: 1 }).scenarios[0];
  };

  it('say why another option is cheapest more often than the recommended one', () => {
    const answers = toldOf(1.2, 2_000);
    const shares = new Map(answers?.options.map(({ id, cheapestShare }) => [id, cheapestShare ?? 0]));
    expect(shares.get('bedrock')).toBeGreaterThan(shares.get(answers?.recommended ?? '') ?? 1);
    expect(answers?.findings.join(' ')).toMatch(
      /goes by the best estimates.*bedrock costs .*farther against sagemaker/,
    );
  });

  it('turn at a whole number of nodes', () => {
    const answers = toldOf(1.5, 200);
    expect(answers?.findings.join(' ')).toContain('fleet.nodes.sagemaker from 6 nodes (5 here');
  });
});
