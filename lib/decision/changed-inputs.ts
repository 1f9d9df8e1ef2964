import type { PriceBookOverrides } from '#lib/catalog/price-book';
import { priceId, type PriceOverride } from '#lib/catalog/prices';
import {
  BENEFIT,
  DISCOUNT_RATE,
  GROWTH,
  HORIZON,
  VOLUME,
  type BillInput,
} from '#lib/cost/compiled/bill-input';
import { overridesOf } from '#lib/cost/finance-overrides';
import type { Finance } from '#lib/spec/schema/finance';
import type { Scenario } from '#lib/spec/schema/scenario';

export interface InputChange {
  readonly input: BillInput;
  readonly value: number;
}

/** What an environment says, as far as inputs can change it. */
export interface Stated {
  readonly finance: Finance;
  readonly scenario: Scenario;
  readonly overrides: PriceBookOverrides;
}

/** The same environment with other inputs. The doubt of a fleet is no input of an environment: `null`. */
export function changedInputs(
  { finance, scenario }: { readonly finance: Finance; readonly scenario: Scenario },
  changes: readonly InputChange[],
): Stated | null {
  let stated: Stated = { finance, scenario, overrides: overridesOf(finance) };
  for (const change of changes) {
    const next = changed(stated, change);
    if (next === null) return null;
    stated = next;
  }
  return stated;
}

function changed({ finance, scenario, overrides }: Stated, { input, value }: InputChange): Stated | null {
  const { traffic } = scenario;
  switch (input.kind) {
    case 'price': {
      const override = (id: string): [string, PriceOverride] => [
        id,
        { usd: value, document: 'another value of this input', asOf: input.source?.asOf ?? '' },
      ];
      const prices = Object.fromEntries(input.references.map((reference) => override(priceId(reference))));
      return { finance, scenario, overrides: { ...overrides, prices: { ...overrides.prices, ...prices } } };
    }
    case 'assumption':
      return {
        finance,
        scenario,
        overrides: { ...overrides, assumptions: { ...overrides.assumptions, [input.id]: value } },
      };
    case 'fleet':
      return null;
  }
  switch (input.id) {
    case HORIZON:
      return { finance: { ...finance, horizonMonths: value }, scenario, overrides };
    case DISCOUNT_RATE:
      return { finance: { ...finance, discountRatePerYear: value }, scenario, overrides };
    case BENEFIT:
      return { finance: { ...finance, benefitUsdPerMonth: value }, scenario, overrides };
    case GROWTH:
      return {
        finance,
        scenario: { ...scenario, traffic: { ...traffic, growthPerMonth: value } },
        overrides,
      };
    case VOLUME: {
      const { mean, peak } = traffic.requestsPerSecond;
      const requestsPerSecond = { mean: mean * value, peak: peak * value };
      return { finance, scenario: { ...scenario, traffic: { ...traffic, requestsPerSecond } }, overrides };
    }
  }
  throw new Error(`no environment states ${input.id}`);
}
