import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROWTH, VOLUME } from '#lib/cost/compiled/bill-input';
import { buysTheSame } from '#lib/decision/quantity-response';
import { trafficPathOf } from '#lib/plan/demand';
import { fleetCourses } from '#lib/plan/growth/fleet-courses';
import type { Plan } from '#lib/plan/plan';
import { shippedCase } from '../../../_support/decision';

describe.each(['pilot', 'support', 'knowledge', 'scale'])('the bills of %s as functions', (name) => {
  const decision = shippedCase(name, { benefitUsdPerMonth: 5_000 });
  const { space, options, doubts, planner } = decision;

  it('equal the bills to the cent, every option', () => {
    expect(options.length).toBeGreaterThanOrEqual(6);
    for (const { bill, estimate } of options) {
      expect(Math.abs(bill.monthlyUsd(space.base()) - estimate.totals.monthlyUsd.base)).toBeLessThan(0.005);
      expect(Math.abs(bill.presentValueUsd(space.base()) - estimate.totals.presentValueUsd)).toBeLessThan(
        0.01,
      );
    }
  });

  it('equal the whole computation at both ends of an input that only the planning reads', () => {
    const off = options.flatMap(({ id, bill, fixed, plan, otherPlanAt }) =>
      bill.dependsOn
        .filter((number) => !fixed.dependsOn.includes(number) && !otherPlanAt.has(number))
        .flatMap((number) => {
          const input = space.inputs[number];
          if (input === undefined || input.kind === 'fleet' || input.id === GROWTH) return [];
          return [input.band.low, input.band.high].flatMap((value) => {
            const values = space.base();
            values[number] = value;
            const anew = planner.plan(id, [{ input, value }]);
            if (anew === null || !buysTheSame(anew.plan, plan)) return [];
            const usd = anew.estimate.totals.monthlyUsd.base;
            return [{ id, input: input.id, value, share: bill.monthlyUsd(values) / usd - 1 }];
          });
        }),
    );
    expect(off.filter(({ share }) => Math.abs(share) > 1e-4)).toEqual([]);
  });

  it('equal the whole computation under any change of inputs that leaves the plan as it is', () => {
    const drawn = space.inputs.flatMap((input, number) =>
      input.kind === 'fleet' || input.id === VOLUME ? [] : [{ input, number }],
    );
    let compared = 0;
    fc.assert(
      fc.property(
        fc.nat({ max: options.length - 1 }),
        fc.array(fc.tuple(fc.nat({ max: drawn.length - 1 }), fc.double({ min: 0, max: 1, noNaN: true })), {
          minLength: 1,
          maxLength: 6,
        }),
        (index, picks) => {
          const option = options[index];
          if (option === undefined) return;
          const values = space.base();
          const changes = new Map(
            picks.flatMap(([pick, share]) => {
              const one = drawn[pick];
              if (one === undefined || option.otherPlanAt.has(one.number)) return [];
              const { low, high } = doubts[one.number] ?? one.input.band;
              // What only the planning reads is known at the ends of its band; between them quantities are taken as linear.
              const isInBill = option.fixed.dependsOn.includes(one.number);
              const value = low + (isInBill ? share : Math.round(share)) * (high - low);
              values[one.number] = value;
              return [[one.number, { input: one.input, value }] as const];
            }),
          );
          const anew = planner.plan(option.id, [...changes.values()]);
          if (anew === null || !buysTheSame(anew.plan, option.plan)) return;
          compared += 1;
          const usd = anew.estimate.totals.monthlyUsd.base;
          // A growth that changes the deployed fleet changes its copies of the weights by replicas, the bill by nodes.
          const share = changes.has(space.numberOf(GROWTH)) ? 5e-5 : 1e-9;
          // Several inputs at once add other nodes in other months than each of them alone.
          const mostUsd = growsAlike(anew.plan, option.plan) ? 0.005 + share * usd : 0.01 * usd;
          expect(Math.abs(option.bill.monthlyUsd(values) - usd)).toBeLessThan(mostUsd);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
    expect(compared).toBeGreaterThan(30);
  });
});

const LONGEST_MONTHS = 60;

/** Whether both plans add the same nodes in the same months, under the traffic of the first. */
function growsAlike(one: Plan, other: Plan): boolean {
  const path = trafficPathOf(one);
  const nodesOf = ({ growth }: Plan) => fleetCourses(growth)?.(path, LONGEST_MONTHS).nodes.join();
  return nodesOf(one) === nodesOf(other);
}
