import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cheapestAssignment,
  isExact,
  type Assignment,
  type AssignmentProblem,
} from '#lib/portfolio/search/assignment';
import { goodAssignment, type LargeProblem } from '#lib/portfolio/search/local-search';

/** An option costs a fixed amount once, each scenario its own, and its fleet the nodes for the summed load. */
interface Drawn {
  readonly fixed: readonly number[];
  readonly nodeUsd: readonly number[];
  readonly own: readonly (readonly number[])[];
  readonly load: readonly number[];
  readonly allowed: readonly number[];
  readonly upfront: readonly number[];
}

const SHAPE = fc.record({
  scenarios: fc.integer({ min: 1, max: 6 }),
  options: fc.integer({ min: 1, max: 4 }),
});
const amount = fc.integer({ min: 0, max: 100 });

const instance = SHAPE.chain(({ scenarios, options }) => {
  const each = <T>(value: fc.Arbitrary<T>, count: number) =>
    fc.array(value, { minLength: count, maxLength: count });
  return fc.record({
    fixed: each(amount, options),
    nodeUsd: each(amount, options),
    own: each(each(amount, scenarios), options),
    load: each(fc.integer({ min: 1, max: 20 }), scenarios),
    allowed: each(fc.integer({ min: 0, max: 2 ** scenarios - 1 }), options),
    upfront: each(amount, options),
  });
});

const membersOf = (set: number, count: number) =>
  Array.from({ length: count }, (_, index) => index).filter((index) => (set & (1 << index)) !== 0);

function costOf({ fixed, nodeUsd, own, load }: Drawn, option: number, scenarios: readonly number[]): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const nodes = Math.ceil(sum(scenarios.map((one) => load[one] ?? 0)) / 8);
  return (
    (fixed[option] ?? 0) +
    nodes * (nodeUsd[option] ?? 0) +
    sum(scenarios.map((one) => own[option]?.[one] ?? 0))
  );
}

function problemOf(drawn: Drawn, cap?: number): AssignmentProblem {
  const scenarios = drawn.load.length;
  return {
    scenarios,
    options: drawn.fixed.length,
    allowed: drawn.allowed,
    cost: (option, set) => costOf(drawn, option, membersOf(set, scenarios)),
    ...(cap === undefined ? {} : { capped: { cost: (option: number) => drawn.upfront[option] ?? 0, cap } }),
  };
}

/** Every assignment, one after the other. */
function exhaustive(drawn: Drawn, cap = Infinity): { cost: number; found: boolean } {
  const [scenarios, options] = [drawn.load.length, drawn.fixed.length];
  let best = Infinity;
  for (let code = 0; code < options ** scenarios; code += 1) {
    const optionOf = Array.from(
      { length: scenarios },
      (_, one) => Math.floor(code / options ** one) % options,
    );
    if (optionOf.some((option, one) => ((drawn.allowed[option] ?? 0) & (1 << one)) === 0)) continue;
    const used = [...new Set(optionOf)];
    if (used.reduce((sum, option) => sum + (drawn.upfront[option] ?? 0), 0) > cap) continue;
    const cost = used.reduce(
      (sum, option) =>
        sum +
        costOf(
          drawn,
          option,
          optionOf.flatMap((own, one) => (own === option ? [one] : [])),
        ),
      0,
    );
    best = Math.min(best, cost);
  }
  return { cost: best, found: best < Infinity };
}

/** What the found assignment really costs, and whether it keeps to what is allowed. */
function check(drawn: Drawn, { optionOf, cost }: Assignment): void {
  const used = [...new Set(optionOf)];
  const total = used.reduce(
    (sum, option) =>
      sum +
      costOf(
        drawn,
        option,
        optionOf.flatMap((own, one) => (own === option ? [one] : [])),
      ),
    0,
  );
  expect(total).toBeCloseTo(cost, 9);
  expect(optionOf.every((option, one) => ((drawn.allowed[option] ?? 0) & (1 << one)) !== 0)).toBe(true);
}

describe('the cheapest assignment', () => {
  it('equals exhaustive search on 200 random instances', () => {
    fc.assert(
      fc.property(instance, (drawn) => {
        const best = cheapestAssignment(problemOf(drawn));
        const expected = exhaustive(drawn);
        expect(best !== null).toBe(expected.found);
        expect(best?.cost ?? Infinity).toBeCloseTo(expected.cost, 9);
        if (best !== null) check(drawn, best);
      }),
      { numRuns: 200 },
    );
  });

  it('equals exhaustive search on 200 random instances with a cap on a second cost', () => {
    fc.assert(
      fc.property(instance, fc.integer({ min: 0, max: 250 }), (drawn, cap) => {
        const best = cheapestAssignment(problemOf(drawn, cap));
        const expected = exhaustive(drawn, cap);
        expect(best !== null).toBe(expected.found);
        expect(best?.cost ?? Infinity).toBeCloseTo(expected.cost, 9);
        expect(best?.cappedCost ?? 0).toBeLessThanOrEqual(cap);
      }),
      { numRuns: 200 },
    );
  });

  it('is searched exactly for twelve scenarios on eight options, and not for twenty', () => {
    expect(isExact(12, 8)).toBe(true);
    expect(isExact(20, 8)).toBe(false);
  });
});

function largeProblem(drawn: Drawn): LargeProblem {
  return {
    scenarios: drawn.load.length,
    options: drawn.fixed.length,
    allowed: (option, scenario) => ((drawn.allowed[option] ?? 0) & (1 << scenario)) !== 0,
    cost: (option, scenarios) => costOf(drawn, option, scenarios),
    least: (option, scenario) => ({
      ownUsd: drawn.own[option]?.[scenario] ?? 0,
      nodesUsd: Float64Array.of(((drawn.nodeUsd[option] ?? 0) * (drawn.load[scenario] ?? 0)) / 8),
    }),
    isThorough: drawn.load.length % 2 === 0,
  };
}

describe('the search beyond the exact one', () => {
  it('never lies below its bound or below the optimum, and reaches the optimum or says the gap', () => {
    fc.assert(
      fc.property(instance, (drawn) => {
        const found = goodAssignment(largeProblem(drawn));
        const expected = exhaustive(drawn);
        expect(found !== null).toBe(expected.found);
        expect(found?.cost ?? Infinity).toBeGreaterThanOrEqual(expected.cost - 1e-9);
        expect(found?.lowerBound ?? expected.cost).toBeLessThanOrEqual(expected.cost + 1e-9);
        if (found !== null) check(drawn, found);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps to a cap on a second cost, or finds nothing', () => {
    fc.assert(
      fc.property(instance, fc.integer({ min: 0, max: 250 }), (drawn, cap) => {
        const found = goodAssignment({
          ...largeProblem(drawn),
          capped: { cost: (option) => drawn.upfront[option] ?? 0, cap },
        });
        const expected = exhaustive(drawn, cap);
        if (found === null) return;
        expect(found.cappedCost).toBeLessThanOrEqual(cap);
        expect(found.cost).toBeGreaterThanOrEqual(expected.cost - 1e-9);
        expect(found.lowerBound).toBeLessThanOrEqual(expected.cost + 1e-9);
        check(drawn, found);
      }),
      { numRuns: 200 },
    );
  });
});
