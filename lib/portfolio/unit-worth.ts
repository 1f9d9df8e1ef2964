import type { Purchase } from '#lib/catalog/purchase';
import type { LineContext } from '#lib/cost/line-context';
import { unitCash } from '#lib/cost/unit-cash';
import { monthlyEquivalent, presentValue } from '#lib/cost/present-value';
import { priceTerms } from '#lib/cost/price-terms';
import { unitPriceOf } from '#lib/cost/unit-price';

/** What one unit of a purchase is worth over the horizon, base figures; `null` where it has no price. */
export interface UnitWorth {
  readonly monthlyUsd: number;
  readonly upfrontUsd: number;
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Looks prices and the shape of the cash up once for each kind of purchase: a bill is linear in its quantities. */
export function unitWorths(context: LineContext): (purchase: Bought) => UnitWorth | null {
  const known = new Map<string, UnitWorth | null>();
  return (purchase) => {
    const key = kindOf(purchase);
    const found = known.get(key);
    if (found !== undefined) return found;
    const worth = unitWorth(purchase, context);
    known.set(key, worth);
    return worth;
  };
}

function unitWorth(purchase: Bought, context: LineContext): UnitWorth | null {
  const price = unitPriceOf(purchase, context.prices);
  if (price.state === 'unpriced') return null;
  const { horizonMonths, discountRatePerYear } = context;
  const cash = unitCash(purchase, context, 'base');
  const worth = presentValue(cash, discountRatePerYear);
  return {
    monthlyUsd: price.usd.base * monthlyEquivalent(worth, horizonMonths, discountRatePerYear),
    upfrontUsd: price.usd.base * (cash[0] ?? 0),
  };
}

/** Everything that decides what one unit is worth, and not how many there are. */
function kindOf(purchase: Bought): string {
  const terms = priceTerms(purchase).map((term) => {
    if (term.kind === 'assumption') return term.id;
    if (term.kind === 'sum') return term.ids.join('+');
    const { seller, service, sku, region, term: sold, unit } = term.reference;
    return `${seller}/${service}/${sku}/${region}/${sold}/${unit}`;
  });
  const time =
    purchase.kind === 'capital'
      ? `${purchase.lifeMonths} ${purchase.residual}`
      : purchase.kind === 'assumed'
        ? `${purchase.when} ${purchase.everyMonths ?? ''}`
        : purchase.kind === 'recurring'
          ? `${purchase.when ?? ''} ${JSON.stringify(purchase.prepaid)}`
          : '';
  const follows = purchase.follows === undefined ? '' : JSON.stringify(purchase.follows);
  return `${purchase.kind} ${time} ${follows} ${terms.join(' ')}`;
}

/** Units that a purchase buys. */
export function unitsOf(purchase: Bought): number {
  return purchase.kind === 'recurring' || purchase.kind === 'usage'
    ? purchase.quantityPerMonth
    : purchase.quantity;
}
