import { CORRECTED, type BandStep, type Corrected } from '#lib/catalog/calibration';
import type { LeftOut } from '#lib/calibration/cross-validation';
import { quantile } from '#lib/units/quantile';

/** Errors of predictions of runs that were left out; shares, 0.12 is 12 %. */
export interface LeftOutErrors {
  readonly runs: number;
  readonly median: number;
  readonly p90: number;
  readonly within25: number;
  /** Share of runs inside their 80 % band. */
  readonly inBand: number;
}

/** One line of a table: what was left out or which runs, with the errors of each quantity that was measured. */
export type ErrorLine = { readonly name: string } & Readonly<Record<Corrected, LeftOutErrors | null>>;

type Misses = (leftOut: LeftOut) => LeftOut['misses'];

/** Errors of all quantities under one name. */
export function errorLine(
  name: string,
  leftOut: readonly LeftOut[],
  bands: Readonly<Record<Corrected, readonly BandStep[]>>,
  missesOf: Misses = ({ misses }) => misses,
): ErrorLine {
  const [throughput, tpot, ttft] = CORRECTED.map((quantity) =>
    errorsOf(leftOut, quantity, bands[quantity], missesOf),
  );
  return { name, throughput: throughput ?? null, tpot: tpot ?? null, ttft: ttft ?? null };
}

/** A line for every group, by name. */
export function errorLines(
  leftOut: readonly LeftOut[],
  groupOf: (each: LeftOut) => string,
  bands: Readonly<Record<Corrected, readonly BandStep[]>>,
): readonly ErrorLine[] {
  return [...new Set(leftOut.map(groupOf))].toSorted().map((group) =>
    errorLine(
      group,
      leftOut.filter((each) => groupOf(each) === group),
      bands,
    ),
  );
}

function errorsOf(
  leftOut: readonly LeftOut[],
  quantity: Corrected,
  steps: readonly BandStep[],
  missesOf: Misses,
): LeftOutErrors | null {
  const known = leftOut.flatMap((each) => {
    const miss = missesOf(each)[quantity];
    return miss === null ? [] : [{ miss, unexplained: each.unexplained }];
  });
  if (known.length === 0) return null;
  const errors = known.map(({ miss }) => Math.abs(Math.exp(-miss) - 1)).toSorted((a, b) => a - b);
  const inside = known.filter(({ miss, unexplained }) => {
    const step = steps.find((each) => unexplained <= each.unexplained) ?? steps.at(-1);
    const ratio = Math.exp(miss);
    return step !== undefined && ratio >= step.p10 && ratio <= step.p90;
  });
  return {
    runs: known.length,
    median: rounded(quantile(errors, 0.5)),
    p90: rounded(quantile(errors, 0.9)),
    within25: rounded(errors.filter((error) => error <= 0.25).length / errors.length),
    inBand: rounded(inside.length / known.length),
  };
}

/**
 * The highest measured throughput of each sweep under a limit on TPOT against what was predicted: the error shares. At
 * least one sweep must have a point under it.
 */
export function underLimit(leftOut: readonly LeftOut[], tpotMs: number): { median: number; sweeps: number } {
  const sweeps = new Map<string, LeftOut[]>();
  for (const each of leftOut) {
    if (each.run.tpotMs === null) continue;
    sweeps.set(each.run.sweep, [...(sweeps.get(each.run.sweep) ?? []), each]);
  }
  const errors: number[] = [];
  for (const rows of sweeps.values()) {
    const measured = best(
      rows.map(({ run }) => [run.tpotMs ?? 0, run.tokensPerSecondPerGpu] as const),
      tpotMs,
    );
    const predicted = best(
      rows.map(
        ({ run, misses }) =>
          [
            (run.tpotMs ?? 0) / Math.exp(misses.tpot ?? 0),
            run.tokensPerSecondPerGpu / Math.exp(misses.throughput ?? 0),
          ] as const,
      ),
      tpotMs,
    );
    if (measured !== null && predicted !== null) errors.push(Math.abs(predicted / measured - 1));
  }
  const ascending = errors.toSorted((a, b) => a - b);
  return { median: rounded(quantile(ascending, 0.5)), sweeps: errors.length };
}

function best(points: readonly (readonly [tpotMs: number, rate: number])[], limitMs: number): number | null {
  const passing = points.filter(([tpotMs]) => tpotMs <= limitMs).map(([, rate]) => rate);
  return passing.length === 0 ? null : Math.max(...passing);
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
