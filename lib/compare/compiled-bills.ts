import type { PriceBook } from '#lib/catalog/prices';
import type { Interim } from '#lib/cost/benefit-lines';
import { compileBill } from '#lib/cost/compiled/bill-function';
import type { BillFunction } from '#lib/cost/compiled/bill-sums';
import { cashPatterns } from '#lib/cost/compiled/cash-pattern';
import { doubtOf } from '#lib/cost/compiled/doubt';
import { createInputSpace, type InputSpace } from '#lib/cost/compiled/input-space';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/schema/finance';
import type { Traffic } from '#lib/spec/schema/traffic';
import type { Band } from '#lib/units/band';

/** Bills of some options as functions of inputs that they share. */
export interface CompiledBills {
  readonly bills: readonly BillFunction[];
  readonly space: InputSpace;
  /** Band of each input on the day of the comparison, by its number. */
  readonly doubts: readonly Band[];
}

export interface CompiledBillsContext {
  readonly prices: PriceBook;
  readonly finance: Finance;
  readonly traffic: Pick<Traffic, 'growthPerMonth' | 'ramp' | 'seasonality'>;
  /** Day of the bills: prices are wider by their age. */
  readonly asOf: string;
  readonly interim: Interim | null;
}

export function compiledBills(plans: readonly Plan[], context: CompiledBillsContext): CompiledBills {
  const { prices, finance, traffic, asOf, interim } = context;
  const { growthPerMonth, ramp, seasonality } = traffic;
  const space = createInputSpace({ prices, finance, growthPerMonth });
  const patterns = cashPatterns(space, { growthPerMonth, ramp, seasonality });
  const meanwhile = interim === null ? null : { interim };
  const bills = plans.map((plan) => compileBill({ plan, space, patterns, meanwhile }));
  return { bills, space, doubts: space.inputs.map((input) => doubtOf(input, prices, asOf)) };
}
