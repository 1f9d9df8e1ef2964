import type { CapitalPurchase, Purchase } from '#lib/catalog/purchase';
import { DISCOUNT_RATE, GROWTH, HORIZON, VOLUME } from '#lib/cost/compiled/bill-input';
import type { InputSpace } from '#lib/cost/compiled/input-space';
import type { FleetCourse } from '#lib/cash/fleet-course';
import { fleetCourses } from '#lib/plan/growth/fleet-courses';
import type { LineContext } from '#lib/cash/line-context';
import { unitCash } from '#lib/cash/unit-cash';
import { paidBefore, worthOfWaiting, type PaidBefore } from '#lib/cash/before-launch';
import { discountFactors } from '#lib/cash/present-value';
import { writtenOffCash } from '#lib/cash/write-off';
import type { Plan } from '#lib/plan/plan';
import type { TrafficPath } from '#lib/cash/traffic-path';

/** One USD's worth of a purchase over time, at changing inputs. */
export interface CashPattern {
  /** Numbers of the inputs that shape it. */
  readonly shapedBy: readonly number[];
  /** Present value of one USD of it, at the launch. */
  worthUsd(values: Float64Array): number;
  /** The part of that which is the cost of having paid before the launch. */
  waitingUsd(values: Float64Array): number;
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
  'comesAndGoes',
  'shareOf',
  'price',
  'priceFactor',
  'priceShare',
  'surcharges',
]);

/** Of the plan that buys it: how its fleet grows. */
type Growth = Plan['growth'];

/** Patterns of one input space, each once however many lines of however many bills have it. */
export interface CashPatterns {
  of(purchase: Bought, growth?: Growth): CashPattern;
  /** What tax lets one deduct of one USD of capital: as it is written off, not as it is paid. */
  writtenOff(purchase: CapitalPurchase, growth?: Growth): CashPattern;
  /** Of an amount of nothing but its time. */
  plain(when: 'once' | 'monthly'): CashPattern;
}

/**
 * A pattern is made by the same code that a line's cash is, whatever its kind. It is made again only when an input that
 * was read while it was made has changed, and discounted again only when the rate has.
 */
