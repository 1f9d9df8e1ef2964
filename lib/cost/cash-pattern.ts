import type { Purchase } from '#lib/catalog/purchase';
import { DISCOUNT_RATE, GROWTH, HORIZON } from '#lib/cost/bill-input';
import type { InputSpace } from '#lib/cost/input-space';
import { unitCash, type LineContext } from '#lib/cost/line-item';
import { discountFactors } from '#lib/cost/present-value';

/** One USD's worth of a purchase over time, at changing inputs. */
export interface CashPattern {
  /** Numbers of the inputs that shape it. */
  readonly shapedBy: readonly number[];
  /** Present value of one USD of it. */
  worthUsd(values: Float64Array): number;
  /** Index 0 now, index t the end of month t. */
  series(values: Float64Array): readonly number[];
}

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** What has no part in the shape of a purchase's cash: its name, its amount and its price. */
const SHAPELESS = new Set([
  'key',
  'label',
  'category',
  'basis',
  'resources',
  'tangible',
  'quantity',
  'quantityPerMonth',
  'quantityBand',
  'unit',
  'assumptions',
  'sumOf',
  'shareOf',
  'price',
  'priceFactor',
  'surcharges',
]);

/**
 * Patterns of one input space, each once however many lines of however many bills have it. A pattern is made by the same
 * code that a line's cash is, whatever its kind; it is made again only when an input that shapes it has changed.
 */
export function cashPatterns(
  space: InputSpace,
  path: Omit<LineContext, 'prices' | 'horizonMonths' | 'discountRatePerYear'>,
) {
  const known = new Map<string, CashPattern>();
  const [horizon, rate, growth] = [HORIZON, DISCOUNT_RATE, GROWTH].map((id) => space.numberOf(id));
  const discount = rememberedFactors();
  return (purchase: Bought): CashPattern => {
    const shape = Object.entries(purchase).filter(([name]) => !SHAPELESS.has(name));
    const key = JSON.stringify(shape);
    const found = known.get(key);
    if (found !== undefined) return found;
    const contextAt = (values: Float64Array): LineContext => ({
      ...path,
      prices: space.bookAt(values),
      horizonMonths: at(values, horizon),
      discountRatePerYear: at(values, rate),
      growthPerMonth: at(values, growth),
    });
    const life =
      purchase.kind === 'capital' && purchase.lifeAssumption !== undefined
        ? space.assumption(purchase.lifeAssumption)
        : undefined;
    const cashAt = (values: Float64Array, context = contextAt(values)) =>
      unitCash(
        life === undefined || purchase.kind !== 'capital'
          ? purchase
          : { ...purchase, lifeMonths: Math.max(1, Math.round(at(values, life) * 12)) },
        context,
        'base',
      );
    const shapedBy = [horizon, rate, growth, life].flatMap((number) => number ?? []);
    // What the cash asks for while it is made is what it depends on.
    const asked = contextAt(space.base());
    cashAt(space.base(), {
      ...asked,
      prices: {
        ...asked.prices,
        assumption: (id) => {
          const number = space.assumption(id);
          if (!shapedBy.includes(number)) shapedBy.push(number);
          return asked.prices.assumption(id);
        },
      },
    });
    const pattern = remembering(shapedBy, cashAt, (values) =>
      discount(at(values, horizon), at(values, rate)),
    );
    known.set(key, pattern);
    return pattern;
  };
}

function remembering(
  shapedBy: readonly number[],
  cashAt: (values: Float64Array) => readonly number[],
  factorsAt: (values: Float64Array) => Float64Array,
): CashPattern {
  const last = new Float64Array(shapedBy.length).fill(Number.NaN);
  let cash: readonly number[] = [];
  let worth = 0;
  const refresh = (values: Float64Array) => {
    let changed = false;
    for (let index = 0; index < shapedBy.length; index += 1) {
      const value = values[shapedBy[index] ?? 0] ?? 0;
      if (value !== last[index]) {
        last[index] = value;
        changed = true;
      }
    }
    if (!changed) return;
    cash = cashAt(values);
    const factors = factorsAt(values);
    worth = 0;
    for (let month = 0; month < cash.length; month += 1) {
      worth += (cash[month] ?? 0) * (factors[month] ?? 0);
    }
  };
  return {
    shapedBy,
    worthUsd: (values) => {
      refresh(values);
      return worth;
    },
    series: (values) => {
      refresh(values);
      return cash;
    },
  };
}

/** Scenarios come in runs of one horizon, and all patterns of a scenario share its rate. */
function rememberedFactors() {
  let [months, rate] = [-1, Number.NaN];
  let factors: Float64Array = new Float64Array();
  return (wantedMonths: number, wantedRate: number): Float64Array => {
    if (wantedMonths !== months || wantedRate !== rate) {
      [months, rate] = [wantedMonths, wantedRate];
      factors = discountFactors(months, rate);
    }
    return factors;
  };
}

function at(values: Float64Array, number: number | undefined): number {
  return values[number ?? -1] ?? Number.NaN;
}
