import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { OptionRow } from '#lib/compare/comparison';
import { feasibleRow } from '#lib/compare/option-row';
import { paretoSet } from '#lib/compare/pareto';
import { recommend } from '#lib/compare/recommend';
import { DISCOUNT_RATE, HORIZON, VOLUME } from '#lib/cost/compiled/bill-input';
import { capitalCash, residualShares } from '#lib/cash/capital';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { targets } from '#lib/targets/index';
import { bookOf, financeOf, monthly, planOf, usage } from '../../_support/bill-builders';
import { AS_OF, shippedCase } from '../../_support/decision';

const prices = createPriceBook({ catalog: loadCatalog() });
const rate = fc.double({ min: 0, max: 0.4, noNaN: true });
const life = fc.integer({ min: 2, max: 180 });
const cases = ['pilot', 'knowledge', 'scale'].map((name) =>
  shippedCase(name, { benefitUsdPerMonth: 9_000, awsSupportPlan: 'business', tax: { rate: 0.25 } }),
);
/** By number: a counterexample that prints a whole case says nothing. */
const which = fc.nat({ max: cases.length - 1 });
const caseAt = (index: number) => {
  const found = cases[index];
  if (found === undefined) throw new Error('no such case');
  return found;
};

describe('the annuity of capital', () => {
  const annuity = (lifeMonths: number, horizon: number, r: number, share: (age: number) => number) =>
    monthlyEquivalent(presentValue(capitalCash(lifeMonths, horizon, share), r), horizon, r);

  it('never rises with the horizon as long as the same number is bought', () => {
    fc.assert(
      fc.property(life, fc.nat(4), fc.nat(), fc.nat(), rate, (lifeMonths, refreshes, one, other, r) => {
        const [shorter, longer] = [one, other]
          .map((pick) => refreshes * lifeMonths + 1 + (pick % lifeMonths))
          .toSorted((a, b) => a - b);
        const at = (horizon = 1) => annuity(lifeMonths, horizon, r, () => 0);
        expect(at(longer)).toBeLessThanOrEqual(at(shorter) * (1 + 1e-12));
      }),
    );
  });

  it.each(['server', 'straight-line', 'annuity'] as const)(
    'never rises within a life that ends in a residual value: %s',
    (residual) => {
      fc.assert(
        fc.property(life, fc.nat(), fc.nat(), rate, (lifeMonths, one, other, r) => {
          const [shorter, longer] = [one, other]
            .map((pick) => 1 + (pick % lifeMonths))
            .toSorted((a, b) => a - b);
          const share = (age: number) =>
            residualShares({ residual, lifeMonths }, { prices, discountRatePerYear: r }, 'base')(age);
          const at = (horizon = 1) => annuity(lifeMonths, horizon, r, share);
          expect(at(longer)).toBeLessThanOrEqual(at(shorter) * (1 + 1e-9));
        }),
      );
    },
  );
});

