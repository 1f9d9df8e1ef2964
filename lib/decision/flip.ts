import { HORIZON } from '#lib/cost/compiled/bill-input';
import { firstCrossing } from '#lib/decision/crossing';
import type { DecisionCase, DecisionOption } from '#lib/decision/decision-case';
import type { Band } from '#lib/units/band';

/** The value of one input, all others at base, at which another option becomes the cheapest. */
export interface Flip {
  readonly input: string;
  readonly value: number;
  readonly band: Band;
  readonly withinBand: boolean;
  readonly cheapestThen: string;
  /**
   * What planning anew a little beyond that value says: `true`, the winner is then dearer than another; `false`, it buys
   * other things and stays the cheapest; `null`, no environment can state the input.
   */
  readonly confirmed: boolean | null;
}

/** How far beyond its band an input is followed: down to this share of the base and up to this multiple. */
const FARTHEST = { down: 0.05, up: 20 } as const;
/** Beyond the crossing, so that the order is strict when it is planned anew. */
const BEYOND = 1e-3;

/**
 * Every input that could alone make another option the cheapest: within its band first, then the nearest by its distance
 * from the base. Only options that compete are asked: those that are fully priced.
 */
export function flips(
  winner: DecisionOption,
  rivals: readonly DecisionOption[],
  decision: DecisionCase,
): Flip[] {
  if (rivals.length === 0) return [];
  const { space, doubts } = decision;
  const numbers = new Set([winner, ...rivals].flatMap(({ bill }) => bill.dependsOn));
  const found = [...numbers].flatMap((number): Flip[] => {
    const [input, band] = [space.inputs[number], doubts[number]];
    // A horizon is chosen, and a fleet cannot be stated beyond the doubt of its size.
    if (input === undefined || band === undefined || input.id === HORIZON) return [];
    const values = space.base();
    const lead = (value: number): { readonly usd: number; readonly rival: DecisionOption } => {
      values[number] = input.whole ? Math.round(value) : value;
      const own = winner.bill.monthlyUsd(values);
      const [first, ...others] = rivals.map((rival) => ({ usd: own - rival.bill.monthlyUsd(values), rival }));
      if (first === undefined) throw new Error('nobody competes');
      return others.reduce((best, one) => (one.usd > best.usd ? one : best), first);
    };
    if (lead(band.base).usd >= 0) return [];
    const difference = (value: number) => lead(value).usd;
    const crossing = (end: number) => firstCrossing(difference, band.base, end);
    const isFleet = input.kind === 'fleet';
    const inside = [band.low, band.high].flatMap((end) => (end === band.base ? [] : (crossing(end) ?? [])));
    const outside = isFleet ? [] : endsBeyond(input.unit, band).flatMap((end) => crossing(end) ?? []);
    const value = nearest(inside, band.base) ?? nearest(outside, band.base);
    if (value === null) return [];
    return [
      {
        input: input.id,
        value,
        band,
        withinBand: value >= band.low && value <= band.high,
        cheapestThen: lead(value).rival.id,
        confirmed: null,
      },
    ];
  });
  return found.toSorted((a, b) => Number(b.withinBand) - Number(a.withinBand) || distance(a) - distance(b));
}

/** Asks the planning itself: the winner against all rivals, a little beyond the value. */
export function confirmed(
  flip: Flip,
  winner: DecisionOption,
  rivals: readonly DecisionOption[],
  { space, planner }: DecisionCase,
): boolean | null {
  const input = space.inputs[space.numberOf(flip.input)];
  if (input === undefined || input.kind === 'fleet') return null;
  const value = flip.value + (flip.value - flip.band.base) * BEYOND;
  const cost = ({ id }: DecisionOption) =>
    planner.plan(id, [{ input, value }])?.estimate.totals.monthlyUsd.base ?? Number.POSITIVE_INFINITY;
  const least = Math.min(...rivals.map(cost));
  return cost(winner) > least;
}

function endsBeyond(unit: string, { low, base, high }: Band): number[] {
  const most = /^share\b|^ratio$/.test(unit) ? Math.max(1, high) : Math.max(high, base * FARTHEST.up);
  const up = unit === 'ratio' ? Math.max(high, base * 2) : most;
  return [Math.min(low, base * FARTHEST.down), up].filter((end) => end !== base);
}

function nearest(values: readonly number[], base: number): number | null {
  const [first] = values.toSorted((a, b) => Math.abs(a - base) - Math.abs(b - base));
  return first ?? null;
}

/** In multiples of the base, up or down alike. */
function distance({ value, band }: Flip): number {
  return value > 0 && band.base > 0 ? Math.abs(Math.log(value / band.base)) : Number.POSITIVE_INFINITY;
}
