import { purchaseCosts, type PurchaseCosts } from '#lib/cash/purchase-cost';
import { completeFleet, type CompleteFleet, type Surroundings } from '#lib/plan/choice/complete-fleet';
import { whyItStays } from '#lib/plan/growth/fleet-growth';
import type { Context } from '#lib/plan/plan-request';
import type { Sized } from '#lib/plan/nodes/sized';

/** A complete fleet with its bill. */
export interface Billed {
  readonly complete: CompleteFleet;
  /** The bill of its plan: the annuity over the horizon. Infinite where its nodes have no price. */
  readonly usdPerMonth: number;
}

/** What a month's bill of an option is made of, and what of it does not depend on its nodes. */
export interface OptionBill {
  readonly costs: PurchaseCosts;
  /** Certification, audits and the benefit forgone while waiting, USD a month after tax. */
  readonly statedUsd: number;
  whole(sized: Sized): Billed | { readonly reasons: readonly string[] };
}

/**
 * The whole bill of candidates, as the estimate of their plan states it, to the rounding of its lines. Only what serves
 * while an option waits is left out, with the benefit that is forgone meanwhile: it is the same on all nodes.
 */
export function optionBill(around: Surroundings): OptionBill {
  const { context } = around;
  const { finance, scenario, prices, market } = context;
  const taxRate = finance.tax?.rate ?? 0;
  const costs = purchaseCosts({
    prices,
    horizonMonths: market.horizonMonths,
    discountRatePerYear: market.discountRatePerYear,
    growthPerMonth: scenario.traffic.growthPerMonth,
    ramp: scenario.traffic.ramp,
    seasonality: scenario.traffic.seasonality,
    taxRate,
    awsSupportPlan: finance.awsSupportPlan,
    grows: fleetGrows(context),
  });
  const statedUsd = statedBy(context, costs);
  return {
    costs,
    statedUsd,
    whole: (sized) => {
      const complete = completeFleet(around, sized);
      if ('reasons' in complete) return complete;
      if (complete.placement.usdPerHour === null) {
        return { complete, usdPerMonth: Number.POSITIVE_INFINITY };
      }
      const bought = costs.monthlyUsd(costs.of(complete.purchases, complete.course));
      const lostUsd = (1 - sized.sizing.availability) * finance.benefitUsdPerMonth;
      return { complete, usdPerMonth: bought + statedUsd + (1 - taxRate) * lostUsd };
    },
  };
}

/** Whether nodes are added to the fleets of an option within the horizon. */
export function fleetGrows(context: Context): boolean {
  return context.scenario.traffic.growthPerMonth > 0 && whyItStays(context) === null;
}

const DAYS_PER_MONTH = 365 / 12;

function statedBy({ finance, prices, target, knobs }: Context, costs: PurchaseCosts): number {
  const { fixedUsd = 0, usdPerYear = 0 } = finance.compliance ?? {};
  const waitDays = prices.assumption(target.leadTime(knobs).assumption).base;
  const waitUsd =
    finance.whileWaiting === undefined ? (waitDays / DAYS_PER_MONTH) * finance.benefitUsdPerMonth : 0;
  return costs.levelledUsd(fixedUsd + waitUsd, 0) + (1 - (finance.tax?.rate ?? 0)) * (usdPerYear / 12);
}
