import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';
import type { CapitalPurchase, Purchase } from '#lib/catalog/purchase';
import { exactly, type Band } from '#lib/units/band';

/** USD per unit with its origin, or why there is none. */
export type UnitPrice =
  | {
      readonly state: 'priced';
      readonly usd: Band;
      readonly unit: string;
      readonly source: SourceReference;
      readonly derived: boolean;
      readonly assumed: boolean;
      /** How the price came about, for the line's basis. */
      readonly basis: string;
      /** Ids of the price records and assumptions that went in. */
      readonly inputs: readonly string[];
    }
  | { readonly state: 'unpriced'; readonly unit: string; readonly why: string };

/** What one unit of a purchase costs: its price times its factor or surcharges, or the product of its assumptions. */
export function unitPriceOf(purchase: Exclude<Purchase, { kind: 'free' }>, prices: PriceBook): UnitPrice {
  switch (purchase.kind) {
    case 'assumed':
      return assumedPrice(purchase.assumptions, purchase.unit, prices);
    case 'usage':
      return listedPrice(purchase.price, prices);
    case 'recurring':
      return withFactor(listedPrice(purchase.price, prices), purchase.priceFactor, prices);
  }
  return withSurcharges(listedPrice(purchase.price, prices), purchase, prices);
}

function listedPrice(reference: PriceReference, prices: PriceBook): UnitPrice {
  const price = prices.price(reference);
  if (price.state === 'unpriced') return { state: 'unpriced', unit: price.unit, why: price.why };
  const { usd, unit, source, derived, basis, id } = price;
  return { state: 'priced', usd, unit, source, derived, assumed: false, basis, inputs: [id] };
}

/** The factor's own record decides too: without it, the term has no price. */
function withFactor(price: UnitPrice, reference: PriceReference | undefined, prices: PriceBook): UnitPrice {
  if (price.state === 'unpriced' || reference === undefined) return price;
  const factor = prices.price(reference);
  if (factor.state === 'unpriced') return { state: 'unpriced', unit: price.unit, why: factor.why };
  return {
    ...price,
    usd: multiply(price.usd, factor.usd),
    derived: true,
    basis: `${price.basis} × ${factor.usd.base} (${factor.id})`,
    inputs: [...price.inputs, factor.id],
  };
}

function withSurcharges(price: UnitPrice, purchase: CapitalPurchase, prices: PriceBook): UnitPrice {
  const surcharges = (purchase.surcharges ?? []).map((id) => prices.assumption(id));
  if (price.state === 'unpriced' || surcharges.length === 0) return price;
  const share = (bound: keyof Band) => 1 + surcharges.reduce((sum, surcharge) => sum + surcharge[bound], 0);
  return {
    ...price,
    usd: multiply(price.usd, { low: share('low'), base: share('base'), high: share('high') }),
    basis: `${price.basis} × (1 + ${surcharges.map(({ base, id }) => `${base} ${id}`).join(' + ')})`,
    inputs: [...price.inputs, ...surcharges.map(({ id }) => id)],
  };
}

function assumedPrice(ids: readonly string[], unit: string, prices: PriceBook): UnitPrice {
  const assumptions = ids.map((id) => prices.assumption(id));
  const [first] = assumptions;
  if (first === undefined) throw new Error('an assumed purchase names no assumption');
  return {
    state: 'priced',
    usd: assumptions.reduce<Band>((product, assumption) => multiply(product, assumption), exactly(1)),
    unit,
    source: first.source,
    derived: false,
    assumed: true,
    basis: assumptions.map(({ base, id }) => `${base} ${id}`).join(' × '),
    inputs: ids,
  };
}

/** Prices, shares and factors are never negative, so bounds multiply with bounds. */
function multiply(a: Band, b: Band): Band {
  return { low: a.low * b.low, base: a.base * b.base, high: a.high * b.high };
}
