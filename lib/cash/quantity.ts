import type { Purchase } from '#lib/catalog/purchase';
import { priceTerms } from '#lib/cash/price-terms';

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Units that a purchase buys. */
export function unitsOf(purchase: Bought): number {
  return purchase.kind === 'recurring' || purchase.kind === 'usage'
    ? purchase.quantityPerMonth
    : purchase.quantity;
}

/** Everything that decides the price of one unit. */
export function pricedBy(purchase: Bought): string {
  return priceTerms(purchase)
    .map((term) => {
      if (term.kind === 'assumption') return term.id;
      if (term.kind === 'sum') return term.ids.join('+');
      const { seller, service, sku, region, term: sold, unit } = term.reference;
      return `${seller}/${service}/${sku}/${region}/${sold}/${unit}`;
    })
    .join(' ');
}
