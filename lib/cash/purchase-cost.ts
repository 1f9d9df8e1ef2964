import type { Purchase } from '#lib/catalog/purchase';
import { tranchesIn, type FleetCourse } from '#lib/cash/fleet-course';
import { annuityFactor, discountFactors } from '#lib/cash/present-value';
import { unitsOf } from '#lib/cash/quantity';
import { isCovered, supportTariff, supportUsd, tariffPrice } from '#lib/cash/support-tariff';
import type { Tranche } from '#lib/cash/tranche';
import { levelled, unitPrices, unitShapes, type ShapeContext } from '#lib/cash/unit-shape';

/** What turns purchases into one monthly figure. */
export interface CostContext extends ShapeContext {
  readonly awsSupportPlan: string | undefined;
}

/** What purchases cost over the horizon: two of these add up. */
export interface Cost {
  /** USD a month after tax, without the support plan. */
  readonly netUsd: number;
  /** USD by month of what the support plan covers, before tax; `null` where none is named. */
  readonly coveredUsd: readonly number[] | null;
}

/** Costs that are added up. */
export interface Adding {
  add(cost: Cost, times: number): void;
  sum(): Cost;
}

/** Base figures of the bill, as the annuity of the present value. Purchases without a price count nothing. */
export interface PurchaseCosts {
  of(purchases: readonly Purchase[], fleet: FleetCourse | null): Cost;
  /** Of purchases that are made at the end of a month, whatever the fleet does; 0 is the launch. */
  madeIn(month: number, purchases: readonly Purchase[]): Cost;
  adding(start: Cost): Adding;
  /** USD a month, the support plan with it. */
  monthlyUsd(cost: Cost): number;
  /** USD a month after tax of an amount at the end of a month; 0 is now. */
  levelledUsd(usd: number, month: number): number;
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Looks each price and each shape of the cash up once: a bill is linear in quantities, and in what is added when. */
export function purchaseCosts(context: CostContext): PurchaseCosts {
  const { horizonMonths, discountRatePerYear, taxRate, awsSupportPlan } = context;
  const factors = discountFactors(horizonMonths, discountRatePerYear);
  const annuity = annuityFactor(horizonMonths, discountRatePerYear);
  const worthOf = levelled(context);
  const shapeOf = unitShapes(context);
  const priceOf = unitPrices(context.prices);
  const charge = supportCharge(context);
  const nothing: Cost = {
    netUsd: 0,
    coveredUsd: awsSupportPlan === undefined ? null : Array.from({ length: horizonMonths + 1 }, () => 0),
  };
  const adding = (start: Cost) => {
    let { netUsd } = start;
    const coveredUsd = start.coveredUsd?.slice() ?? null;
    const cover = (cash: readonly number[], times: number) => {
      if (coveredUsd === null) return;
      for (let month = 0; month <= horizonMonths; month += 1) {
        coveredUsd[month] = (coveredUsd[month] ?? 0) + times * (cash[month] ?? 0);
      }
    };
    return {
      buy: (purchase: Bought, tranches: readonly Tranche[]) => {
        const usd = priceOf(purchase);
        if (usd === null) return;
        const shape = shapeOf(purchase);
        const isSupported = coveredUsd !== null && isCovered(purchase);
        for (const { month, share } of tranches) {
          const bought = unitsOf(purchase) * share * usd;
          netUsd += bought * shape(month).netUsd;
          if (isSupported) cover(shape(month).cash, bought);
        }
      },
      add: (cost: Cost, times: number) => {
        netUsd += times * cost.netUsd;
        if (cost.coveredUsd !== null) cover(cost.coveredUsd, times);
      },
      sum: (): Cost => ({ netUsd, coveredUsd }),
    };
  };
  const sumOf = (purchases: readonly Purchase[], tranchesOf: (purchase: Bought) => readonly Tranche[]) => {
    const bought = adding(nothing);
    for (const purchase of purchases) {
      if (purchase.kind !== 'free') bought.buy(purchase, tranchesOf(purchase));
    }
    return bought.sum();
  };
  return {
    of: (purchases, fleet) => sumOf(purchases, ({ follows }) => tranchesIn(follows, { fleet })),
    madeIn: (month, purchases) => {
      const tranches = [{ month, share: 1 }];
      return sumOf(purchases, () => tranches);
    },
    adding,
    monthlyUsd: ({ netUsd, coveredUsd }) =>
      coveredUsd === null ? netUsd : netUsd + (1 - taxRate) * worthOf(coveredUsd.map(charge)),
    levelledUsd: (usd, month) => ((1 - taxRate) * usd * (factors[month] ?? 0)) / annuity,
  };
}

/** What the named support plan charges for a month of what it covers. */
function supportCharge({ awsSupportPlan, prices }: CostContext): (usd: number) => number {
  if (awsSupportPlan === undefined) return () => 0;
  const { tiers, minimum } = supportTariff(awsSupportPlan, prices);
  const minimumUsd = tariffPrice(minimum, prices).usd;
  const shares = tiers.map(({ fromUsd, share }) => ({ fromUsd, share: tariffPrice(share, prices).usd }));
  return (usd) => supportUsd(usd, shares, minimumUsd);
}
