import { isByUse, isInCopies, type Purchase } from '#lib/catalog/purchase';
import type { Bound } from '#lib/cash/capital';
import { growthWords } from '#lib/cash/fleet-course';
import { paidBefore, worthOfWaiting, type PaidBefore } from '#lib/cash/before-launch';
import { unitCash } from '#lib/cash/unit-cash';
import type { LineItem } from '#lib/cost/estimate';
import type { LineContext } from '#lib/cash/line-context';
import { monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { unitPriceOf, type UnitPrice } from '#lib/cash/unit-price';
import { roundUsd } from '#lib/units/money';

export interface PricedLine {
  readonly line: LineItem;
  /** Base cash, index 0 at the launch; `null` where there is no price. */
  readonly cashUsd: readonly number[] | null;
  /** What of the first of it is paid before the launch. @default - nothing */
  readonly beforeLaunch?: { readonly days: number; readonly usd: number };
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Prices one purchase over the horizon. Never throws for a missing price: the line is then `unpriced`. */
export function lineItem(purchase: Purchase, context: LineContext): LineItem {
  return pricedLine(purchase, context).line;
}

/** The line and its cash over the months. */
export function pricedLine(purchase: Purchase, context: LineContext): PricedLine {
  if (purchase.kind === 'free') return { line: freeLine(purchase), cashUsd: [] };
  const price = unitPriceOf(purchase, context.prices);
  if (price.state === 'unpriced') return { line: unpricedLine(purchase, price), cashUsd: null };
  const { horizonMonths, discountRatePerYear } = context;
  const worth = (bound: Bound) => {
    const cashUsd = cashOf(purchase, price, context, bound);
    const before = paidBefore(purchase, context, bound);
    const usd = quantityOf(purchase, bound) * price.usd[bound];
    const presentValueUsd =
      presentValue(cashUsd, discountRatePerYear) + usd * worthOfWaiting(before, discountRatePerYear);
    const monthlyUsd = roundUsd(monthlyEquivalent(presentValueUsd, horizonMonths, discountRatePerYear));
    return { cashUsd, presentValueUsd, monthlyUsd, before, usd };
  };
  const [low, base, high] = [worth('low'), worth('base'), worth('high')];
  const { key, label, category, resources } = purchase;
  // Field by field: a bill has hundreds of lines, and V8 makes what is added to a spread object one property at a time.
  const line: LineItem = {
    key,
    label,
    category,
    resources,
    tangible: isTangible(purchase),
    quantity: quantityOf(purchase, 'base'),
    unit: price.unit,
    unitPriceUsd: price.usd.base,
    monthlyUsd: base.monthlyUsd,
    monthlyBandUsd: { low: low.monthlyUsd, base: base.monthlyUsd, high: high.monthlyUsd },
    oneOffUsd: roundUsd(base.cashUsd[0] ?? 0),
    presentValueUsd: roundUsd(base.presentValueUsd),
    basis: `${purchase.basis}${growthWords(purchase.follows, context.fleet)}; price: ${price.basis}${beforeWords(purchase, base.before)}`,
    source: price.source,
    state: isByUse(purchase) && !isInCopies(purchase) ? 'usage' : 'priced',
    derived: price.derived,
    assumed: price.assumed,
  };
  const { before, usd } = base;
  return {
    line,
    cashUsd: base.cashUsd,
    ...(before === null ? {} : { beforeLaunch: { days: before.days, usd: usd * before.share } }),
  };
}

function beforeWords(purchase: Bought, before: PaidBefore | null): string {
  return before === null || purchase.kind !== 'capital'
    ? ''
    : `; paid ${before.days} days before the launch (${purchase.paidBefore})`;
}

function cashOf(
  purchase: Bought,
  price: Extract<UnitPrice, { state: 'priced' }>,
  context: LineContext,
  bound: Bound,
): number[] {
  const usd = quantityOf(purchase, bound) * price.usd[bound];
  return unitCash(purchase, context, bound).map((shareOfIt) => usd * shareOfIt);
}

/** Units that a purchase buys, at an end of the doubt of the sizing. */
export function quantityOf(purchase: Bought, bound: Bound): number {
  const base =
    purchase.kind === 'recurring' || purchase.kind === 'usage'
      ? purchase.quantityPerMonth
      : purchase.quantity;
  if (bound === 'base') return base;
  return purchase.quantityBand?.[bound] ?? base;
}

function headOf(purchase: Purchase) {
  const { key, label, category, resources } = purchase;
  return { key, label, category, resources, tangible: isTangible(purchase) };
}

function isTangible(purchase: Purchase): boolean {
  return purchase.kind === 'assumed' ? purchase.tangible : true;
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
