import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FollowsFleet, Purchase } from '#lib/catalog/purchase';
import { withoutGrowth } from '#lib/cost/billed-growth';
import type { Estimate } from '#lib/cost/estimate';
import { multipleOf, tranchesOf } from '#lib/cash/fleet-course';
import { fleetCourses } from '#lib/plan/growth/fleet-courses';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { nodeCounter, type FleetGrowth } from '#lib/plan/growth/nodes-by-month';
import type { Plan } from '#lib/plan/plan';
import { assumed, bookOf, capital, financeOf, monthly, planOf } from '../../_support/bill-builders';
import { AS_OF, shippedCase } from '../../_support/decision';

/** One node for each multiple of the described peak, without spares: 10 % growth takes two nodes in the second month. */
const ONE_EACH: FleetGrowth = {
  nodes: 1,
  gpusPerNode: 8,
  partsPerNode: 8,
  minimumNodes: 1,
  sizeForMonth: 1,
  replicas: [
    {
      perDescribedPeak: 1,
      beyondLoad: 0,
      availability: 0.5,
      domains: { replicaUp: 1, nodeUp: 1, replicasPerNode: 1 },
      gpusPerReplica: 8,
      nodesPerReplica: 1,
    },
  ],
};

const following = (purchase: Purchase, follows: FollowsFleet): Purchase => ({ ...purchase, follows });

function cashOf(purchases: readonly Purchase[], horizonMonths: number): readonly number[] {
  const plan = planOf(purchases, {
    growth: ONE_EACH,
    demand: { ...planOf([]).demand, growthPerMonth: 0.1 },
  });
  const prices = bookOf({ rent: 100, server: 100 }, { fee: 100 });
  const finance = financeOf({ horizonMonths, discountRatePerYear: 0 });
  return estimateFromPlan(plan, { prices, finance, asOf: AS_OF }).cash.byMonthUsd;
}