export function cashPatterns(space: InputSpace, path: TrafficPath): CashPatterns {
  const known = new Map<string, CashPattern>();
  const discount = discounting(space);
  const courseOf = rememberedCourses();
  const once = (purchase: Bought, growth: Growth, what: string, shape: Shape): CashPattern => {
    const timing = Object.entries(purchase).filter(([name]) => !SHAPELESS.has(name));
    const grows = purchase.follows === undefined ? undefined : growth;
    const key = JSON.stringify([what, ...timing, grows]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const pattern = patternOf(purchase, shape, readInputs(space, path, courseOf(grows)), space, discount);
    known.set(key, pattern);
    return pattern;
  };
  const of = (purchase: Bought, growth?: Growth) =>
    once(purchase, growth, 'paid', (shaped, context) => ({
      cash: unitCash(shaped, context, 'base'),
      before: paidBefore(shaped, context, 'base'),
    }));
  return {
    of,
    writtenOff: (purchase, growth) =>
      once(purchase, growth, 'written off', (shaped, context) => ({
        cash: shaped.kind === 'capital' ? writtenOffCash(shaped, context) : [],
        before: null,
      })),
    plain: (when) => of({ ...PLAIN, when }),
  };
}

type CourseAt = (path: TrafficPath, horizonMonths: number) => FleetCourse | null;

/** The course of each fleet, made once for all patterns that follow it, and again only for another growth or horizon. */
function rememberedCourses(): (growth: Growth) => CourseAt {
  const known = new Map<string, CourseAt>();
  return (growth) => {
    const courses = fleetCourses(growth);
    if (courses === null) return () => null;
    const key = JSON.stringify(growth);
    let last: { readonly months: number; readonly perMonth: number; readonly course: FleetCourse } | null =
      null;
    const found: CourseAt =
      known.get(key) ??
      ((path, months) => {
        if (last?.months !== months || last.perMonth !== path.growthPerMonth) {
          last = { months, perMonth: path.growthPerMonth, course: courses(path, months) };
        }
        return last.course;
      });
    known.set(key, found);
    return found;
  };
}

type Shape = (purchase: Bought, context: LineContext) => TimedCash;

interface TimedCash {
  readonly cash: readonly number[];
  readonly before: PaidBefore | null;
}

const PLAIN = {
  kind: 'assumed',
  key: '',
  label: '',
  category: 'platform',
  basis: '',
  resources: [],
  tangible: false,
  quantity: 1,
  unit: 'month',
  assumptions: [],
} as const;

function patternOf(
  purchase: Bought,
  shape: Shape,
  inputs: ReturnType<typeof readInputs>,
  space: InputSpace,
  discount: ReturnType<typeof discounting>,
): CashPattern {
  const life =
    purchase.kind === 'capital' && purchase.lifeAssumption !== undefined
      ? space.assumption(purchase.lifeAssumption)
      : null;
  let { cash, before }: TimedCash = { cash: [], before: null };
  let [worth, waiting] = [0, 0];
  let discountedBy: Float64Array | null = null;
  const makeAt = (values: Float64Array): void => {
    inputs.start(values);
    const shaped =
      life === null || purchase.kind !== 'capital'
        ? purchase
        : { ...purchase, lifeMonths: Math.max(1, Math.round(inputs.read(life) * 12)) };
    ({ cash, before } = shape(shaped, inputs.context));
    discountedBy = null;
  };
  const refresh = (values: Float64Array): void => {
    if (inputs.haveChanged(values)) makeAt(values);
    const { factors, ratePerYear } = discount(values);
    if (factors === discountedBy) return;
    discountedBy = factors;
    waiting = worthOfWaiting(before, ratePerYear);
    worth = waiting;
    for (let month = 0; month < cash.length; month += 1) {
      worth += (cash[month] ?? 0) * (factors[month] ?? 0);
    }
  };
  makeAt(space.base());
  return {
    shapedBy: inputs.numbers(),
    worthUsd: (values) => {
      refresh(values);
      return worth;
    },
    waitingUsd: (values) => {
      refresh(values);
      return waiting;
    },
    series: (values) => {
      refresh(values);
      return cash;
    },
  };
}

/** A context for making cash that remembers what was read, and at which values. */
function readInputs(space: InputSpace, path: TrafficPath, courseAt: CourseAt) {
  const [horizon, rate, growth, volume] = [HORIZON, DISCOUNT_RATE, GROWTH, VOLUME].map((id) =>
    space.numberOf(id),
  );
  let now = space.base();
  let numbers: number[] = [];
  let seen: number[] = [];
  const read = (number: number | undefined): number => {
    const value = now[number ?? -1] ?? space.inputs[number ?? -1]?.band.base ?? Number.NaN;
    if (number !== undefined && !numbers.includes(number)) {
      numbers.push(number);
      seen.push(value);
    }
    return value;
  };
  const prices = space.assumptionsAt((number) => read(number));
  const context: LineContext = {
    ...path,
    prices,
    get horizonMonths() {
      return read(horizon);
    },
    get discountRatePerYear() {
      return read(rate);
    },
    get growthPerMonth() {
      return read(growth);
    },
    get volume() {
      return read(volume);
    },
    get fleet() {
      return courseAt({ ...path, growthPerMonth: read(growth) }, read(horizon));
    },
  };
  return {
    context,
    read,
    numbers: () => [...numbers],
    start: (values: Float64Array) => {
      [now, numbers, seen] = [values, [], []];
    },
    haveChanged: (values: Float64Array) => {
      for (let index = 0; index < numbers.length; index += 1) {
        if (values[numbers[index] ?? 0] !== seen[index]) return true;
      }
      return false;
    },
  };
}

/** Discount factors of a scenario, made once for all of its patterns. */
function discounting(space: InputSpace) {
  const [horizon = 0, rate = 0] = [HORIZON, DISCOUNT_RATE].map((id) => space.numberOf(id));
  let [months, perYear] = [-1, Number.NaN];
  let factors: Float64Array = new Float64Array();
  return (values: Float64Array): { factors: Float64Array; ratePerYear: number } => {
    if (values[horizon] !== months || values[rate] !== perYear) {
      [months, perYear] = [values[horizon] ?? 0, values[rate] ?? 0];
      factors = discountFactors(months, perYear);
    }
    return { factors, ratePerYear: perYear };
  };
}
