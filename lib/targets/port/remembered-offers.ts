import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { Market } from '#lib/targets/target';

interface Answer<Value> {
  readonly catalog: Catalog;
  readonly value: Value;
}

/**
 * Makes what a target offers once for each book of prices and description of it: a portfolio plans the same option for
 * hundreds of parts of a demand, and each plan asks for every kind of node under every term.
 */
export function rememberedOffers<Knobs, Value>(
  make: (knobs: Knobs, market: Market) => Value,
): (knobs: Knobs, market: Market) => Value {
  const books = new WeakMap<PriceBook, Map<string, Answer<Value>>>();
  return (knobs, market) => {
    const { catalog, prices, horizonMonths, discountRatePerYear, onCall } = market;
    let answers = books.get(prices);
    if (answers === undefined) books.set(prices, (answers = new Map()));
    const key = JSON.stringify([knobs, horizonMonths, discountRatePerYear, onCall]);
    const known = answers.get(key);
    if (known?.catalog === catalog) return known.value;
    const value = make(knobs, market);
    answers.set(key, { catalog, value });
    return value;
  };
}
