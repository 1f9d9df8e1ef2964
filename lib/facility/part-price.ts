import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { BomLine, PartGroup } from '#lib/facility/bom';
import type { Plant } from '#lib/targets/port/premises';
import { referenceOf } from '#lib/targets/purchases/price-references';
import { mapBand, scaleBand } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

export interface Part {
  readonly key: string;
  readonly label: string;
  readonly group: PartGroup;
  readonly quantity: number;
  readonly unit: string;
  readonly basis: string;
}

/** A part by the record of its price; unpriced where there is none. */
export function pricedPart(part: Part, reference: PriceReference | null, prices: PriceBook): BomLine {
  const price = reference === null ? null : prices.price(reference);
  if (price === null || price.state === 'unpriced') return { ...part, ...NO_PRICE, state: 'unpriced' };
  return {
    ...part,
    unitPriceUsd: mapBand(price.usd, roundUsd),
    usd: mapBand(scaleBand(price.usd, part.quantity), roundUsd),
    state: 'priced',
    source: price.source,
  };
}

/** One of `pieces` of a priced whole; assumed, since its maker sells it at a price of its own that nobody publishes. */
export function pieceOfPriced(
  part: Part,
  whole: { readonly reference: PriceReference | null; readonly pieces: number; readonly name: string },
  prices: PriceBook,
): BomLine {
  const line = pricedPart({ ...part, quantity: part.quantity / whole.pieces }, whole.reference, prices);
  if (line.state !== 'priced' || line.unitPriceUsd === null) return { ...line, ...part };
  return {
    ...line,
    ...part,
    unitPriceUsd: mapBand(line.unitPriceUsd, (usd) => roundUsd(usd / whole.pieces)),
    state: 'assumed',
    basis: `${part.basis}; each at 1/${whole.pieces} of the price of ${whole.name}`,
  };
}

/** A part by an assumption of the catalog. */
export function assumedPart(part: Part, assumption: string, prices: PriceBook): BomLine {
  const { low, base, high, source } = prices.assumption(assumption);
  const unit = { low, base, high };
  return {
    ...part,
    unitPriceUsd: unit,
    usd: mapBand(scaleBand(unit, part.quantity), roundUsd),
    state: 'assumed',
    source,
  };
}

/** A part that this list does not buy: the provider's, there already, or paid by another line of the bill. */
export function paidElsewhere(part: Part, plant: Plant): BomLine {
  if (plant === 'provider') return { ...part, ...NO_PRICE, state: 'provider' };
  if (plant === 'there') {
    return {
      ...part,
      ...NO_PRICE,
      state: 'there',
      basis: `${part.basis}; there with the room, as is assumed`,
    };
  }
  return { ...part, ...NO_PRICE, state: 'billed', basis: `${part.basis}; in ${plant.billedAs} of the bill` };
}

const NO_PRICE = { unitPriceUsd: null, usd: null, source: null } as const;

/** The record of a network part by its id; `null` where the catalog has none. */
export function networkPrice(priceId: string | null, prices: PriceBook): PriceReference | null {
  const record = prices.listed({ seller: 'hardware', service: 'network' }).find(({ id }) => id === priceId);
  return record === undefined ? null : referenceOf(record);
}
