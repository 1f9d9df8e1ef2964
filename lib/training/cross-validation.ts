import { fitSpeed } from '#lib/training/fit-speed';
import type { MeasuredTraining } from '#lib/training/measured-training';
import { predictTokens } from '#lib/training/speed-model';
import { quantile } from '#lib/units/quantile';

/** Share of the groups that a fold leaves out. */
const LEFT_OUT = 0.35;

/** A run, predicted by a model that was fitted without it. */
export interface HeldOutRun {
  readonly run: MeasuredTraining;
  /** Measured ÷ predicted tokens/s. */
  readonly ratio: number;
}

/** How far predictions lay from runs that the fit had not seen. Errors are fractions of the measurement. */
export interface HeldOutFigures {
  readonly runs: number;
  readonly medianApe: number;
  readonly p90Ape: number;
  /** Median of predicted ÷ measured. */
  readonly bias: number;
  /** Tenth and ninetieth percentile of measured ÷ predicted. */
  readonly low: number;
  readonly high: number;
}

/** Leaves out 35 % of the groups, once for each seed; a run may be judged several times. */
export function holdOutGroups(
  runs: readonly MeasuredTraining[],
  groupOf: (run: MeasuredTraining, place: number) => string,
  seeds: readonly number[],
): readonly HeldOutRun[] {
  const named = runs.map((run, place) => ({ run, group: groupOf(run, place) }));
  const groups = [...new Set(named.map(({ group }) => group))].toSorted();
  return seeds.flatMap((seed) => {
    const next = random(seed);
    const shuffled = groups.map((group) => ({ group, order: next() })).toSorted((a, b) => a.order - b.order);
    const count = Math.round(groups.length * LEFT_OUT);
    const out = new Set(shuffled.slice(0, count).map(({ group }) => group));
    const model = fitSpeed(named.filter(({ group }) => !out.has(group)).map(({ run }) => run));
    return named
      .filter(({ group }) => out.has(group))
      .map(({ run }) => ({
        run,
        ratio: run.tokensPerSecondPerGpu / (predictTokens(run.setup, model) ?? Number.NaN),
      }));
  });
}

export function figuresOf(heldOut: readonly HeldOutRun[]): HeldOutFigures {
  const ratios = ascending(heldOut.map(({ ratio }) => ratio));
  const errors = ascending(ratios.map((ratio) => Math.abs(1 / ratio - 1)));
  return {
    runs: heldOut.length,
    medianApe: rounded(quantile(errors, 0.5)),
    p90Ape: rounded(quantile(errors, 0.9)),
    bias: rounded(1 / quantile(ratios, 0.5)),
    low: rounded(quantile(ratios, 0.1)),
    high: rounded(quantile(ratios, 0.9)),
  };
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** Park and Miller's generator: the same seed gives the same folds on every machine. */
function random(seed: number): () => number {
  let state = (seed * 7919) % 2_147_483_647;
  for (let round = 0; round < 10; round += 1) state = (state * 48_271) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
