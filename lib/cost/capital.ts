import type { PriceBook } from '#lib/catalog/prices';
import type { CapitalPurchase } from '#lib/catalog/purchase';
import { annuityFactor } from '#lib/cost/present-value';
import type { Band } from '#lib/units/band';

/** Which end of the doubt is computed: `low` is the cheap end. */
export type Bound = keyof Band;

/** Ages at which the second-hand market of servers is known, in months. */
const KNOWN_AGES_MONTHS = [12, 24, 36, 60] as const;

/**
 * Share of its price that a used server fetches. Linear between the known ages, from 1 when new; beyond the last
 * known age the last slope goes on, down to 0.
 */
export function secondHandShare(ageMonths: number, prices: PriceBook, bound: Bound): number {
  const points = [
    { age: 0, share: 1 },
    ...KNOWN_AGES_MONTHS.map((age) => ({
      age,
      share: prices.assumption(`server.residual.share-${age}`)[bound],
    })),
  ];
  const next = points.findIndex((point, index) => index > 0 && ageMonths <= point.age);
  const index = next === -1 ? points.length - 1 : next;
  const [from, to] = [points[index - 1], points[index]];
  if (from === undefined || to === undefined) throw new Error('no second-hand shares are known');
  const slope = (to.share - from.share) / (to.age - from.age);
  return Math.max(0, from.share + slope * (ageMonths - from.age));
}

/**
 * Share of the price that is left after `ageMonths`. `straight-line` is the book value; `annuity` is what is still
 * owed when the price is paid off in equal amounts over the life, so that the months used bear one such amount each.
 */
export function residualShare(
  purchase: Pick<CapitalPurchase, 'residual' | 'lifeMonths'>,
  ageMonths: number,
  context: { readonly prices: PriceBook; readonly discountRatePerYear: number },
  bound: Bound,
): number {
  const remaining = Math.max(0, purchase.lifeMonths - ageMonths);
  switch (purchase.residual) {
    case 'server':
      return secondHandShare(ageMonths, context.prices, oppositeOf(bound));
    case 'straight-line':
      return remaining / purchase.lifeMonths;
    case 'annuity':
      return (
        annuityFactor(remaining, context.discountRatePerYear) /
        annuityFactor(purchase.lifeMonths, context.discountRatePerYear)
      );
  }
  return 0;
}

/**
 * Cash of one USD of capital: bought now, sold and bought again at today's price at the end of each life, sold at the
 * horizon. Index 0 is now; index t the end of month t.
 */
export function capitalCash(
  lifeMonths: number,
  horizonMonths: number,
  share: (ageMonths: number) => number,
): number[] {
  if (!Number.isInteger(lifeMonths) || lifeMonths < 1) throw new Error(`a life of ${lifeMonths} months`);
  const cash = Array.from({ length: horizonMonths + 1 }, () => 0);
  for (let bought = 0; bought < horizonMonths; bought += lifeMonths) {
    const sold = Math.min(bought + lifeMonths, horizonMonths);
    cash[bought] = (cash[bought] ?? 0) + 1;
    cash[sold] = (cash[sold] ?? 0) - share(sold - bought);
  }
  return cash;
}

/** A high residual makes a low cost. */
function oppositeOf(bound: Bound): Bound {
  if (bound === 'base') return 'base';
  return bound === 'low' ? 'high' : 'low';
}
