import { describe, expect, it } from 'vitest';
import { HORIZON } from '#lib/cost/compiled/bill-input';
import type { BillFunction } from '#lib/cost/compiled/bill-sums';
import type { DecisionCase } from '#lib/decision/decision-case';
import { flips } from '#lib/decision/flip';
import { monteCarlo } from '#lib/decision/monte-carlo';
import { tornado } from '#lib/decision/tornado';
import { shippedCase } from '../_support/decision';

// What `landfall sensitivity` says, recomputed by other means: of an option only its bill at given inputs is asked.

const DRAWS = 4_000;

/** Park and Miller's generator with the multiplier 48,271. */
function minimalStandard(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** The value with a share of the triangle's area to its left, by halving. */
function atArea(low: number, mode: number, high: number, share: number): number {
  const left = (x: number) =>
    x < mode
      ? ((x - low) * (x - low)) / (mode - low) / (high - low)
      : 1 - ((high - x) * (high - x)) / (high - mode) / (high - low);
  let [from, to] = [low, high];
  for (let halved = 0; halved < 45; halved += 1) {
    const middle = (from + to) / 2;
    if (left(middle) < share) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** USD a month of every option in independent draws, none of them stratified. */
function independentDraws({ options, space, doubts }: DecisionCase): number[][] {
  const uniform = minimalStandard(20_261_123);
  const bills = options.map(({ bill }) => bill);
  return Array.from({ length: DRAWS }, () => {
    const values = space.base();
    const shares = new Map<string, number>();
    space.inputs.forEach(({ drawKey, whole }, number) => {
      const band = doubts[number];
      if (band === undefined || band.low === band.high) return;
      // Inputs of one key turn out alike.
      const share = shares.get(drawKey) ?? uniform();
      shares.set(drawKey, share);
      const value = atArea(band.low, band.base, band.high, share);
      values[number] = whole ? Math.round(value) : value;
    });
    return bills.map((bill) => bill.monthlyUsd(values));
  });
}

/** First value from the base towards an end at which the margin is no longer below 0; in 100 even steps, then halved. */
function firstTurn(margin: (value: number) => number, base: number, end: number): number | null {
  const STEPS = 100;
  for (let step = 1; step <= STEPS; step += 1) {
    const at = (share: number) => base + (end - base) * share;
    if (margin(at(step / STEPS)) < 0) continue;
    let [near, far] = [at((step - 1) / STEPS), at(step / STEPS)];
    for (let halved = 0; halved < 50; halved += 1) {
      const middle = (near + far) / 2;
      if (margin(middle) < 0) near = middle;
      else far = middle;
    }
    return far;
  }
  return null;
}

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? Number.NaN;

describe.each(['knowledge', 'scale'])('the sensitivity of %s, recomputed', (name) => {
  const decision = shippedCase(name);
  const { options, space, doubts } = decision;
  const at = (bill: BillFunction, number: number, value: number) => {
    const values = space.base();
    values[number] = value;
    return bill.monthlyUsd(values);
  };

  it('P10, P50 and P90 are those of independent draws within 1.5 %, the shares within 3 points', () => {
    const drawn = independentDraws(decision);
    const wins = options.map(
      (_, index) => drawn.filter((usd) => usd[index] === Math.min(...usd)).length / DRAWS,
    );
    const said = monteCarlo(decision, { draws: 10_000, seed: 1 });
    said.forEach(({ p10Usd, p50Usd, p90Usd, cheapestShare }, index) => {
      const usd = drawn.map((one) => one[index] ?? 0);
      expect(Math.abs(p10Usd / quantile(usd, 0.1) - 1)).toBeLessThan(0.015);
      expect(Math.abs(p50Usd / quantile(usd, 0.5) - 1)).toBeLessThan(0.015);
      expect(Math.abs(p90Usd / quantile(usd, 0.9) - 1)).toBeLessThan(0.015);
      expect(Math.abs((cheapestShare ?? 0) - (wins[index] ?? 0))).toBeLessThan(0.03);
    });
  });

  it('the five longest bars are the five largest of one input at a time', () => {
    for (const option of options) {
      const moves = [...new Set(option.bill.dependsOn)].map((number) => {
        const [input, band] = [space.inputs[number], doubts[number]];
        if (input === undefined || band === undefined) throw new Error('an input without a band');
        const base = option.bill.monthlyUsd(space.base());
        const [low, high] = [at(option.bill, number, band.low), at(option.bill, number, band.high)];
        return { id: input.id, usd: Math.max(Math.abs(low - base), Math.abs(high - base)) };
      });
      const bars = tornado(option, decision);
      // The bill does not say what an input costs by which other things would be bought.
      const planned = new Set(bars.flatMap(({ input, otherPlan }) => (otherPlan ? [input] : [])));
      const five = bars.filter(({ input }) => !planned.has(input)).slice(0, 5);
      const told = new Set(five.map(({ input }) => input));
      expect(five).toHaveLength(5);
      for (const { input, deltaUsd } of five) {
        expect(deltaUsd).toBeCloseTo(moves.find(({ id }) => id === input)?.usd ?? Number.NaN, 2);
      }
      const left = moves.filter(({ id }) => !told.has(id) && !planned.has(id)).map(({ usd }) => usd);
      expect(Math.max(...left)).toBeLessThanOrEqual((five.at(-1)?.deltaUsd ?? 0) + 0.01);
    }
  });

  it('the flips within the bands are all there are, at the same values', () => {
    const [winner, ...rivals] = options.toSorted(
      (a, b) => a.bill.monthlyUsd(space.base()) - b.bill.monthlyUsd(space.base()),
    );
    if (winner === undefined) throw new Error('no options');
    const expected = space.inputs.flatMap(({ id, whole }, number) => {
      const band = doubts[number];
      if (band === undefined || id === HORIZON) return [];
      const margin = (value: number) => {
        const stated = whole ? Math.round(value) : value;
        const cheapest = Math.min(...rivals.map(({ bill }) => at(bill, number, stated)));
        return at(winner.bill, number, stated) - cheapest;
      };
      const turns = [band.low, band.high].flatMap((end) =>
        end === band.base ? [] : (firstTurn(margin, band.base, end) ?? []),
      );
      const [value] = turns.toSorted((a, b) => Math.abs(a - band.base) - Math.abs(b - band.base));
      return value === undefined ? [] : [{ id, value, width: band.high - band.low }];
    });
    const said = flips(winner, rivals, decision).filter(({ withinBand }) => withinBand);
    expect(said.map(({ input }) => input).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    for (const { id, value, width } of expected) {
      const found = said.find(({ input }) => input === id)?.value ?? Number.NaN;
      expect(Math.abs(found - value) / width).toBeLessThan(1e-4);
    }
  });
});
