import type { Purchase } from '#lib/catalog/purchase';
import type { LineContext } from '#lib/cash/line-context';
import { unitPrices, unitShapes, type UnitShape } from '#lib/cash/unit-shape';

/** What one unit of a purchase is worth over the horizon before tax, base figures. */
export interface UnitWorth {
  readonly monthlyUsd: number;
  readonly upfrontUsd: number;
}

/** Of one unit, by when it is bought. */
export interface UnitWorths {
  readonly atLaunch: UnitWorth;
  /** One more at the end of a month, of a fleet that grows; 0 is the launch. */
  addedIn(month: number): UnitWorth;
}

/**
 * A bill is linear in its quantities, and in what is added to them in which month: price × shape, as
 * `purchaseCosts` adds them up. `null` where there is no price.
 */
export function unitWorths(
  context: LineContext,
): (purchase: Exclude<Purchase, { kind: 'free' }>) => UnitWorths | null {
  const standing = unitShapes({ ...context, taxRate: 0, grows: false });
  const growing = unitShapes({ ...context, taxRate: 0, grows: true });
  const priceOf = unitPrices(context.prices);
  return (purchase) => {
    const usd = priceOf(purchase);
    if (usd === null) return null;
    return {
      atLaunch: worthOf(usd, standing(purchase)(0)),
      addedIn: (month) => worthOf(usd, growing(purchase)(month)),
    };
  };
}

function worthOf(usd: number, { netUsd, cash }: UnitShape): UnitWorth {
  return { monthlyUsd: usd * netUsd, upfrontUsd: usd * (cash[0] ?? 0) };
}
