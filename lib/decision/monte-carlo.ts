import { drawnBills } from '#lib/cost/compiled/drawn-bills';
import type { DecisionCase } from '#lib/decision/decision-case';
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
  /** Share of the draws that cost less than the bill with every input at its base. */
  readonly belowBaseShare: number;
  /** Share of the draws in which it costs least of the fully priced options; `null` where it is not fully priced. */
  readonly cheapestShare: number | null;
}

/**
 * What all inputs in doubt make of every option. Options whose bill lacks a price are spread too, but take no part in who
 * is cheapest, unless all lack one.
 */
export function monteCarlo(
  { options, space, doubts }: DecisionCase,
  { draws, seed }: MonteCarloProps,
): OptionSpread[] {
  const bills = options.map(({ bill }) => bill);
  const costs = drawnBills(bills, space, doubts, { draws, seed });
  const isComplete = options.map(({ estimate }) => !estimate.atLeast);
  const competes = isComplete.some(Boolean) ? isComplete : isComplete.map(() => true);
  const wins = winsOf(
    costs.map((usd, index) => (competes[index] === true ? usd : null)),
    draws,
  );
  return options.map(({ id, estimate }, index) => {
    const sorted = (costs[index] ?? new Float64Array()).toSorted();
    const at = (share: number) => roundUsd(sorted[Math.min(draws - 1, Math.floor(share * draws))] ?? 0);
    return {
      id,
      p10Usd: at(0.1),
      p50Usd: at(0.5),
      p90Usd: at(0.9),
      meanUsd: roundUsd(sorted.reduce((sum, usd) => sum + usd, 0) / draws),
      belowBaseShare: roundTo(
        sorted.filter((usd) => usd < estimate.totals.monthlyUsd.base).length / draws,
        4,
      ),
      cheapestShare: competes[index] === true ? roundTo((wins[index] ?? 0) / draws, 4) : null,
    };
  });
}

/** In how many draws each costs least; of equals the first. */
function winsOf(costs: readonly (Float64Array | null)[], draws: number): number[] {
  const wins = costs.map(() => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    let [least, cheapest] = [Number.POSITIVE_INFINITY, -1];
    for (let index = 0; index < costs.length; index += 1) {
      const usd = costs[index]?.[draw] ?? Number.POSITIVE_INFINITY;
      if (usd < least) [least, cheapest] = [usd, index];
    }
    if (cheapest >= 0) wins[cheapest] = (wins[cheapest] ?? 0) + 1;
  }
  return wins;
}
