import type { Purchase } from '#lib/catalog/purchase';
import type { LineContext } from '#lib/cash/line-context';
import type { FleetCourse } from '#lib/cash/fleet-course';
import { AT_LAUNCH } from '#lib/cash/tranche';
import { paidBefore, worthOfWaiting } from '#lib/cash/before-launch';
import { cashOfTranches } from '#lib/cash/unit-cash';
import { monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { priceTerms } from '#lib/cash/price-terms';
import { unitPriceOf } from '#lib/cash/unit-price';

/** What one unit of a purchase is worth over the horizon, base figures. */
export interface UnitWorth {
  readonly monthlyUsd: number;
  readonly upfrontUsd: number;
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Of one unit, by when it is bought. */
export interface UnitWorths {
  readonly atLaunch: UnitWorth;
  /** One more at the end of a month, of a fleet that grows; 0 is the launch. */
  addedIn(month: number): UnitWorth;
}

/**
 * Looks prices and the shape of the cash up once for each kind of purchase: a bill is linear in its quantities, and in
 * what is added to them in which month. `null` where there is no price.
 */
export function unitWorths(context: LineContext): (purchase: Bought) => UnitWorths | null {
  const known = new Map<string, UnitWorths | null>();
  return (purchase) => {
    const key = kindOf(purchase);
    const found = known.get(key);
    if (found !== undefined) return found;
    const worths = worthsOf(purchase, context);
    known.set(key, worths);
    return worths;
  };
}

/** What a purchase asks of a fleet whose additions are stated one by one: that it grows. */
const GROWING: FleetCourse = { deployed: 1, gpusPerNode: 1, nodes: [1] };

function worthsOf(purchase: Bought, context: LineContext): UnitWorths | null {
  const price = unitPriceOf(purchase, context.prices);
  if (price.state === 'unpriced') return null;
  const usd = price.usd.base;
  const byMonth: (UnitWorth | undefined)[] = [];
  const before = paidBefore(purchase, { prices: context.prices }, 'base');
  const waiting = worthOfWaiting(before, context.discountRatePerYear);
  return {
    atLaunch: worthOf(usd, context, cashOfTranches(purchase, context, 'base', AT_LAUNCH), waiting),
    addedIn: (month) =>
      (byMonth[month] ??= worthOf(
        usd,
        context,
        cashOfTranches(purchase, { ...context, fleet: GROWING }, 'base', [{ month, share: 1 }]),
        month === 0 ? waiting : 0,
      )),
  };
}

function worthOf(
  usd: number,
  { horizonMonths, discountRatePerYear }: LineContext,
  cash: readonly number[],
  waiting = 0,
): UnitWorth {
  const worth = presentValue(cash, discountRatePerYear) + waiting;
  return {
    monthlyUsd: usd * monthlyEquivalent(worth, horizonMonths, discountRatePerYear),
    upfrontUsd: usd * (cash[0] ?? 0),
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
      ? `${purchase.lifeMonths} ${purchase.residual} ${purchase.paidBefore ?? ''}`
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
