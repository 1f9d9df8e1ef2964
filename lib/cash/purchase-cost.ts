import type { Purchase } from '#lib/catalog/purchase';
import { paidBefore, worthOfWaiting } from '#lib/cash/before-launch';
import { residualShares } from '#lib/cash/capital';
import { GROWING, tranchesIn, type FleetCourse } from '#lib/cash/fleet-course';
import type { LineContext } from '#lib/cash/line-context';
import { annuityFactor, discountFactors } from '#lib/cash/present-value';
import { pricedBy, unitsOf } from '#lib/cash/quantity';
import { isCovered, supportTariff, supportUsd, tariffPrice } from '#lib/cash/support-tariff';
import { timingOf } from '#lib/cash/timing';
import type { Tranche } from '#lib/cash/tranche';
import { cashOfTranches } from '#lib/cash/unit-cash';
import { unitPriceOf } from '#lib/cash/unit-price';
import { deductions } from '#lib/cash/write-off';

/** What turns purchases into one monthly figure. */
export interface CostContext extends Omit<LineContext, 'fleet'> {
  /** Share of every cost that tax gives back; 0 before tax. */
  readonly taxRate: number;
  readonly awsSupportPlan: string | undefined;
  /** Whether the fleet that purchases follow grows. */
  readonly grows: boolean;
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

/** One USD of a purchase that is made at the end of a month. */
interface Shape {
  readonly netUsd: number;
  readonly cash: readonly number[];
}

/** Looks each price and each shape of the cash up once: a bill is linear in quantities, and in what is added when. */
export function purchaseCosts(context: CostContext): PurchaseCosts {
  const { horizonMonths, discountRatePerYear, taxRate, awsSupportPlan } = context;
  const factors = discountFactors(horizonMonths, discountRatePerYear);
  const annuity = annuityFactor(horizonMonths, discountRatePerYear);
  const worthOf = (cash: readonly number[]) => {
    let worth = 0;
    for (let month = 0; month <= horizonMonths; month += 1) {
      worth += (cash[month] ?? 0) * (factors[month] ?? 0);
    }
    return worth / annuity;
  };
  const shapeOf = rememberedShapes(context, worthOf);
  const priceOf = rememberedPrices(context);
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

function rememberedShapes(
  context: CostContext,
  worthOf: (cash: readonly number[]) => number,
): (purchase: Bought) => (month: number) => Shape {
  const { horizonMonths, discountRatePerYear, prices, taxRate, grows } = context;
  const path: LineContext = { ...context, fleet: grows ? GROWING : null };
  const madeIn = (purchase: Bought, month: number): Shape => {
    const tranches = [{ month, share: 1 }];
    const cash = cashOfTranches(purchase, path, 'base', tranches);
    const written =
      taxRate !== 0 && purchase.kind === 'capital'
        ? deductions(purchase.lifeMonths, horizonMonths, residualShares(purchase, path, 'base'), tranches)
        : cash;
    const waiting =
      month === 0 ? worthOfWaiting(paidBefore(purchase, { prices }, 'base'), discountRatePerYear) : 0;
    const before = waiting / annuityFactor(horizonMonths, discountRatePerYear);
    return { cash, netUsd: worthOf(cash) + before - (taxRate === 0 ? 0 : taxRate * worthOf(written)) };
  };
  const known = new Map<string, Shape[]>();
  return (purchase) => {
    const timing = timingOf(purchase);
    const byMonth = known.get(timing) ?? [];
    known.set(timing, byMonth);
    return (month) => (byMonth[month] ??= madeIn(purchase, month));
  };
}

/** USD of one unit, base figure; `null` without a price. */
function rememberedPrices({ prices }: CostContext): (purchase: Bought) => number | null {
  const known = new Map<string, number | null>();
  return (purchase) => {
    const id = pricedBy(purchase);
    const found = known.get(id);
    if (found !== undefined) return found;
    const price = unitPriceOf(purchase, prices);
    const usd = price.state === 'priced' ? price.usd.base : null;
    known.set(id, usd);
    return usd;
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
