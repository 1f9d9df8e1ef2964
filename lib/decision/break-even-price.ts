import { VOLUME, type BillInput } from '#lib/cost/compiled/bill-input';
import type { BreakEvenPoint } from '#lib/decision/break-even-point';
import { firstCrossing } from '#lib/decision/crossing';
import type { DecisionCase, DecisionOption } from '#lib/decision/decision-case';
import { figure } from '#lib/units/figure';

/** Multiples of a price that are searched. */
const FARTHEST = 20;

/** Where the mean use of a fleet, the fleet staying as it is, makes both options cost the same. */
export function utilisationBreakEven(
  a: DecisionOption,
  b: DecisionOption,
  decision: DecisionCase,
): BreakEvenPoint {
  const [owner] = [a, b].filter(({ plan }) => plan.sizing !== null);
  const base = owner?.plan.sizing?.utilisation ?? null;
  const head = { over: 'utilisation', unit: 'share of the installed throughput', base } as const;
  if (owner === undefined || base === null || base === 0) {
    return {
      ...head,
      value: null,
      verdict: 'not-applicable',
      says: ['Neither option has a fleet of its own that could be used more or less.'],
    };
  }
  const number = decision.space.numberOf(VOLUME);
  const multiple = crossingMultiple(a, b, decision, [number], 1 / base);
  const value = multiple === null ? null : base * multiple;
  if (value !== null && value <= 1) {
    const [dear, cheap] = order(a, b, decision, [number], value / base);
    return {
      ...head,
      value,
      verdict: 'crosses',
      says: [
        `At ${figure(value * 100, 3)} % mean use of ${owner.id}'s fleet (${figure(base * 100, 3)} % here) both cost the same; ${value > base ? 'above' : 'below'} it ${cheap} is cheaper than ${dear}.`,
        ...(value > base
          ? [
              'The fleet is sized for the peak: it is used more only if the rest of the traffic rises towards that peak. More traffic of the same shape takes a larger fleet: see by volume.',
            ]
          : []),
      ],
    };
  }
  const beyond = crossingMultiple(a, b, decision, [number], FARTHEST / base);
  return beyond === null
    ? {
        ...head,
        value: null,
        verdict: 'never',
        says: [`No use of ${owner.id}'s fleet, up to all of it, changes the order.`],
      }
    : {
        ...head,
        value: null,
        verdict: 'beyond-capacity',
        says: [
          `Beyond the capacity: the fleet of ${owner.id} would have to serve ${figure(base * beyond, 3)} times what it can.`,
        ],
      };
}

/** Where the price of the GPUs, or of electricity, makes both options cost the same, the fleets staying as they are. */
export function priceBreakEven(
  over: 'gpu-price' | 'power-price',
  a: DecisionOption,
  b: DecisionOption,
  decision: DecisionCase,
): BreakEvenPoint {
  const isWanted = over === 'gpu-price' ? acceleratorPrices(a, decision) : [];
  const numbers =
    over === 'power-price'
      ? powerPrices([a, b], decision)
      : isWanted.length > 0
        ? isWanted
        : acceleratorPrices(b, decision);
  const owner = isWanted.length > 0 || over === 'power-price' ? a : b;
  const inputs = numbers.flatMap((number) => decision.space.inputs[number] ?? []);
  const [first] = inputs;
  const what = over === 'gpu-price' ? 'price of GPUs' : 'price of electricity';
  if (first === undefined) {
    return {
      over,
      unit: 'USD',
      base: null,
      value: null,
      verdict: 'not-applicable',
      says: [`Neither option pays a ${what} of its own.`],
    };
  }
  const head = { over, unit: first.unit, base: first.band.base };
  const multiple = crossingMultiple(a, b, decision, numbers, FARTHEST);
  if (multiple === null) {
    return {
      ...head,
      value: null,
      verdict: 'never',
      says: [`No ${what} from nothing to ${FARTHEST} times today's changes the order (${named(inputs)}).`],
    };
  }
  const value = first.band.base * multiple;
  const [dear, cheap] = order(a, b, decision, numbers, multiple);
  const whose = over === 'gpu-price' ? ` of ${owner.id}` : '';
  return {
    ...head,
    value,
    verdict: 'crosses',
    says: [
      `At ${figure(value)} ${first.unit}${whose}, ${figure(multiple, 3)} times today's ${figure(first.band.base)}, both cost the same; ${multiple > 1 ? 'above' : 'below'} it ${cheap} is cheaper than ${dear} (${named(inputs)}).`,
    ],
  };
}

/** Multiple of these inputs, down to nothing and up to `most`, at which the order turns: the nearer one. */
function crossingMultiple(
  a: DecisionOption,
  b: DecisionOption,
  decision: DecisionCase,
  numbers: readonly number[],
  most: number,
): number | null {
  const difference = differenceAt(a, b, decision, numbers);
  const sign = difference(1) < 0 ? 1 : -1;
  const ahead = (multiple: number) => difference(multiple) * sign;
  const [down, up] = [firstCrossing(ahead, 1, 0), most > 1 ? firstCrossing(ahead, 1, most) : null];
  if (down === null || up === null) return down ?? up;
  return 1 / Math.max(down, 1e-9) < up ? down : up;
}

/** Dearer and cheaper option, a little beyond the multiple. */
function order(
  a: DecisionOption,
  b: DecisionOption,
  decision: DecisionCase,
  numbers: readonly number[],
  multiple: number,
): [string, string] {
  const beyond = multiple + (multiple - 1) * 1e-3;
  return differenceAt(a, b, decision, numbers)(beyond) > 0 ? [a.id, b.id] : [b.id, a.id];
}

function differenceAt(
  a: DecisionOption,
  b: DecisionOption,
  { space }: DecisionCase,
  numbers: readonly number[],
): (multiple: number) => number {
  const [base, values] = [space.base(), space.base()];
  return (multiple) => {
    for (const number of numbers) values[number] = (base[number] ?? 0) * multiple;
    return a.bill.monthlyUsd(values) - b.bill.monthlyUsd(values);
  };
}

/** Numbers of the prices of nodes with accelerators, rented or bought. Price lists do not always name what is in a node. */
export function acceleratorPrices({ plan }: DecisionOption, { space, prices }: DecisionCase): number[] {
  const shapes = new Set(plan.nodePools.flatMap(({ role, shape }) => (role === 'gpu' ? [shape] : [])));
  return plan.purchases.flatMap((purchase) => {
    if (purchase.kind !== 'recurring' && purchase.kind !== 'capital') return [];
    const { seller, service, term, sku } = purchase.price;
    const isServer = purchase.kind === 'capital' && purchase.residual === 'server';
    const record = prices.listed({ seller, service, term }).find((one) => one.sku === sku);
    const hasAccelerators =
      shapes.has(sku) || record?.accelerator !== undefined || (record?.acceleratorCount ?? 0) > 0;
    const number = isServer || hasAccelerators ? space.price(purchase.price) : null;
    return number ?? [];
  });
}

function powerPrices(options: readonly DecisionOption[], { space }: DecisionCase): number[] {
  const used = new Set(options.flatMap(({ bill }) => bill.dependsOn));
  return [...used].filter((number) => space.inputs[number]?.unit === 'USD/kWh');
}

function named(inputs: readonly BillInput[]): string {
  return inputs.map(({ id }) => id).join(', ');
}
