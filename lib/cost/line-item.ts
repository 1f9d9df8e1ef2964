import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { capitalCash, residualShare, type Bound } from '#lib/cost/capital';
import { monthlyCash, onceCash } from '#lib/cost/cash-flow';
import type { LineItem } from '#lib/cost/estimate';
import { monthlyEquivalent, presentValue } from '#lib/cost/present-value';
import { unitPriceOf, type UnitPrice } from '#lib/cost/unit-price';
import { roundUsd } from '#lib/units/money';

/** What turns a purchase into money over time. */
export interface LineContext {
  readonly prices: PriceBook;
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  /** Of the traffic; usage grows with it. */
  readonly growthPerMonth: number;
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Prices one purchase over the horizon. Never throws for a missing price: the line is then `unpriced`. */
export function lineItem(purchase: Purchase, context: LineContext): LineItem {
  if (purchase.kind === 'free') return freeLine(purchase);
  const price = unitPriceOf(purchase, context.prices);
  if (price.state === 'unpriced') return unpricedLine(purchase, price);
  const worth = (bound: Bound) => worthOf(purchase, price, context, bound);
  const monthly = (bound: Bound) =>
    roundUsd(
      monthlyEquivalent(worth(bound).presentValueUsd, context.horizonMonths, context.discountRatePerYear),
    );
  const base = worth('base');
  return {
    ...headOf(purchase),
    quantity: quantityOf(purchase, 'base'),
    unit: price.unit,
    unitPriceUsd: price.usd.base,
    monthlyUsd: monthly('base'),
    monthlyBandUsd: { low: monthly('low'), base: monthly('base'), high: monthly('high') },
    oneOffUsd: roundUsd(base.oneOffUsd),
    presentValueUsd: roundUsd(base.presentValueUsd),
    basis: `${purchase.basis}; price: ${price.basis}`,
    source: price.source,
    state: purchase.kind === 'usage' ? 'usage' : 'priced',
    derived: price.derived,
    assumed: price.assumed,
  };
}

function worthOf(
  purchase: Bought,
  price: Extract<UnitPrice, { state: 'priced' }>,
  context: LineContext,
  bound: Bound,
): { presentValueUsd: number; oneOffUsd: number } {
  const usd = quantityOf(purchase, bound) * price.usd[bound];
  const cash = unitCash(purchase, context, bound);
  return {
    presentValueUsd: usd * presentValue(cash, context.discountRatePerYear),
    oneOffUsd: usd * (cash[0] ?? 0),
  };
}

/** The shape in time of one USD's worth of this purchase. */
function unitCash(purchase: Bought, context: LineContext, bound: Bound): number[] {
  const { horizonMonths, discountRatePerYear, prices } = context;
  switch (purchase.kind) {
    case 'recurring':
      return monthlyCash(horizonMonths);
    case 'usage':
      return monthlyCash(horizonMonths, context.growthPerMonth);
    case 'assumed':
      return purchase.when === 'once' ? onceCash(horizonMonths) : monthlyCash(horizonMonths);
  }
  return capitalCash(purchase.lifeMonths, horizonMonths, (age) =>
    residualShare(purchase, age, { prices, discountRatePerYear, bound }),
  );
}

function quantityOf(purchase: Bought, bound: Bound): number {
  const base =
    purchase.kind === 'recurring' || purchase.kind === 'usage'
      ? purchase.quantityPerMonth
      : purchase.quantity;
  if (bound === 'base' || purchase.kind === 'usage') return base;
  return purchase.quantityBand?.[bound] ?? base;
}

function headOf({ key, label, category, resources, ...rest }: Purchase) {
  const tangible = rest.kind === 'assumed' ? rest.tangible : true;
  return { key, label, category, resources, tangible };
}

function unpricedLine(purchase: Bought, price: Extract<UnitPrice, { state: 'unpriced' }>): LineItem {
  return {
    ...headOf(purchase),
    quantity: quantityOf(purchase, 'base'),
    unit: price.unit,
    unitPriceUsd: null,
    monthlyUsd: null,
    monthlyBandUsd: null,
    oneOffUsd: null,
    presentValueUsd: null,
    basis: `${purchase.basis}; no price: ${price.why}`,
    source: null,
    state: 'unpriced',
    derived: false,
    assumed: false,
  };
}

function freeLine(purchase: Extract<Purchase, { kind: 'free' }>): LineItem {
  return {
    ...headOf(purchase),
    quantity: 0,
    unit: 'none',
    unitPriceUsd: 0,
    monthlyUsd: 0,
    monthlyBandUsd: { low: 0, base: 0, high: 0 },
    oneOffUsd: 0,
    presentValueUsd: 0,
    basis: `${purchase.basis}; free: ${purchase.why}`,
    source: null,
    state: 'free',
    derived: false,
    assumed: false,
  };
}
