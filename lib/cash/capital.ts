import type { PriceBook } from '#lib/catalog/prices';
import type { CapitalPurchase } from '#lib/catalog/purchase';
import { annuityFactor } from '#lib/cash/present-value';
import { AT_LAUNCH, type Tranche } from '#lib/cash/tranche';
import type { Band } from '#lib/units/band';

/** Which end of the doubt is computed: `low` is the cheap end. */
export type Bound = keyof Band;

/** Ages at which the second-hand market of servers is known, in months. */
const KNOWN_AGES_MONTHS = [12, 24, 36, 60] as const;

/** A share of its price by an age in months. */
export type ShareOfAge = (ageMonths: number) => number;

/**
 * Share of its price that a used server fetches. Linear between the known ages, from 1 when new; beyond the last
 * known age the last slope goes on, down to 0.
 */
function secondHandShares(prices: PriceBook, bound: Bound): ShareOfAge {
  const points = [
    { age: 0, share: 1 },
    ...KNOWN_AGES_MONTHS.map((age) => ({
      age,
      share: prices.assumption(`server.residual.share-${age}`)[bound],
    })),
  ];
  return (ageMonths) => {
    const next = points.findIndex((point, index) => index > 0 && ageMonths <= point.age);
    const index = next === -1 ? points.length - 1 : next;
    const [from, to] = [points[index - 1], points[index]];
    if (from === undefined || to === undefined) throw new Error('no second-hand shares are known');
    const slope = (to.share - from.share) / (to.age - from.age);
    return Math.max(0, from.share + slope * (ageMonths - from.age));
  };
}

/**
 * Share of the price that is left at an age. `straight-line` is the book value; `annuity` is what is still owed when the
 * price is paid off in equal amounts over the life, so that the months used bear one such amount each.
 */
export function residualShares(
  { residual, lifeMonths }: Pick<CapitalPurchase, 'residual' | 'lifeMonths'>,
  context: { readonly prices: PriceBook; readonly discountRatePerYear: number },
  bound: Bound,
): ShareOfAge {
  const remaining = (ageMonths: number) => Math.max(0, lifeMonths - ageMonths);
  switch (residual) {
    case 'server':
      return secondHandShares(context.prices, oppositeOf(bound));
    case 'straight-line':
      return (ageMonths) => remaining(ageMonths) / lifeMonths;
    case 'annuity': {
      const { discountRatePerYear } = context;
      const whole = annuityFactor(lifeMonths, discountRatePerYear);
      return (ageMonths) => annuityFactor(remaining(ageMonths), discountRatePerYear) / whole;
    }
  }
  return () => 0;
}

/**
 * Cash of one USD of capital: bought now, sold and bought again at today's price at the end of each life, sold at the
 * horizon; what is added later has a life of its own. Index 0 is now; index t the end of month t.
 */
export function capitalCash(
  lifeMonths: number,
  horizonMonths: number,
  share: ShareOfAge,
  tranches: readonly Tranche[] = AT_LAUNCH,
): number[] {
  const cash = Array.from({ length: horizonMonths + 1 }, () => 0);
  forEachLife(tranches, lifeMonths, horizonMonths, (bought, sold, units) => {
    cash[bought] = (cash[bought] ?? 0) + units;
    cash[sold] = (cash[sold] ?? 0) - units * share(sold - bought);
  });
  return cash;
}

/** Each tranche, and what replaces it at the end of each life: from which month to which, and how much of it. */
export function forEachLife(
  tranches: readonly Tranche[],
  lifeMonths: number,
  horizonMonths: number,
  visit: (bought: number, sold: number, units: number) => void,
): void {
  if (!Number.isInteger(lifeMonths) || lifeMonths < 1) throw new Error(`a life of ${lifeMonths} months`);
  for (const { month, share } of tranches) {
    for (let bought = month; bought < horizonMonths; bought += lifeMonths) {
      visit(bought, Math.min(bought + lifeMonths, horizonMonths), share);
    }
  }
}

/** A high residual makes a low cost. */
function oppositeOf(bound: Bound): Bound {
  if (bound === 'base') return 'base';
  return bound === 'low' ? 'high' : 'low';
}
