import type { Purchase } from '#lib/catalog/purchase';
import type { Bound } from '#lib/cash/capital';
import type { LineContext } from '#lib/cash/line-context';
import { tranchesIn } from '#lib/cash/fleet-course';

const DAYS_PER_YEAR = 365;

/** The part of one USD's worth of a purchase that is paid before the launch, and how long before. */
export interface PaidBefore {
  readonly share: number;
  readonly days: number;
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/**
 * What is ordered so long before the launch that its money is out by then: a building, servers. Only what is deployed at
 * the launch: additions are paid when they stand. `null` of all else.
 */
export function paidBefore(
  purchase: Bought,
  context: Pick<LineContext, 'prices' | 'fleet'>,
  bound: Bound,
): PaidBefore | null {
  if (purchase.kind !== 'capital' || purchase.paidBefore === undefined) return null;
  const tranches = tranchesIn(purchase.follows, context);
  const share = tranches.reduce((sum, tranche) => sum + (tranche.month === 0 ? tranche.share : 0), 0);
  return share === 0 ? null : { share, days: context.prices.assumption(purchase.paidBefore)[bound] };
}

/**
 * What money that is out before the launch is worth at the launch beyond itself: share × ((1 + r)^(days ÷ 365) − 1). 0 at
 * a rate of 0, so that nominal sums stay nominal.
 */
export function worthOfWaiting(paid: PaidBefore | null, discountRatePerYear: number): number {
  if (paid === null) return 0;
  return paid.share * Math.expm1((Math.log1p(discountRatePerYear) * paid.days) / DAYS_PER_YEAR);
}
