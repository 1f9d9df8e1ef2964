import type { PriceBook } from '#lib/catalog/prices';
import { isByUse } from '#lib/catalog/purchase';
import { growthBand } from '#lib/cost/doubt';
import { fleetCourses } from '#lib/cost/fleet-course';
import { quantityOf } from '#lib/cost/line-item';
import { monthlyEquivalent, presentValue } from '#lib/cost/present-value';
import { unitCash } from '#lib/cost/unit-cash';
import { unitPriceOf } from '#lib/cost/unit-price';
import { trafficPathOf } from '#lib/plan/demand';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/finance';
import type { Band } from '#lib/units/band';

/**
 * What of a bill moves with the growth of the traffic, USD a month at the low end, the base and the high end of its band:
 * what is paid by use, and what follows the fleet. `null` without growth.
 */
export function growthCosts(
  plan: Plan,
  prices: PriceBook,
  { horizonMonths, discountRatePerYear }: Pick<Finance, 'horizonMonths' | 'discountRatePerYear'>,
): Band | null {
  const path = trafficPathOf(plan);
  if (path.growthPerMonth === 0) return null;
  const courses = fleetCourses(plan.growth);
  const moving = plan.purchases.flatMap((purchase) => {
    if (purchase.kind === 'free') return [];
    if (!isByUse(purchase) && (purchase.follows === undefined || courses === null)) return [];
    const price = unitPriceOf(purchase, prices);
    return price.state === 'priced' ? [{ purchase, usd: price.usd.base * quantityOf(purchase, 'base') }] : [];
  });
  const at = (growthPerMonth: number): number => {
    const traffic = { ...path, growthPerMonth };
    const fleet = courses?.(traffic, horizonMonths) ?? null;
    const context = { ...traffic, prices, horizonMonths, discountRatePerYear, fleet };
    const worth = moving.reduce(
      (sum, { purchase, usd }) =>
        sum + usd * presentValue(unitCash(purchase, context, 'base'), discountRatePerYear),
      0,
    );
    return monthlyEquivalent(worth, horizonMonths, discountRatePerYear);
  };
  const band = growthBand(path.growthPerMonth, prices);
  return { low: at(band.low), base: at(band.base), high: at(band.high) };
}
