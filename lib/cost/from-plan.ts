import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import { benefitLines, type Interim } from '#lib/cost/benefit-lines';
import { cashFlowOf } from '#lib/cost/cash-need';
import { complianceLines } from '#lib/cost/compliance-lines';
import { fleetSteps, withoutGrowth } from '#lib/cost/billed-growth';
import type { BilledGrowth, Estimate } from '#lib/cost/estimate';
import { isEverPaid, type FleetCourse } from '#lib/cash/fleet-course';
import { fleetCourses } from '#lib/plan/growth/fleet-courses';
import { pricedLine } from '#lib/cost/line-item';
import { annuityFactor } from '#lib/cash/present-value';
import { priceAges } from '#lib/cost/price-age';
import { priceQuality } from '#lib/cost/price-quality';
import { supportLines } from '#lib/cost/support-line';
import { taxLines } from '#lib/cost/tax-lines';
import { totalsOf } from '#lib/cost/totals';
import { underuseOf } from '#lib/cost/underuse';
import { trafficPathOf } from '#lib/plan/demand';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/schema/finance';

export interface EstimateContext {
  readonly prices: PriceBook;
  readonly finance: Finance;
  /** Day for which the bill is made: `2026-11-23`. */
  readonly asOf: string;
  /** What serves until this option is ready. @default - nothing does */
  readonly interim?: Interim | null;
  /** Whether to say what it would be without growth, which is a bill of its own. @default true */
  readonly tellsGrowth?: boolean;
}

/**
 * The bill of a plan in USD: one line per purchase, then what follows from the lines and from `finance` (support, delay,
 * downtime, compliance, tax). Each line's `monthlyUsd` is the annuity of the present value of its cash over the horizon,
 * so the lines add up to the totals. A purchase without a price is listed as `unpriced` and makes every total mean "at
 * least".
 */
export function estimateFromPlan(plan: Plan, context: EstimateContext): Estimate {
  const { prices, finance, asOf, interim, tellsGrowth = true } = context;
  const { horizonMonths, discountRatePerYear, benefitUsdPerMonth, tax } = finance;
  const traffic = trafficPathOf(plan);
  const fleet = fleetCourses(plan.growth)?.(traffic, horizonMonths) ?? null;
  const path = { prices, horizonMonths, discountRatePerYear, fleet, ...traffic };
  const purchases = plan.purchases.filter(({ follows }) => isEverPaid(follows, fleet));
  const bought = purchases.map((purchase) => pricedLine(purchase, path));
  const benefit = benefitLines(plan, finance, asOf, interim ?? null);
  const others = [
    ...supportLines(purchases, bought, finance, prices),
    ...benefit.lines,
    ...complianceLines(finance, asOf),
  ];
  const all = [
    ...bought,
    ...others,
    ...taxLines(purchases, bought, others, finance, { prices, asOf, fleet }),
  ];
  const lines = all.map(({ line }) => line);
  const unpriced = lines.filter((line) => line.state === 'unpriced').map((line) => line.key);
  const asked = pricesAsked(plan);
  const ages = priceAges(lines, ({ key }) => asked.get(key) ?? null, prices, asOf);
  const netBenefitUsd = benefitUsdPerMonth * (1 - (tax?.rate ?? 0));
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
      benefitUsdPerMonth === 0 ? null : netBenefitUsd * annuityFactor(horizonMonths, discountRatePerYear),
    ),
    cash: cashFlowOf(
      all.flatMap(({ line, cashUsd, beforeLaunch }) =>
        cashUsd === null ? [] : [{ tangible: line.tangible, byMonthUsd: cashUsd, beforeLaunch }],
      ),
      horizonMonths,
      netBenefitUsd,
    ),
    ...(plan.demand.growthPerMonth === 0 || !tellsGrowth ? {} : { growth: grownBill(plan, fleet, context) }),
    ...(plan.scaling === undefined ? {} : { scaling: plan.scaling }),
    ...(plan.commitment === undefined ? {} : { commitment: plan.commitment }),
    underuse: underuseOf(plan, lines, path),
    atLeast: unpriced.length > 0,
    ...(benefit.isWaitAtLeast ? { waitAtLeast: true as const } : {}),
    unpriced,
    stale: ages.stale,
    notes: [...benefit.notes, ...ages.notes],
    prices: priceQuality(lines),
    reconciliation: null,
  };
}

function grownBill(plan: Plan, fleet: FleetCourse | null, context: EstimateContext): BilledGrowth {
  const without = estimateFromPlan(withoutGrowth(plan, context.finance.horizonMonths), context);
  return {
    withoutGrowthMonthlyUsd: without.totals.monthlyUsd.base,
    fleet: fleet === null ? [] : fleetSteps(fleet),
    stays: fleet === null && plan.sizing !== null,
  };
}

/** The price that each purchase asks for, by the key of its line. */
function pricesAsked(plan: Plan): ReadonlyMap<string, PriceReference> {
  return new Map(
    plan.purchases.flatMap((purchase) =>
      'price' in purchase ? [[purchase.key, purchase.price] as const] : [],
    ),
  );
}
