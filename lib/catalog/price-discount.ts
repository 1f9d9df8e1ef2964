import type { Price } from '#lib/catalog/prices';
import { mapBand } from '#lib/units/band';

/** What a seller takes off its list, by contract: an enterprise discount. */
export interface PriceDiscount {
  /** Of the listed price, 0–1. */
  readonly share: number;
  readonly document: string;
  readonly asOf: string;
}

/** Units of prices that are a share of another price or of the bill: what they are a share of is discounted already. */
const SHARES = ['ratio', 'USD of monthly cost'];

/**
 * A listed or derived price less the discount of the longest part of its id that one is stated for: `aws`, `aws/ec2`,
 * `aws/ec2/p5.48xlarge`, … Without one, as it is.
 */
export function discounted(price: Price, discounts: Readonly<Record<string, PriceDiscount>>): Price {
  if (price.state === 'unpriced' || SHARES.includes(price.unit)) return price;
  const [longest] = Object.keys(discounts)
    .filter((part) => isPartOf(part, price.id))
    .toSorted((a, b) => b.length - a.length);
  const discount = longest === undefined ? undefined : discounts[longest];
  if (discount === undefined || discount.share === 0) return price;
  const { share, document, asOf } = discount;
  return {
    ...price,
    usd: mapBand(price.usd, (usd) => usd * (1 - share)),
    basis: `${price.basis}, less ${Number((share * 100).toPrecision(6))} % (${document} of ${asOf})`,
  };
}

/** Whole segments of an id, from its beginning. */
export function isPartOf(part: string, id: string): boolean {
  return id === part || id.startsWith(`${part}/`);
}
