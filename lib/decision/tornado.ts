import type { DecisionCase, DecisionOption } from '#lib/decision/decision-case';
import type { Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** One input at its low and high end, all others at base. */
export interface TornadoBar {
  readonly input: string;
  readonly band: Band;
  /** USD a month of the option with the input at each end. */
  readonly atLowUsd: number;
  readonly atHighUsd: number;
  /** The larger distance from the base, whichever its sign. */
  readonly deltaUsd: number;
  /** At an end other things would be bought; the bar then holds what they would cost. */
  readonly otherPlan: boolean;
}

/** Bars that are held against the whole computation, whose planning may answer an input by buying other things. */
const RECOMPUTED = 8;

/**
 * How far each input alone moves an option's monthly cost, the farthest first. Bars whose input the planning reads are
 * computed whole at both ends: all of those that no multiple of quantities says, and the longest of the others.
 */
export function tornado(option: DecisionOption, { space, doubts, planner }: DecisionCase): TornadoBar[] {
  const base = option.bill.monthlyUsd(space.base());
  const numbers = new Set([...option.bill.dependsOn, ...option.otherPlanAt]);
  const bars = [...numbers].flatMap((number) => {
    const [input, band] = [space.inputs[number], doubts[number]];
    if (input === undefined || band === undefined || band.low === band.high) return [];
    const at = (value: number) => {
      const values = space.base();
      values[number] = value;
      return option.bill.monthlyUsd(values);
    };
    return [{ number, input, bar: barOf(input.id, band, base, at(band.low), at(band.high), false) }];
  });
  const sorted = bars.toSorted((a, b) => b.bar.deltaUsd - a.bar.deltaUsd);
  return sorted
    .map(({ number, input, bar }, rank) => {
      const isPlannedWith = option.planningReads.has(input.id);
      if (!option.otherPlanAt.has(number) && !(isPlannedWith && rank < RECOMPUTED)) return bar;
      const at = (value: number) => planner.plan(option.id, [{ input, value }]);
      const [low, high] = [at(bar.band.low), at(bar.band.high)];
      // An end at which the option no longer fits has no cost; the plan as it is stands in for it.
      const whole = barOf(
        bar.input,
        bar.band,
        base,
        low?.estimate.totals.monthlyUsd.base ?? bar.atLowUsd,
        high?.estimate.totals.monthlyUsd.base ?? bar.atHighUsd,
        true,
      );
      return isAlike(whole, bar) ? bar : whole;
    })
    .filter(({ deltaUsd }) => deltaUsd > 0)
    .toSorted((a, b) => b.deltaUsd - a.deltaUsd);
}

function barOf(
  input: string,
  band: Band,
  base: number,
  atLow: number,
  atHigh: number,
  otherPlan: boolean,
): TornadoBar {
  const [atLowUsd, atHighUsd] = [roundUsd(atLow), roundUsd(atHigh)];
  const deltaUsd = roundUsd(Math.max(Math.abs(atLow - base), Math.abs(atHigh - base)));
  return { input, band, atLowUsd, atHighUsd, deltaUsd, otherPlan };
}

/** To the cent: a bill rounds each line, a function none. */
function isAlike(a: TornadoBar, b: TornadoBar): boolean {
  return Math.abs(a.atLowUsd - b.atLowUsd) < 0.01 && Math.abs(a.atHighUsd - b.atHighUsd) < 0.01;
}
