import type { Purchase } from '#lib/catalog/purchase';
import type { LineContext } from '#lib/cash/line-context';
import { GROWING } from '#lib/cash/fleet-course';
import { AT_LAUNCH } from '#lib/cash/tranche';
import { paidBefore, worthOfWaiting } from '#lib/cash/before-launch';
import { cashOfTranches } from '#lib/cash/unit-cash';
import { monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { kindOfUnit } from '#lib/cash/quantity';
import { unitPriceOf } from '#lib/cash/unit-price';

/** What one unit of a purchase is worth over the horizon, base figures. */
export interface UnitWorth {
  readonly monthlyUsd: number;
  readonly upfrontUsd: number;
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Of one unit, by when it is bought. */
export interface UnitWorths {
  readonly atLaunch: UnitWorth;
  /** One more at the end of a month, of a fleet that grows; 0 is the launch. */
  addedIn(month: number): UnitWorth;
}

/**
 * Looks prices and the shape of the cash up once for each kind of purchase: a bill is linear in its quantities, and in
 * what is added to them in which month. `null` where there is no price.
 */
export function unitWorths(context: LineContext): (purchase: Bought) => UnitWorths | null {
  const known = new Map<string, UnitWorths | null>();
  return (purchase) => {
    const key = kindOfUnit(purchase);
    const found = known.get(key);
    if (found !== undefined) return found;
    const worths = worthsOf(purchase, context);
    known.set(key, worths);
    return worths;
  };
}

function worthsOf(purchase: Bought, context: LineContext): UnitWorths | null {
  const price = unitPriceOf(purchase, context.prices);
  if (price.state === 'unpriced') return null;
  const usd = price.usd.base;
  const byMonth: (UnitWorth | undefined)[] = [];
  const before = paidBefore(purchase, { prices: context.prices }, 'base');
  const waiting = worthOfWaiting(before, context.discountRatePerYear);
  return {
    atLaunch: worthOf(usd, context, cashOfTranches(purchase, context, 'base', AT_LAUNCH), waiting),
    addedIn: (month) =>
      (byMonth[month] ??= worthOf(
        usd,
        context,
        cashOfTranches(purchase, { ...context, fleet: GROWING }, 'base', [{ month, share: 1 }]),
        month === 0 ? waiting : 0,
      )),
  };
}

function worthOf(
  usd: number,
  { horizonMonths, discountRatePerYear }: LineContext,
  cash: readonly number[],
  waiting = 0,
): UnitWorth {
  const worth = presentValue(cash, discountRatePerYear) + waiting;
  return {
    monthlyUsd: usd * monthlyEquivalent(worth, horizonMonths, discountRatePerYear),
    upfrontUsd: usd * (cash[0] ?? 0),
  };
}
