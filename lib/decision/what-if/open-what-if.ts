import { compileBill } from '#lib/cost/compiled/bill-function';
import type { BillFunction } from '#lib/cost/compiled/bill-sums';
import { cashPatterns } from '#lib/cost/compiled/cash-pattern';
import { createInputSpace, type InputSpace } from '#lib/cost/compiled/input-space';
import type { PriceBook } from '#lib/catalog/prices';
import { thawed } from '#lib/decision/what-if/frozen-prices';
import type { PlannedCell, PlannedOption, WhatIf, WhatIfCase } from '#lib/decision/what-if/what-if-case';

/** What an option costs under other inputs. */
export interface WhatIfCost {
  readonly id: string;
  readonly atLeast: boolean;
  readonly gpus: number;
  /** `null` where it does not fit. */
  readonly monthlyUsd: number | null;
  readonly presentValueUsd: number | null;
  /** What is out by the end of each month, index 0 the launch. */
  readonly cumulativeUsd: readonly number[];
}

export interface OpenWhatIf {
  /** Every option, the cheapest first; those with unpriced lines after them, then those that do not fit. */
  at(whatIf: WhatIf): readonly WhatIfCost[];
}

interface OpenCell {
  readonly space: InputSpace;
  readonly bills: readonly { readonly option: PlannedOption; readonly bill: BillFunction | null }[];
}

/** Compiles the bills of a cell when it is first asked for. One move within it then costs a fraction of a millisecond. */
export function openWhatIf(whatIfCase: WhatIfCase, book: PriceBook = thawed(whatIfCase.prices)): OpenWhatIf {
  const opened = new Map<PlannedCell, OpenCell>();
  const openAt = ({ multiple, horizonMonths }: WhatIf): OpenCell => {
    const cell = whatIfCase.cells.find(
      (one) => one.multiple === multiple && one.horizonMonths === horizonMonths,
    );
    if (cell === undefined)
      throw new Error(`nothing is planned at ${multiple} × over ${horizonMonths} months`);
    const found = opened.get(cell) ?? openCell(cell, whatIfCase, book);
    opened.set(cell, found);
    return found;
  };
  return {
    at: (whatIf) => {
      const { space, bills } = openAt(whatIf);
      const values = valuesAt(whatIf, whatIfCase, space);
      return bills.map(({ option, bill }) => costOf(option, bill, values)).toSorted(byCost);
    },
  };
}

function openCell(cell: PlannedCell, { finance, traffic, plans }: WhatIfCase, prices: PriceBook): OpenCell {
  const { horizonMonths } = cell;
  const space = createInputSpace({
    prices,
    finance: { ...finance, horizonMonths },
    growthPerMonth: traffic.growthPerMonth,
  });
  const patterns = cashPatterns(space, traffic);
  const numbered = (number: number | null) => (number === null ? undefined : plans[number]);
  const interim = numbered(cell.meanwhile);
  const meanwhile = interim === undefined ? null : { interim: { plan: interim } };
  const bills = cell.options.map((option) => {
    const plan = numbered(option.plan);
    return { option, bill: plan === undefined ? null : compileBill({ plan, space, patterns, meanwhile }) };
  });
  return { space, bills };
}

function valuesAt({ levers: settings }: WhatIf, { levers }: WhatIfCase, space: InputSpace): Float64Array {
  const values = space.base();
  const known = new Map(space.inputs.map(({ id }, number) => [id, number]));
  for (const { id, inputs, does } of levers) {
    const setting = settings[id];
    if (setting === undefined) continue;
    for (const input of inputs) {
      // In another cell options may buy other things, at prices that this lever does not name.
      const number = known.get(input);
      if (number !== undefined) values[number] = does === 'set' ? setting : (values[number] ?? 0) * setting;
    }
  }
  return values;
}

function costOf(
  { id, atLeast, gpus }: PlannedOption,
  bill: BillFunction | null,
  values: Float64Array,
): WhatIfCost {
  if (bill === null) {
    return { id, atLeast, gpus, monthlyUsd: null, presentValueUsd: null, cumulativeUsd: [] };
  }
  let sum = 0;
  return {
    id,
    atLeast,
    gpus,
    monthlyUsd: bill.monthlyUsd(values),
    presentValueUsd: bill.presentValueUsd(values),
    cumulativeUsd: bill.cashUsd(values).map((usd) => (sum += usd)),
  };
}

/** A lower bound proves that an option is dear, never that it is cheap. */
function byCost(a: WhatIfCost, b: WhatIfCost): number {
  return (
    Number(a.monthlyUsd === null) - Number(b.monthlyUsd === null) ||
    Number(a.atLeast) - Number(b.atLeast) ||
    (a.monthlyUsd ?? Infinity) - (b.monthlyUsd ?? Infinity) ||
    (a.id < b.id ? -1 : 1)
  );
}
