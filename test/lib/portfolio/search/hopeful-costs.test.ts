import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cheapestAssignment, type AssignmentProblem } from '#lib/portfolio/search/assignment';
import { hopefulCosts } from '#lib/portfolio/search/hopeful-costs';
import { setBounds } from '#lib/portfolio/search/set-bounds';

const SCENARIOS = 6;
const OPTIONS = 4;
const usd = fc.integer({ min: 0, max: 1_000 });
const each = <Value>(value: fc.Arbitrary<Value>, count: number) =>
  fc.array(value, { minLength: count, maxLength: count });

/** Options with something to pay once, servers that scenarios share, and what each scenario has for itself. */
const instance = fc.record({
  once: each(usd, OPTIONS),
  server: each(usd, OPTIONS),
  own: each(each(usd, SCENARIOS), OPTIONS),
  need: each(fc.double({ min: 0, max: 2, noNaN: true }), SCENARIOS),
});

it('the cheapest assignment is the same where only hopeful sets are priced, and fewer are', () => {
  let [asked, all] = [0, 0];
  fc.assert(
    fc.property(instance, ({ once, server, own, need }) => {
      const has = (set: number, scenario: number) => (set & (1 << scenario)) !== 0;
      const sumOf = (set: number, values: readonly number[]) =>
        values.reduce((sum, value, scenario) => (has(set, scenario) ? sum + value : sum), 0);
      const cost = (option: number, set: number) =>
        (once[option] ?? 0) +
        (server[option] ?? 0) * Math.ceil(sumOf(set, need)) +
        sumOf(set, own[option] ?? []);
      const everything = 2 ** SCENARIOS - 1;
      const problem: AssignmentProblem = {
        scenarios: SCENARIOS,
        options: OPTIONS,
        allowed: once.map(() => everything),
        cost,
      };
      const hopeful = hopefulCosts({
        ...problem,
        cost: (option, set, below) => {
          asked += 1;
          const usd = cost(option, set);
          return usd < below ? usd : Infinity;
        },
        isMonotone: () => true,
        own: (option, scenario) => own[option]?.[scenario] ?? 0,
        bounds: setBounds({
          scenarios: SCENARIOS,
          options: OPTIONS,
          load: (option, scenario) => ({
            ownUsd: own[option]?.[scenario] ?? 0,
            nodesUsd: Float64Array.of((server[option] ?? 0) * (need[scenario] ?? 0)),
          }),
          single: (option, scenario) => cost(option, 1 << scenario),
        }),
        known: Math.min(...once.map((_, option) => cost(option, everything))),
      });
      all += OPTIONS * everything;
      const best = cheapestAssignment({ ...problem, cost: hopeful });
      expect(best?.cost).toBeCloseTo(cheapestAssignment(problem)?.cost ?? Number.NaN, 6);
    }),
    { numRuns: 300 },
  );
  expect(asked).toBeLessThan(0.7 * all);
});
