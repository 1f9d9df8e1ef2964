import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH } from '#lib/units/money';

/**
 * USD per hour of the people that these purchases take every month. They come in steps of the fleet's size, so that a
 * few more small nodes can cost more than fewer large ones: the choice among nodes must see it.
 */
export function attendanceUsdPerHour(purchases: readonly Purchase[], prices: PriceBook): number {
  return purchases.reduce((usd, purchase) => {
    if (purchase.kind !== 'assumed' || purchase.tangible || purchase.when !== 'monthly') return usd;
    const effort = purchase.sumOf?.reduce((sum, id) => sum + prices.assumption(id).base, 0) ?? 1;
    const unitUsd = purchase.assumptions.reduce(
      (product, id) => product * prices.assumption(id).base,
      effort,
    );
    return usd + (purchase.quantity * unitUsd) / HOURS_PER_MONTH;
  }, 0);
}
