import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { paidBefore, worthOfWaiting } from '#lib/cash/before-launch';
import { residualShares } from '#lib/cash/capital';
import { GROWING } from '#lib/cash/fleet-course';
import type { LineContext } from '#lib/cash/line-context';
import { annuityFactor, discountFactors } from '#lib/cash/present-value';
import { pricedBy } from '#lib/cash/quantity';
import { timingOf } from '#lib/cash/timing';
import { cashOfTranches } from '#lib/cash/unit-cash';
import { unitPriceOf } from '#lib/cash/unit-price';
import { deductions } from '#lib/cash/write-off';

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** One USD of a purchase that is made at the end of a month. */
export interface UnitShape {
  /** USD a month after tax, over the horizon. */
  readonly netUsd: number;
  /** USD by month: 0 is the launch. */
  readonly cash: readonly number[];
}

export interface ShapeContext extends Omit<LineContext, 'fleet'> {
  /** Share of every cost that tax gives back; 0 before tax. */
  readonly taxRate: number;
  /** Whether the fleet that purchases follow grows. */
  readonly grows: boolean;
}

/** Level monthly amount that cash by month is worth: the annuity of its present value. */
export function levelled({
  horizonMonths,
  discountRatePerYear,
}: Pick<LineContext, 'horizonMonths' | 'discountRatePerYear'>): (cash: readonly number[]) => number {
  const factors = discountFactors(horizonMonths, discountRatePerYear);
  const annuity = annuityFactor(horizonMonths, discountRatePerYear);
  return (cash) => {
    let worth = 0;
    for (let month = 0; month <= horizonMonths; month += 1) {
      worth += (cash[month] ?? 0) * (factors[month] ?? 0);
    }
    return worth / annuity;
  };
}

/** The shape of a purchase by the month in which it is made, each made once for all purchases of the same timing. */
export function unitShapes(context: ShapeContext): (purchase: Bought) => (month: number) => UnitShape {
  const { horizonMonths, discountRatePerYear, prices, taxRate, grows } = context;
  const path: LineContext = { ...context, fleet: grows ? GROWING : null };
  const worthOf = levelled(context);
  const madeIn = (purchase: Bought, month: number): UnitShape => {
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
  const known = new Map<string, UnitShape[]>();
  return (purchase) => {
    const timing = timingOf(purchase);
    const byMonth = known.get(timing) ?? [];
    known.set(timing, byMonth);
    return (month) => (byMonth[month] ??= madeIn(purchase, month));
  };
}

/** USD of one unit, base figure, each looked up once; `null` without a price. */
export function unitPrices(prices: PriceBook): (purchase: Bought) => number | null {
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
