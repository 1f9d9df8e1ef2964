import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { Category } from '#lib/catalog/purchase';
import { VOLUME } from '#lib/cost/compiled/bill-input';
import type { Estimate } from '#lib/cost/estimate';
import { decisionCase } from '#lib/decision/decision-case';
import { buysTheSame } from '#lib/decision/quantity-response';
import { SUPPORT_PLANS, type Finance } from '#lib/spec/schema/finance';
import { loadEnvironment } from '#lib/spec/load-environment';
import { AS_OF } from '../../../_support/decision';

const catalog = loadCatalog();
const NAMES = ['pilot', 'support', 'knowledge', 'scale'];
const environments = NAMES.map((name) => loadEnvironment(`environments/${name}.yaml`, catalog).environment);

/** Every line that a bill can have beside its purchases, each present or not. */
const finances: fc.Arbitrary<Partial<Finance>> = fc.record({
  horizonMonths: fc.integer({ min: 1, max: 90 }),
  discountRatePerYear: fc.double({ min: 0, max: 0.3, noNaN: true }),
  benefitUsdPerMonth: fc.constantFrom(0, 40_000),
  awsSupportPlan: fc.option(fc.constantFrom(...SUPPORT_PLANS), { nil: undefined }),
  tax: fc.option(fc.record({ rate: fc.double({ min: 0, max: 0.6, noNaN: true }) }), { nil: undefined }),
  compliance: fc.option(fc.constant({ fixedUsd: 40_000, usdPerYear: 25_000 }), { nil: undefined }),
  whileWaiting: fc.option(fc.constantFrom('bedrock', 'eks', 'sagemaker'), { nil: undefined }),
});

it('a compiled bill is the bill, category by category, whatever is stated and drawn', () => {
  const seen = new Set<Category>();
  let compared = 0;
  fc.assert(
    fc.property(
      fc.nat({ max: environments.length - 1 }),
      finances,
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 25 }),
      (which, finance, optionPick, picks) => {
        const environment = environments[which];
        const [[scenarioId, scenario] = []] = Object.entries(environment?.scenarios ?? {});
        if (environment === undefined || scenarioId === undefined || scenario === undefined) return;
        const ids = Object.keys(environment.options);
        const only = [ids[optionPick % ids.length] ?? ''];
        const { space, options, doubts, planner } = decisionCase({
          environment: { ...environment, finance: { ...environment.finance, ...finance } },
          scenarioId,
          scenario,
          catalog,
          asOf: AS_OF,
          only,
          followsPlanning: false,
        });
        const [option] = options;
        if (option === undefined) return;
        const values = space.base();
        const drawn = option.bill.dependsOn.filter((number) => {
          const input = space.inputs[number];
          return input?.kind !== 'fleet' && input?.id !== VOLUME;
        });
        const changes = new Map(
          picks.flatMap(([pick, share]) => {
            const number = drawn[pick % drawn.length] ?? -1;
            const [input, band] = [space.inputs[number], doubts[number]];
            if (input === undefined || band === undefined) return [];
            const value = band.low + share * (band.high - band.low);
            values[number] = value;
            return [[number, { input, value }] as const];
          }),
        );
        const anew = planner.plan(option.id, [...changes.values()]);
        const interimAnew =
          planner.interim && planner.plan(planner.interim.plan.option, [...changes.values()]);
        if (anew === null || !buysTheSame(anew.plan, option.plan)) return;
        if (planner.interim && !(interimAnew && isAlike(interimAnew.plan, planner.interim.plan))) return;
        if (!isAlike(anew.plan, option.plan)) return;
        compared += 1;
        const [whole, compiled] = [categoriesOf(anew.estimate), option.bill.categoriesUsd(values)];
        for (const category of new Set([...whole.keys(), ...compiled.keys()])) {
          const [usd, other] = [whole.get(category) ?? 0, compiled.get(category) ?? 0];
          if (usd !== 0) seen.add(category);
          if (Math.abs(usd - other) > 0.005 + 1e-9 * usd) {
            throw new Error(`${category} of ${option.id}: ${usd} billed, ${other} compiled`);
          }
        }
        const total = [...compiled.values()].reduce((sum, usd) => sum + usd, 0);
        expect(option.bill.monthlyUsd(values)).toBeCloseTo(total, 4);
        const cash = option.bill.cashUsd(values);
        const rate = values[space.numberOf('finance.discount-rate-per-year')] ?? 0;
        const worth = cash.reduce(
          (sum, usd, month) => sum + usd / (1 + rate) ** (month / 12),
          option.bill.waitingUsd(values),
        );
        expect(worth / option.bill.presentValueUsd(values)).toBeCloseTo(1, 9);
      },
    ),
    { numRuns: 60, seed: 11 },
  );
  expect(compared).toBeGreaterThan(30);
  for (const category of ['delay', 'downtime', 'support', 'compliance', 'tax', 'exit', 'people'] as const) {
    expect([...seen]).toContain(category);
  }
});

/** The same in the same quantities: without following the planning, nothing else can be compared. */
function isAlike(a: Parameters<typeof buysTheSame>[0], b: Parameters<typeof buysTheSame>[0]): boolean {
  const quantities = ({ purchases }: typeof a) =>
    purchases.map((one) =>
      one.kind === 'free' ? 0 : 'quantity' in one ? one.quantity : one.quantityPerMonth,
    );
  return buysTheSame(a, b) && quantities(a).join() === quantities(b).join();
}

function categoriesOf({ lines }: Estimate): Map<Category, number> {
  const sums = new Map<Category, number>();
  for (const { category, monthlyUsd } of lines) {
    sums.set(category, (sums.get(category) ?? 0) + (monthlyUsd ?? 0));
  }
  return sums;
}
