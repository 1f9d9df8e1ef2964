import type { LeftOut } from '#lib/calibration/cross-validation';
import { quantile } from '#lib/units/quantile';

/** One run beside its prediction. */
interface Point {
  readonly tpotMs: number;
  /** Output tokens/s per GPU. */
  readonly rate: number;
}

/** The highest rate of points within a limit on TPOT; `null` where none is. */
function bestWithin(points: readonly Point[], limitMs: number): number | null {
  const rates = points.flatMap(({ tpotMs, rate }) => (tpotMs <= limitMs ? [rate] : []));
  return rates.length === 0 ? null : Math.max(...rates);
}

function measured({ run }: LeftOut): Point {
  return { tpotMs: run.tpotMs ?? Number.POSITIVE_INFINITY, rate: run.tokensPerSecondPerGpu };
}

function predicted({ run, misses }: LeftOut): Point {
  return {
    tpotMs: (run.tpotMs ?? Number.POSITIVE_INFINITY) / Math.exp(misses.tpot ?? 0),
    rate: run.tokensPerSecondPerGpu / Math.exp(misses.throughput ?? 0),
  };
}

function grouped(leftOut: readonly LeftOut[], keyOf: (each: LeftOut) => string): Map<string, LeftOut[]> {
  const groups = new Map<string, LeftOut[]>();
  for (const each of leftOut) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}

export interface UnderLimit {
  readonly tpotMs: number;
  readonly median: number;
  readonly p90: number;
  readonly sweeps: number;
}

/**
 * The highest measured throughput of each sweep under a limit on TPOT against what was predicted: the error shares. At
 * least one sweep must have a point under it.
 */
export function underLimit(leftOut: readonly LeftOut[], tpotMs: number): UnderLimit {
  const timed = leftOut.filter(({ run }) => run.tpotMs !== null);
  const errors = [...grouped(timed, ({ run }) => run.sweep).values()].flatMap((rows) => {
    const [real, said] = [bestWithin(rows.map(measured), tpotMs), bestWithin(rows.map(predicted), tpotMs)];
    return real === null || said === null ? [] : [Math.abs(said / real - 1)];
  });
  const ascending = errors.toSorted((a, b) => a - b);
  return {
    tpotMs,
    median: rounded(quantile(ascending, 0.5)),
    p90: rounded(quantile(ascending, 0.9)),
    sweeps: errors.length,
  };
}

/** How often the accelerator that the predictions choose is the one that measured best. */
export interface AcceleratorChoice {
  readonly tpotMs: number;
  readonly workloads: number;
  /** Workloads whose choice measured best. */
  readonly best: number;
  /** Workloads whose choice measured within `CLOSE` of the best. */
  readonly close: number;
  /** Mean share of the best throughput that the choices lose. */
  readonly meanRegret: number;
}

/** Two measurements of one configuration differ by about this share. */
const CLOSE = 0.05;

/**
 * A workload is a model, a pair of lengths and a limit on TPOT that at least two accelerators measured within; any
 * engine, format and layout may serve it. The choice is the accelerator with the highest predicted output tokens/s per
 * GPU; a choice that no measured run holds within the limit loses everything.
 */
export function acceleratorChoice(leftOut: readonly LeftOut[], tpotMs: number): AcceleratorChoice {
  const timed = leftOut.filter(({ run }) => run.tpotMs !== null);
  const workloads = grouped(timed, ({ run: { model, run } }) =>
    [model.id, run.inputTokens, run.outputTokens].join(' '),
  );
  const losses = [...workloads.values()].flatMap((rows) => {
    const offers = [...grouped(rows, ({ run }) => run.accelerator.id).values()].map((of) => ({
      real: bestWithin(of.map(measured), tpotMs),
      said: bestWithin(of.map(predicted), tpotMs),
    }));
    if (offers.filter(({ real }) => real !== null).length < 2) return [];
    const most = Math.max(...offers.map(({ real }) => real ?? 0));
    const [chosen] = offers.toSorted((a, b) => (b.said ?? 0) - (a.said ?? 0));
    return [1 - (chosen?.real ?? 0) / most];
  });
  return {
    tpotMs,
    workloads: losses.length,
    best: losses.filter((loss) => loss === 0).length,
    close: losses.filter((loss) => loss <= CLOSE).length,
    meanRegret: rounded(losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length)),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
