import type { PriceBook } from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';
import type { Purchase } from '#lib/catalog/purchase';
import { priceTerms, type PriceTerm } from '#lib/cash/price-terms';
import type { Band } from '#lib/units/band';

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

/** One term with its value; `words` is how it reads as the first and as a later factor. */
interface Factor {
  readonly band: Band;
  readonly source: SourceReference | null;
  readonly derived: boolean;
  readonly words: { readonly first: string; readonly later: string };
  readonly inputs: readonly string[];
}

/** What one unit of a purchase costs: the product of its terms. Unpriced where a price among them is missing. */
export function unitPriceOf(purchase: Exclude<Purchase, { kind: 'free' }>, prices: PriceBook): UnitPrice {
  const factors: Factor[] = [];
  let why: string | undefined;
  for (const term of priceTerms(purchase)) {
    const factor = factorOf(term, prices);
    if ('why' in factor) why ??= factor.why;
    else factors.push(factor);
  }
  const [first] = factors;
  const unit = purchase.kind === 'assumed' ? purchase.unit : purchase.price.unit;
  if (why !== undefined) return { state: 'unpriced', unit, why };
  if (first?.source == null) throw new Error(`the price of ${purchase.key} has no first term`);
  return {
    state: 'priced',
    usd: factors.map(({ band }) => band).reduce(multiply),
    unit,
    source: first.source,
    derived:
      factors.some(({ derived }) => derived) ||
      (purchase.kind === 'recurring' && purchase.priceFactor !== undefined),
    assumed: purchase.kind === 'assumed',
    basis: factors.map(({ words }, index) => (index === 0 ? words.first : words.later)).join(' × '),
    inputs: factors.flatMap(({ inputs }) => inputs),
  };
}

function factorOf(term: PriceTerm, prices: PriceBook): Factor | { readonly why: string } {
  switch (term.kind) {
    case 'price': {
      const price = prices.price(term.reference);
      if (price.state === 'unpriced') return { why: price.why };
      const { usd, source, derived, id } = price;
      const words = { first: price.basis, later: `${usd.base} (${id})` };
      return { band: usd, source, derived, words, inputs: [id] };
    }
    case 'assumption': {
      const assumption = prices.assumption(term.id);
      const words = `${assumption.base} ${term.id}`;
      return {
        band: assumption,
        source: assumption.source,
        derived: false,
        words: { first: words, later: words },
        inputs: [term.id],
      };
    }
  }
  const parts = term.ids.map((id) => prices.assumption(id));
  const at = (bound: keyof Band) => parts.reduce((sum, part) => sum + part[bound], term.constant);
  const words = `(${[...(term.constant === 0 ? [] : [String(term.constant)]), ...parts.map(({ base, id }) => `${base} ${id}`)].join(' + ')})`;
  return {
    band: { low: at('low'), base: at('base'), high: at('high') },
    source: parts[0]?.source ?? null,
    derived: false,
    words: { first: words, later: words },
    inputs: term.ids,
  };
}

/** Prices, shares and factors are never negative, so bounds multiply with bounds. */
function multiply(a: Band, b: Band): Band {
  return { low: a.low * b.low, base: a.base * b.base, high: a.high * b.high };
}