describe('a bill of a fleet that grows, by hand', () => {
  // Peaks of months 1 to 9 are 1, 1.1 … 1.95 and 2.14 times the described one: 1, 2, … 2, 3 nodes.
  it('pays rent for the nodes of each month', () => {
    expect(cashOf([following(monthly('rent', 1), { by: 'nodes' })], 9)).toEqual([
      0, 100, 200, 200, 200, 200, 200, 200, 200, 300,
    ]);
  });

  it('pays for servers with a load of their own by that load, whatever nodes the fleet adds', () => {
    // 0.9, 0.99, 1.09 … 1.93 servers for the load and one beyond it: two, and three from month 3 on.
    const ownLoad = { by: 'own-load', deployed: 2, perDescribedPeak: 0.9, beyondLoad: 1 } as const;
    expect(cashOf([following(monthly('rent', 2), ownLoad)], 9)).toEqual([
      0, 200, 200, 300, 300, 300, 300, 300, 300, 300,
    ]);
    // A server that is hardly used stands beside a fleet that doubles.
    const idle = { ...ownLoad, deployed: 1, perDescribedPeak: 0.1, beyondLoad: 0 };
    expect(cashOf([following(monthly('rent', 1), idle)], 9).slice(1)).toEqual(Array(9).fill(100));
  });

  it('adds nodes where readers on them outgrow what is left', () => {
    const around: FleetGrowth = {
      ...ONE_EACH,
      partsPerNode: 10,
      takenParts: 2,
      readers: [{ perDescribedPeak: 1.2, beyondLoad: 0 }],
    };
    const nodesAt = nodeCounter(around);
    // 8 GPUs of one replica and 2, 3 or 5 of readers on nodes of 10.
    expect([1, 1.6, 1.7].map((multiple) => nodesAt(multiple))).toEqual([1, 2, 2]);
    expect(nodeCounter({ ...around, readers: [{ perDescribedPeak: 12, beyondLoad: 0 }] })(1)).toBe(2);
  });

  it('buys servers at the start of the month that takes them, replaces each after its own life, sells what is left', () => {
    // Life of 4 months: bought at 0, 1 and 8, again at 4, 8 and 5; at 9 they are 1, 4 and 1 months old.
    expect(cashOf([following(capital('server', 1, 'straight-line', 4), { by: 'nodes' })], 9)).toEqual([
      100, 100, 0, 0, 100, 100, 0, 0, 200, -150,
    ]);
  });

  it('builds for the most of each year when the year starts', () => {
    expect(cashOf([following(capital('server', 1, 'none', 60), { by: 'nodes-of-the-year' })], 9)).toEqual([
      300, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
  });

  it('pays people by the step that the fleet is on', () => {
    const step = (from: number, upTo: number | null) =>
      following(assumed(`from ${from}`, 1, ['fee']), { by: 'gpus-between', from, upTo });
    expect(cashOf([step(1, 8), step(9, 16)], 9)).toEqual([0, ...Array<number>(8).fill(100), 0]);
  });

  it('owes at the horizon what each term leaves, the deployed one first', () => {
    const left = { termMonths: 6, countedMonths: 6 };
    const owed: Purchase = { ...monthly('rent', 6), kind: 'recurring', when: 'at-end' } as Purchase;
    // Terms begin at 0, 1 and 8 and last six months: 5 are left of the third.
    expect(cashOf([following(owed, { by: 'nodes', leftOfTerm: left })], 9).at(-1)).toBe(500);
  });

  it('buys additions in one line or another by how long they serve', () => {
    const long = following(monthly('rent', 1), { by: 'nodes', monthsLeft: { atLeast: 5 } });
    const short = following(monthly('rent', 1), {
      by: 'nodes',
      additionsOnly: true,
      monthsLeft: { lessThan: 5 },
    });
    expect(cashOf([long], 9).at(-1)).toBe(200);
    expect(cashOf([short], 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 100]);
  });
});

const decision = shippedCase('scale');
const options = decision.options.map(({ id, plan }) => [id, plan] as const);
const billOf = (plan: Plan, horizonMonths = 60, discountRatePerYear = 0.09): Estimate =>
  estimateFromPlan(plan, {
    prices: decision.prices,
    finance: financeOf({ horizonMonths, discountRatePerYear }),
    asOf: AS_OF,
  });
const growingBy = (plan: Plan, growthPerMonth: number): Plan => ({
  ...plan,
  demand: { ...plan.demand, growthPerMonth },
});

describe.each(options)('the bill of %s', (_, plan) => {
  it('is that of the deployed fleet, to the cent, as long as that carries the traffic', () => {
    // Deployed for the peak of month 6. What a term leaves is counted for the horizon of the plan.
    const [growing, deployed] = [billOf(plan, 6), billOf(withoutGrowth(plan, 6), 6)];
    const standing = ({ lines }: Estimate) =>
      lines.flatMap(({ key, state, category, monthlyUsd }) =>
        state === 'usage' || category === 'exit' ? [] : [`${key} ${monthlyUsd}`],
      );
    expect(standing(growing)).toEqual(standing(deployed));
    expect(growing.growth?.withoutGrowthMonthlyUsd).toBe(deployed.totals.monthlyUsd.base);
  });

  it('is never lowered by more growth', () => {
    const totals = Array.from(
      { length: 31 },
      (_, step) => billOf(growingBy(plan, step / 1000)).totals.presentValueUsd,
    );
    totals.slice(1).forEach((usd, step) => expect(usd).toBeGreaterThanOrEqual((totals[step] ?? 0) - 0.01));
  });

  it('at a rate of zero is the plain sum of its cash', () => {
    const { totals, cash } = billOf(plan, 60, 0);
    expect(cash.byMonthUsd.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(totals.presentValueUsd, 0);
  });
});

// A lease takes the months left of the horizon in advance, and a savings plan is taken only where it lasts long enough.
describe.each(options.filter(([id]) => !['leased', 'eks'].includes(id)))('the cash of %s', (_, plan) => {
  it('up to a month does not know what later months need: a longer horizon adds to it', () => {
    const [two, three] = [billOf(plan, 24), billOf(plan, 36)];
    expect(three.cash.byMonthUsd.slice(0, 24)).toEqual(two.cash.byMonthUsd.slice(0, 24));
  });
});

describe('the additions to a fleet', () => {
  it('add up to what stands in the last month', () => {
    const kinds: FollowsFleet[] = [{ by: 'nodes' }, { by: 'root-of-nodes' }, { by: 'nodes-of-the-year' }];
    fc.assert(
      fc.property(
        fc.constantFrom(...options.flatMap(([, { growth }]) => (growth === undefined ? [] : [growth]))),
        fc.constantFrom(...kinds),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        fc.integer({ min: 1, max: 120 }),
        (growth, follows, growthPerMonth, months) => {
          const course = fleetCourses(growth)?.({ growthPerMonth }, months);
          if (course === undefined) return;
          const sum = tranchesOf(follows, course).reduce((all, { share }) => all + share, 0);
          expect(sum).toBeCloseTo(multipleOf(follows, course, months), 9);
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });
});
