import type { LeftOut } from '#lib/calibration/cross-validation';
import { ChoiceTally, type AcceleratorChoice, type Served } from '#lib/evaluation/accelerator-choice';
import { datasheetOrder } from '#lib/evaluation/datasheet-order';
import { quantile } from '#lib/units/quantile';

/** The highest rate of points within a limit on TPOT; `null` where none is. */
function bestWithin(points: readonly Served[], limitMs: number): number | null {
  const rates = points.flatMap(({ tpotMs, tokensPerSecondPerGpu }) =>
    tpotMs <= limitMs ? [tokensPerSecondPerGpu] : [],
  );
  return rates.length === 0 ? null : Math.max(...rates);
}

function measured({ run }: LeftOut): Served {
  return { tpotMs: run.tpotMs ?? Number.POSITIVE_INFINITY, tokensPerSecondPerGpu: run.tokensPerSecondPerGpu };
}

function predicted({ run, misses }: LeftOut): Served {
  return {
    tpotMs: (run.tpotMs ?? Number.POSITIVE_INFINITY) / Math.exp(misses.tpot ?? 0),
    tokensPerSecondPerGpu: run.tokensPerSecondPerGpu / Math.exp(misses.throughput ?? 0),
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

/**
 * Which accelerator the predictions choose for each workload, under each of the limits on TPOT of the evaluation.
 *
 * @param pricesOf - USD per GPU-hour of accelerators
 */
export function acceleratorChoices(
  leftOut: readonly LeftOut[],
  pricesOf: (gpus: readonly string[]) => ReadonlyMap<string, number>,
): readonly AcceleratorChoice[] {
  const accelerators = new Map(leftOut.map(({ run: { accelerator } }) => [accelerator.id, accelerator]));
  const tally = new ChoiceTally(datasheetOrder(accelerators));
  for (const each of leftOut) {
    const { model, accelerator, run, tpotMs } = each.run;
    if (tpotMs === null) continue;
    const { inputTokens, outputTokens } = run;
    const workload = { model: model.id, inputTokens, outputTokens, gpu: accelerator.id };
    tally.add({
      ...workload,
      measured: measured(each),
      predicted: predicted(each),
      seen: false,
      doubt: null,
    });
  }
  return tally.choices(pricesOf(tally.gpus()));
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
