import { priceId, type AssumptionValue, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';
import {
  BENEFIT,
  DISCOUNT_RATE,
  GROWTH,
  HORIZON,
  VOLUME,
  type BillInput,
} from '#lib/cost/compiled/bill-input';
import type { Finance } from '#lib/spec/schema/finance';
import { exactly, type Band } from '#lib/units/band';

/** All inputs of some bills, numbered, so that a scenario is one array of numbers and what bills share is one number. */
export interface InputSpace {
  readonly inputs: readonly BillInput[];
  /** Where the inputs stand, and what is stated besides: a support plan, tax, compliance. */
  readonly prices: PriceBook;
  readonly finance: Finance;
  /** The inputs as they are. A new array each time. */
  base(): Float64Array;
  /** Number of an input; throws for an id that no bill asked for. */
  numberOf(id: string): number;
  /** Number of the record behind a price; `null` where there is none. */
  price(reference: PriceReference): number | null;
  assumption(id: string): number;
  /** Adds an input of a bill's own; one that is there is kept. */
  add(input: BillInput): number;
  /** A book of these values, without bands. It answers assumptions only, which is all that cash over time asks for. */
  assumptionsAt(valueOf: (number: number) => number): PriceBook;
}

export interface InputSpaceProps {
  readonly prices: PriceBook;
  readonly finance: Finance;
  readonly growthPerMonth: number;
}

/** The inputs that every bill of an environment has; prices and assumptions are added as bills ask for them. */
export function createInputSpace({ prices, finance, growthPerMonth }: InputSpaceProps): InputSpace {
  const inputs: BillInput[] = [];
  const numbers = new Map<string, number>();
  const add = (input: BillInput): number => {
    const known = numbers.get(input.id);
    if (known !== undefined) return known;
    numbers.set(input.id, inputs.length);
    return inputs.push(input) - 1;
  };
  const assumption = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const { label, unit, source, low, base, high } = prices.assumption(id);
    return add(inputOf({ id, kind: 'assumption', label, unit, source, band: { low, base, high } }));
  };
  const price = (reference: PriceReference): number | null => {
    const found = prices.price(reference);
    if (found.state === 'unpriced') return null;
    const number = add(
      inputOf({
        id: found.id,
        kind: 'price',
        label: `${reference.sku}, ${reference.term}`,
        unit: `USD/${found.unit}`,
        source: found.source,
        band: found.usd,
      }),
    );
    const known = inputs[number];
    if (known !== undefined && !known.references.some((one) => priceId(one) === priceId(reference))) {
      inputs[number] = { ...known, references: [...known.references, reference] };
    }
    return number;
  };
  const own = (id: string, kind: 'finance' | 'traffic', label: string, unit: string, band: Band) =>
    add(
      inputOf({
        id,
        kind,
        label,
        unit,
        source: null,
        band,
        whole: id === HORIZON,
        ...(id === GROWTH ? { drawnValues: GROWTHS_DRAWN } : {}),
      }),
    );
  own(HORIZON, 'finance', 'Horizon', 'months', exactly(finance.horizonMonths));
  own(DISCOUNT_RATE, 'finance', 'Cost of capital', 'share/year', exactly(finance.discountRatePerYear));
  own(BENEFIT, 'finance', 'Benefit of being live', 'USD/month', exactly(finance.benefitUsdPerMonth));
  own(GROWTH, 'traffic', 'Growth of the traffic', 'share/month', exactly(growthPerMonth));
  own(VOLUME, 'traffic', 'Traffic, the fleet as planned', 'multiple of the planned traffic', exactly(1));
  return {
    inputs,
    prices,
    finance,
    base: () => Float64Array.from(inputs, ({ band }) => band.base),
    numberOf: (id) => {
      const number = numbers.get(id);
      if (number === undefined) throw new Error(`no bill depends on ${id}`);
      return number;
    },
    price,
    assumption,
    add,
    assumptionsAt: (valueOf) => {
      const asked = new Map<string, { readonly number: number; readonly value: AssumptionValue }>();
      return {
        price: () => {
          throw new Error('cash over time asks for no price');
        },
        listed: () => [],
        assumption: (id) => {
          const known = asked.get(id) ?? { number: assumption(id), value: prices.assumption(id) };
          asked.set(id, known);
          const { label, unit, source } = known.value;
          const value = valueOf(known.number);
          return { id, label, unit, source, low: value, base: value, high: value };
        },
      };
    },
  };
}

/** A quantile of the cost moves by less than a thousandth against as many values as draws. */
const GROWTHS_DRAWN = 500;

function inputOf(input: {
  readonly id: string;
  readonly kind: BillInput['kind'];
  readonly label: string;
  readonly unit: string;
  readonly source: SourceReference | null;
  readonly band: Band;
  readonly whole?: boolean;
  readonly drawnValues?: number;
}): BillInput {
  return { whole: false, references: [], drawKey: input.id, ...input };
}
