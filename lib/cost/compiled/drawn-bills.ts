import { DISCOUNT_RATE, GROWTH, type BillInput } from '#lib/cost/compiled/bill-input';
import type { BillFunction } from '#lib/cost/compiled/bill-sums';
import type { InputSpace } from '#lib/cost/compiled/input-space';
import type { Band } from '#lib/units/band';
import { stratified } from '#lib/units/stratified';
import { triangular } from '#lib/units/triangular';

export interface Draws {
  readonly draws: number;
  readonly seed: number;
  /** Most values of each input that makes the present value of all cash anew. @default - the input's own */
  readonly slowValues?: number;
}

/** Inputs each value of which makes all cash, or its present value, anew. */
const SLOW: readonly string[] = [GROWTH, DISCOUNT_RATE];

/**
 * Draws every input from a triangular distribution over its band, all bills from the same draw: USD a month of each bill
 * by draw. What bills share is one number in both.
 *
 * @param doubts - Band of each input, by its number
 */
export function drawnBills(
  bills: readonly BillFunction[],
  space: InputSpace,
  doubts: readonly Band[],
  { draws, seed, slowValues = Number.POSITIVE_INFINITY }: Draws,
): Float64Array[] {
  const used = new Set(bills.flatMap(({ dependsOn }) => dependsOn));
  const columns = space.inputs.flatMap((input, number) => {
    const band = doubts[number];
    if (band === undefined || band.low === band.high || !used.has(number)) return [];
    const strata = strataOf(input, slowValues);
    const values = stratified(draws, seed, input.drawKey).map((share) => {
      const value = triangular(band, Number.isFinite(strata) ? strataMiddle(share, strata) : share);
      return input.whole ? Math.round(value) : value;
    });
    return [{ number, values, isCoarse: Number.isFinite(strata) }];
  });
  const values = space.base();
  const costs = bills.map(() => new Float64Array(draws));
  const coarse = columns.flatMap((column) => (column.isCoarse ? [column.values] : []));
  for (const draw of inRuns(coarse, draws)) {
    for (const column of columns) values[column.number] = column.values[draw] ?? 0;
    bills.forEach((bill, index) => {
      const column = costs[index];
      if (column !== undefined) column[draw] = bill.monthlyUsd(values);
    });
  }
  return costs;
}

/** Evenly likely values that an input takes; infinite where every draw has its own. */
function strataOf({ id, drawnValues = Number.POSITIVE_INFINITY }: BillInput, slowValues: number): number {
  return SLOW.includes(id) ? Math.min(drawnValues, slowValues) : drawnValues;
}

/** The middle of the stratum that a share falls into. */
function strataMiddle(share: number, strata: number): number {
  return (Math.floor(share * strata) + 0.5) / strata;
}

/** Draws that share what is slow to change come one after the other. */
function inRuns(coarse: readonly Float64Array[], draws: number): Uint32Array {
  const order = Uint32Array.from({ length: draws }, (_, draw) => draw);
  if (coarse.length === 0) return order;
  return order.sort((a, b) => {
    for (const values of coarse) {
      const difference = (values[a] ?? 0) - (values[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}
