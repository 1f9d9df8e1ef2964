import type { CompiledBills } from '#lib/compare/compiled-bills';
import type { OptionRow } from '#lib/compare/comparison';
import { drawnBills } from '#lib/cost/compiled/drawn-bills';
import type { BillFunction } from '#lib/cost/compiled/bill-sums';
import { roundTo, roundUsd } from '#lib/units/money';

/** How sure it is that the recommended option costs less than another, under the doubt of all inputs. */
export interface Certainty {
  /** Of the options whose bands overlap with the recommended one's, the likeliest to cost less. */
  readonly rival: string;
  /** Chance that the recommended option costs less than it, 0–1. */
  readonly cheaperShare: number;
  /** Chance that the recommended option costs less than each of the nearest options, 0–1. */
  readonly cheapestShare: number;
  /** What the rival costs more, USD a month: at the best estimates, and on average over the doubt. */
  readonly marginUsd: number;
  readonly meanMarginUsd: number;
  /** Id of the input that makes the order doubtful more than any other. */
  readonly mostBy: string | null;
}

/** The nearest are asked: who costs more at base is unlikely to cost less on average. */
const ASKED = 3;

/** Enough to see that there is no doubt: of an order that turns in 7 % of the draws, these show it in all but 1 of 200. */
const FIRST = { draws: 150, seed: 2, slowValues: 8 };
const BEYOND_DOUBT = 0.98;

/** A share of these has a deviation of 2 points at most, √(0.25 ÷ 600), less by their being stratified. */
const DRAWS = { draws: 600, seed: 1, slowValues: 8 };

/**
 * The recommended option against the rivals, cheapest first, that could cost less. `null` where none could: with every
 * input of the one at its dear end and every input of the other at its cheap end the order stays.
 *
 * @param billsOf - Bills of options by their ids, in that order
 */
export function certainty(
  winner: OptionRow,
  rivals: readonly OptionRow[],
  billsOf: (ids: readonly string[]) => CompiledBills | null,
): Certainty | null {
  const near = winner.atLeast ? [] : overlapping(winner, rivals).slice(0, ASKED);
  const compiled = near.length === 0 ? null : billsOf([winner, ...near].map(({ id }) => id));
  if (compiled === null) return null;
  const { bills } = compiled;
  const [own = new Float64Array(), ...others] = drawn(compiled);
  const weighed = near.map((rival, index) => {
    const other = others[index] ?? own;
    return { rival, bill: bills[index + 1], other, cheaperShare: shareWhere(own, [other]) };
  });
  const [worst] = weighed.toSorted((a, b) => a.cheaperShare - b.cheaperShare);
  const [ownBill] = bills;
  if (worst?.bill === undefined || ownBill === undefined) return null;
  const meanMarginUsd = meanOf(worst.other) - meanOf(own);
  return {
    rival: worst.rival.id,
    cheaperShare: worst.cheaperShare,
    cheapestShare: shareWhere(own, others),
    marginUsd: roundUsd((worst.rival.monthlyUsd?.base ?? 0) - (winner.monthlyUsd?.base ?? 0)),
    meanMarginUsd: roundUsd(meanMarginUsd),
    mostBy: mostDoubtful(ownBill, worst.bill, compiled, meanMarginUsd < 0),
  };
}

/** The bills by draw; fewer draws where the first is the cheapest in nearly all of them. */
function drawn({ bills, space, doubts }: CompiledBills): Float64Array[] {
  const few = drawnBills(bills, space, doubts, FIRST);
  const [own = new Float64Array(), ...others] = few;
  return shareWhere(own, others) >= BEYOND_DOUBT ? few : drawnBills(bills, space, doubts, DRAWS);
}

/** Fully priced rivals whose cheap end is below the winner's dear end. */
export function overlapping(winner: OptionRow, rivals: readonly OptionRow[]): readonly OptionRow[] {
  const highest = winner.monthlyUsd?.high ?? Infinity;
  return rivals.filter(
    ({ atLeast, monthlyUsd }) => !atLeast && monthlyUsd !== null && monthlyUsd.low <= highest,
  );
}

/** Share of the draws in which one costs no more than any of the others. */
function shareWhere(own: Float64Array, others: readonly Float64Array[]): number {
  const cheaper = own.filter((usd, draw) => others.every((other) => usd <= (other[draw] ?? 0)));
  return roundTo(cheaper.length / own.length, 3);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The input that alone, between the ends of its band, moves the margin between two bills most; where the rival costs less
 * on average, the one that lowers the margin most on average over its band. Inputs that turn out alike move together.
 */
function mostDoubtful(
  own: BillFunction,
  other: BillFunction,
  { space, doubts }: CompiledBills,
  isAgainst: boolean,
): string | null {
  const margin = (values: Float64Array) => other.monthlyUsd(values) - own.monthlyUsd(values);
  const baseUsd = margin(space.base());
  const keys = new Map<string, number[]>();
  for (const number of new Set([...own.dependsOn, ...other.dependsOn])) {
    const [input, band] = [space.inputs[number], doubts[number]];
    if (input === undefined || band === undefined || band.low === band.high) continue;
    keys.set(input.drawKey, [...(keys.get(input.drawKey) ?? []), number]);
  }
  const movesUsd = [...keys].map(([id, numbers]) => {
    const at = (end: 'low' | 'high') => {
      const values = space.base();
      for (const number of numbers) values[number] = doubts[number]?.[end] ?? 0;
      return margin(values) - baseUsd;
    };
    const [low, high] = [at('low'), at('high')];
    // A third each of low, base and high: the mean of a triangular distribution.
    return { id, usd: isAgainst ? -(low + high) / 3 : Math.abs(high - low) };
  });
  const [most] = movesUsd.toSorted((a, b) => b.usd - a.usd);
  return most === undefined || most.usd <= 0 ? null : most.id;
}
