import { priceId, type Price, type PriceBook, type PriceReference } from '#lib/catalog/prices';

/** What the price book answers, and the id that it was asked by. */
export interface AskedPrice {
  readonly id: string;
  readonly price: Price;
}

/**
 * Answers each question once: a bill of thousands of buckets asks for one price of storage. Questions are told apart by
 * their fields, since to spell an id for every line takes longer than to make the line.
 */
export function rememberedPrices(prices: PriceBook): (reference: PriceReference) => AskedPrice {
  const known = new Map<string, (AskedPrice & { readonly reference: PriceReference })[]>();
  return (reference) => {
    let ofSku = known.get(reference.sku);
    if (ofSku === undefined) known.set(reference.sku, (ofSku = []));
    for (const asked of ofSku) if (isSamePrice(asked.reference, reference)) return asked;
    const asked = { reference, id: priceId(reference), price: prices.price(reference) };
    ofSku.push(asked);
    return asked;
  };
}

export function isSamePrice(one: PriceReference, other: PriceReference): boolean {
  return (
    one.sku === other.sku &&
    one.service === other.service &&
    one.region === other.region &&
    one.unit === other.unit &&
    one.term === other.term &&
    one.seller === other.seller
  );
}
