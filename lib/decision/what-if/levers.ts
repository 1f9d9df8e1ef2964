import { BENEFIT, DISCOUNT_RATE, GROWTH, type BillInput } from '#lib/cost/compiled/bill-input';
import { acceleratorPrices } from '#lib/decision/break-even-price';
import type { DecisionCase } from '#lib/decision/decision-case';
import { roundTo } from '#lib/units/money';
import type { Lever } from '#lib/decision/what-if/what-if-case';

const SALARY = 'people.loaded-usd-per-year';

/** What a reader may move in a case: only what the bill of some option depends on. */
export function leversOf(decision: DecisionCase): Lever[] {
  const { space, options } = decision;
  const used = new Set(options.flatMap(({ fixed }) => fixed.dependsOn));
  const inputs = space.inputs.filter((_, number) => used.has(number));
  const idsOf = (holds: (input: BillInput) => boolean) => inputs.filter(holds).map(({ id }) => id);
  const baseOf = (id: string) => inputs.find((input) => input.id === id)?.band.base ?? 0;
  const accelerators = new Set(
    options
      .flatMap((option) => acceleratorPrices(option, decision))
      .map((number) => space.inputs[number]?.id),
  );
  const multiple = { does: 'multiply', unit: 'multiple', low: 0.5, base: 1, high: 2, step: 0.05 } as const;
  const all: Lever[] = [
    set('discount', DISCOUNT_RATE, 'share', baseOf(DISCOUNT_RATE), 0.005, [0, 0.2]),
    set('growth', GROWTH, 'share', baseOf(GROWTH), 0.005, [0, 2 * baseOf(GROWTH)]),
    { id: 'accelerators', inputs: idsOf(({ id }) => accelerators.has(id)), ...multiple },
    {
      id: 'tokens',
      inputs: idsOf(({ kind, unit }) => kind === 'price' && unit.includes('tokens')),
      ...multiple,
    },
    set('salary', SALARY, 'USD/year', baseOf(SALARY), 5000, [60_000, 400_000]),
    { id: 'team', inputs: idsOf(({ unit }) => unit === 'FTE'), ...multiple },
    { id: 'electricity', inputs: idsOf(({ unit }) => unit === 'USD/kWh'), ...multiple },
    set('benefit', BENEFIT, 'USD/month', baseOf(BENEFIT), 1000, [0, 2 * baseOf(BENEFIT)]),
  ];
  const known = new Set(inputs.map(({ id }) => id));
  // What is nothing at base would need another plan to become something: growth, a benefit.
  return all.filter((lever) => lever.inputs.some((id) => known.has(id)) && lever.low < lever.high);
}

function set(
  id: Lever['id'],
  input: string,
  unit: Lever['unit'],
  base: number,
  step: number,
  [low, high]: readonly [number, number],
): Lever {
  // A slider stands only on whole steps from its low end, and it has to stand on the base.
  const steps = (end: number) => Math.max(0, Math.floor(Math.abs(end - base) / step + ROUNDING));
  const away = (count: number) => roundTo(base + count * step, 6);
  return {
    id,
    inputs: [input],
    does: 'set',
    unit,
    low: away(low < base ? -steps(low) : 0),
    base,
    high: away(high > base ? steps(high) : 0),
    step,
  };
}

const ROUNDING = 1e-9;
