import type { PriceBook } from '#lib/catalog/prices';
import { benefitLines } from '#lib/cost/benefit-lines';
import type { Estimate, LineItem } from '#lib/cost/estimate';
import { cashFlowOf } from '#lib/cost/cash-need';
import { pricedLine } from '#lib/cost/line-item';
import { annuityFactor } from '#lib/cost/present-value';
import { priceAges, type DatedLine } from '#lib/cost/price-age';
import { totalsOf } from '#lib/cost/totals';
import { trafficPathOf } from '#lib/plan/demand';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/finance';

export interface EstimateContext {
  readonly prices: PriceBook;
  readonly finance: Finance;
  /** Day for which the bill is made: `2026-11-23`. */
  readonly asOf: string;
}

/**
 * The bill of a plan in USD: one line per purchase, then what follows from the plan and the stated benefit (delay,
 * downtime). Each line's `monthlyUsd` is the annuity of the present value of its cash over the horizon, so the lines add
 * up to the totals. A purchase without a price is listed as `unpriced` and makes every total mean "at least".
 */
export function estimateFromPlan(plan: Plan, { prices, finance, asOf }: EstimateContext): Estimate {
  const context = {
    prices,
    horizonMonths: finance.horizonMonths,
    discountRatePerYear: finance.discountRatePerYear,
    ...trafficPathOf(plan),
  };
  const benefit = benefitLines(plan, finance, asOf);
  const bought = plan.purchases.map((purchase) => pricedLine(purchase, context));
  const lines = [...bought.map(({ line }) => line), ...benefit.lines];
  const { horizonMonths, discountRatePerYear, benefitUsdPerMonth } = finance;
  const unpriced = lines.filter((line) => line.state === 'unpriced').map((line) => line.key);
  const ages = priceAges(datedLines(plan, lines), prices, asOf);
  return {
    schema: 'landfall/estimate/v1',
    environment: plan.environment,
    scenario: plan.scenario,
    option: plan.option,
    target: plan.target,
    asOf,
    horizonMonths,
    lines,
    totals: totalsOf(
      lines,
      benefitUsdPerMonth === 0
        ? null
        : benefitUsdPerMonth * annuityFactor(horizonMonths, discountRatePerYear),
    ),
    cash: cashFlowOf(
      bought.flatMap(({ line, cashUsd }) =>
        cashUsd === null ? [] : [{ tangible: line.tangible, byMonthUsd: cashUsd }],
      ),
      horizonMonths,
      benefitUsdPerMonth,
    ),
    atLeast: unpriced.length > 0,
    unpriced,
    stale: ages.stale,
    notes: [...benefit.notes, ...ages.notes],
    reconciliation: null,
  };
}

/** Each line with the price that its purchase asks for. */
function datedLines(plan: Plan, lines: readonly LineItem[]): DatedLine[] {
  const asked = new Map(
    plan.purchases.flatMap((purchase) =>
      'price' in purchase ? [[purchase.key, purchase.price] as const] : [],
    ),
  );
  return lines.map((line) => ({ line, price: asked.get(line.key) ?? null }));
}
