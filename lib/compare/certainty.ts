import type { OptionRow } from '#lib/compare/comparison';
import type { BillSpread } from '#lib/cost/bill-spread';
import { normalShare } from '#lib/units/normal';
import { roundTo, roundUsd } from '#lib/units/money';
import type { ValueShare } from '#lib/units/triangular';

/** How sure it is that the recommended option costs less than another, under the doubt of all inputs. */
export interface Certainty {
  /** Of the options whose bands overlap with the recommended one's, the likeliest to cost less. */
  readonly rival: string;
  /** Chance that the recommended option costs less than it, 0–1. */
  readonly cheaperShare: number;
  /** What the rival costs more, USD a month: at the best estimates, and on average over the doubt. */
  readonly marginUsd: number;
  readonly meanMarginUsd: number;
  /** Id of the input that makes the order doubtful more than any other. */
  readonly mostBy: string | null;
}

/** The nearest are asked: who costs more at base is unlikely to cost less on average. */
const ASKED = 3;

/**
 * The recommended option against the rivals, cheapest first, that could cost less. `null` where none could: with every
 * input of the one at its dear end and every input of the other at its cheap end the order stays.
 */
export function certainty(
  winner: OptionRow,
  rivals: readonly OptionRow[],
  spreadOf: (id: string) => BillSpread | null,
): Certainty | null {
  const near = winner.atLeast ? [] : overlapping(winner, rivals).slice(0, ASKED);
  const own = near.length === 0 ? null : spreadOf(winner.id);
  if (own === null) return null;
  const weighed = near.flatMap((rival) => {
    const spread = spreadOf(rival.id);
    const marginUsd = roundUsd((rival.monthlyUsd?.base ?? 0) - (winner.monthlyUsd?.base ?? 0));
    return spread === null ? [] : [{ rival: rival.id, marginUsd, ...difference(own, spread) }];
  });
  return weighed.toSorted((a, b) => a.cheaperShare - b.cheaperShare)[0] ?? null;
}

/** Fully priced rivals whose cheap end is below the winner's dear end. */
export function overlapping(winner: OptionRow, rivals: readonly OptionRow[]): readonly OptionRow[] {
  const highest = winner.monthlyUsd?.high ?? Infinity;
  return rivals.filter(
    ({ atLeast, monthlyUsd }) => !atLeast && monthlyUsd !== null && monthlyUsd.low <= highest,
  );
}

/**
 * The difference of two bills is a sum of many small independent doubts, so nearly normal, around each of the few sizes
 * that the fleets may have. What both bills share moves both and mostly cancels, unlike in two bands that are held against
 * each other.
 */
function difference(
  own: BillSpread,
  other: BillSpread,
): Pick<Certainty, 'cheaperShare' | 'meanMarginUsd' | 'mostBy'> {
  const meanMarginUsd = other.meanUsd - own.meanUsd;
  const moves = [...new Set([...own.pulls.keys(), ...other.pulls.keys()])].map((id) => {
    const [mine, theirs] = [own.pulls.get(id), other.pulls.get(id)];
    return {
      id,
      deviationUsd: Math.abs((theirs?.deviationUsd ?? 0) - (mine?.deviationUsd ?? 0)),
      againstUsd: (mine?.leanUsd ?? 0) - (theirs?.leanUsd ?? 0),
    };
  });
  const stepped = [...new Set([...own.steps.keys(), ...other.steps.keys()])];
  const smooth = moves.filter(({ id }) => !stepped.includes(id));
  const deviationUsd = Math.hypot(...smooth.map((move) => move.deviationUsd));
  const cheaperAt = (marginUsd: number) =>
    deviationUsd === 0 ? Number(marginUsd > 0) : normalShare(marginUsd / deviationUsd);
  const cheaperShare = stepped
    .map((id) => differences(other.steps.get(id), own.steps.get(id)))
    .reduce(sums, [{ value: meanMarginUsd, share: 1 }])
    .reduce((sum, { value, share }) => sum + share * cheaperAt(value), 0);
  const weight = meanMarginUsd < 0 ? 'againstUsd' : 'deviationUsd';
  const [most] = moves.toSorted((a, b) => b[weight] - a[weight]);
  return {
    cheaperShare: roundTo(cheaperShare, 3),
    meanMarginUsd: roundUsd(meanMarginUsd),
    mostBy: most?.id ?? null,
  };
}

/** What one input of few values makes of both: the same draw of it falls on the same share of either. */
function differences(
  minuend: readonly ValueShare[] = [{ value: 0, share: 1 }],
  subtrahend: readonly ValueShare[] = [{ value: 0, share: 1 }],
): ValueShare[] {
  const result: ValueShare[] = [];
  let [i, j, fromI, fromJ] = [0, 0, 0, 0];
  while (i < minuend.length && j < subtrahend.length) {
    const [a, b] = [minuend[i], subtrahend[j]];
    if (a === undefined || b === undefined) break;
    const share = Math.min(a.share - fromI, b.share - fromJ);
    if (share > 0) result.push({ value: a.value - b.value, share });
    fromI += share;
    fromJ += share;
    if (fromI >= a.share - ROUNDING) [i, fromI] = [i + 1, 0];
    if (fromJ >= b.share - ROUNDING) [j, fromJ] = [j + 1, 0];
  }
  return result;
}

/** Shares that add up to the same may differ in their last digits. */
const ROUNDING = 1e-9;

/** Of two independent inputs. */
function sums(one: readonly ValueShare[], other: readonly ValueShare[]): ValueShare[] {
  return one.flatMap((a) => other.map((b) => ({ value: a.value + b.value, share: a.share * b.share })));
}