describe('the cost of a token', () => {
  it('never rises with the use of the same fleet, support plan and tax included', () => {
    const multiple = fc.double({ min: 0.01, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(which, multiple, multiple, (index, one, other) => {
        const { options, space } = caseAt(index);
        const [less, more] = [one, other].toSorted((a, b) => a - b);
        for (const { bill } of options) {
          const at = (volume = 1) => {
            const values = space.base();
            values[space.numberOf(VOLUME)] = volume;
            return bill.monthlyUsd(values) / volume;
          };
          expect(at(more)).toBeLessThanOrEqual(at(less) * (1 + 1e-12));
        }
      }),
    );
  });

  it('never rises where a busier fleet of the same size is planned', () => {
    const { planner, space, options } = caseAt(0);
    const input = space.inputs[space.numberOf(VOLUME)];
    if (input === undefined) throw new Error('no volume');
    let compared = 0;
    for (const { id } of options) {
      const planned = [0.25, 0.5, 1, 2, 4].flatMap((value) => {
        const found = planner.plan(id, [{ input, value }]);
        if (found === null) return [];
        const nodes = found.plan.nodePools.map(({ nodes: { desired } }) => desired).join();
        const usd = found.estimate.totals.monthlyUsd.base / value;
        return [
          {
            fleet: `${nodes} ${found.plan.serving?.precision}`,
            usd,
            use: found.plan.sizing?.utilisation ?? 0,
          },
        ];
      });
      planned.slice(1).forEach((next, index) => {
        const before = planned[index];
        if (before === undefined || before.fleet !== next.fleet) return;
        compared += 1;
        expect(next.use).toBeGreaterThanOrEqual(before.use);
        expect(next.usd).toBeLessThanOrEqual(before.usd);
      });
    }
    expect(compared).toBeGreaterThan(10);
  });
});

describe('a bill without a cost of capital', () => {
  it('is the nominal sum of its cash, over any horizon', () => {
    fc.assert(
      fc.property(which, fc.integer({ min: 1, max: 120 }), (index, months) => {
        const { options, space } = caseAt(index);
        const values = space.base();
        values[space.numberOf(DISCOUNT_RATE)] = 0;
        values[space.numberOf(HORIZON)] = months;
        for (const { bill } of options) {
          const nominal = bill.cashUsd(values).reduce((sum, usd) => sum + usd, 0);
          expect(bill.presentValueUsd(values) / nominal).toBeCloseTo(1, 9);
          expect((bill.monthlyUsd(values) * months) / nominal).toBeCloseTo(1, 9);
        }
      }),
    );
  });
});

describe('a month', () => {
  it('that is split between two bills adds up, whatever is split', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), (share, index) => {
        const plan = caseAt(0).options[index]?.plan;
        if (plan === undefined) throw new Error('no plan');
        const part = (of: number) =>
          estimateFromPlan(
            {
              ...plan,
              purchases: plan.purchases.map((one) =>
                one.kind === 'free'
                  ? one
                  : 'quantity' in one
                    ? { ...one, quantity: one.quantity * of }
                    : { ...one, quantityPerMonth: one.quantityPerMonth * of },
              ),
            },
            { prices, finance: financeOf(), asOf: AS_OF },
          ).totals.monthlyUsd.base;
        expect(part(share) + part(1 - share)).toBeCloseTo(part(1), 2);
      }),
      { numRuns: 30 },
    );
  });
});

describe('an option that costs more in every line', () => {
  it('is never recommended, whoever else competes', () => {
    const finance = financeOf();
    const usd = fc.integer({ min: 1, max: 100 });
    const rowOf = (id: string, [node = 0, tokens = 0, gateway = 0]: readonly number[], leadDays: number) => {
      const plan = planOf([monthly('node', 1), usage('tokens', 1), monthly('gateway', 1)]);
      const bill = estimateFromPlan(plan, {
        prices: bookOf({ node, tokens, gateway }),
        finance,
        asOf: AS_OF,
      });
      const row = feasibleRow({ id, title: undefined, target: targets.get('colo') }, plan, bill, finance);
      return { ...row, leadTimeDays: { low: leadDays, base: leadDays, high: leadDays } } satisfies OptionRow;
    };
    const lines = fc.tuple(usd, usd, usd);
    fc.assert(
      fc.property(
        lines,
        lines,
        fc.array(fc.tuple(lines, usd), { maxLength: 4 }),
        usd,
        fc.nat(30),
        (base, extra, others, lead, later) => {
          const dearer = base.map((each, index) => each + (extra[index] ?? 1));
          const rows = [
            rowOf('dearer', dearer, lead + later),
            rowOf('base', base, lead),
            ...others.map(([each, days], index) => rowOf(`other-${index}`, each, days)),
          ];
          expect(recommend(rows, paretoSet(rows), new Map()).recommended).not.toBe('dearer');
        },
      ),
    );
  });
});
