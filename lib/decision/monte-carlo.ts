import type { DecisionCase } from '#lib/decision/decision-case';
import { stratified, triangular } from '#lib/decision/draws';
import { roundTo, roundUsd } from '#lib/units/money';

export interface MonteCarloProps {
  readonly draws: number;
  readonly seed: number;
}

/** What the draws say of one option, in USD a month. */
export interface OptionSpread {
  readonly id: string;
  readonly p10Usd: number;
  readonly p50Usd: number;
  readonly p90Usd: number;
  readonly meanUsd: number;
  /** Share of the draws in which it costs least of the fully priced options; `null` where it is not fully priced. */
  readonly cheapestShare: number | null;
}

/** The middle of the stratum that a share falls into; itself without strata. */
function strataMiddle(share: number, strata: number | undefined): number {
  return strata === undefined ? share : (Math.floor(share * strata) + 0.5) / strata;
}

/**
 * Draws every input from a triangular distribution over its band, all options from the same draw. Options whose bill
 * lacks a price are spread too, but take no part in who is cheapest, unless all lack one.
 */
export function monteCarlo(
  { options, space, doubts }: DecisionCase,
  { draws, seed }: MonteCarloProps,
): OptionSpread[] {
  const used = new Set(options.flatMap(({ bill }) => bill.dependsOn));
  const columns = space.inputs.flatMap((input, number) => {
    const band = doubts[number];
    if (band === undefined || band.low === band.high || !used.has(number)) return [];
    const shares = stratified(draws, seed, input.drawKey);
    const values = shares.map((share) => {
      const value = triangular(band, strataMiddle(share, input.drawnValues));
      return input.whole ? Math.round(value) : value;
    });
    return [{ number, values, isCoarse: input.drawnValues !== undefined }];
  });
  const values = space.base();
  const bills = options.map(({ bill }) => bill);
  const costs = options.map(() => new Float64Array(draws));
  const isComplete = options.map(({ estimate }) => !estimate.atLeast);
  const competes = isComplete.some(Boolean) ? isComplete : isComplete.map(() => true);
  const wins = options.map(() => 0);
  // Draws that share what is slow to change come one after the other.
  const coarse = columns.find(({ isCoarse }) => isCoarse)?.values;
  const order = Uint32Array.from({ length: draws }, (_, draw) => draw);
  if (coarse !== undefined) order.sort((a, b) => (coarse[a] ?? 0) - (coarse[b] ?? 0));
  for (const draw of order) {
    for (const column of columns) values[column.number] = column.values[draw] ?? 0;
    let [least, cheapest] = [Number.POSITIVE_INFINITY, -1];
    for (let index = 0; index < bills.length; index += 1) {
      const usd = bills[index]?.monthlyUsd(values) ?? 0;
      const column = costs[index];
      if (column !== undefined) column[draw] = usd;
      if (competes[index] === true && usd < least) [least, cheapest] = [usd, index];
    }
    if (cheapest >= 0) wins[cheapest] = (wins[cheapest] ?? 0) + 1;
  }
  return options.map(({ id }, index) => {
    const sorted = (costs[index] ?? new Float64Array()).toSorted();
    const at = (share: number) => roundUsd(sorted[Math.min(draws - 1, Math.floor(share * draws))] ?? 0);
    return {
      id,
      p10Usd: at(0.1),
      p50Usd: at(0.5),
      p90Usd: at(0.9),
      meanUsd: roundUsd(sorted.reduce((sum, usd) => sum + usd, 0) / draws),
      cheapestShare: competes[index] === true ? roundTo((wins[index] ?? 0) / draws, 4) : null,
    };
  });
}
