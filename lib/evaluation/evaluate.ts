import type { Catalog } from '#lib/catalog/catalog';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { readRun, type BenchmarkRun } from '#lib/evaluation/benchmark-run';
import { errorFigures, type Pair } from '#lib/evaluation/error-figures';
import type { EvaluatedRow, QuantityErrors, SizingEvaluation, SkippedRow } from '#lib/evaluation/evaluation';
import { predictRun } from '#lib/sizing/measured-run';
import { printable } from '#lib/spec/place';

interface Evaluated {
  readonly benchmark: BenchmarkRun;
  readonly row: EvaluatedRow;
  readonly tpot: Pair | null;
  readonly ttft: Pair | null;
}

/** Predicts every row of a benchmark file and says how far off the predictions are. Rates are output tokens. */
export function evaluateSizing(rows: readonly RawRow[], catalog: Catalog): SizingEvaluation {
  const evaluated: Evaluated[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, raw] of rows.entries()) {
    const id = idOf(raw, index);
    const benchmark = readRun(raw, catalog);
    const result = 'reason' in benchmark ? benchmark : evaluate(id, benchmark, catalog);
    if ('reason' in result) skipped.push({ id, reason: result.reason });
    else evaluated.push(result);
  }
  return {
    schema: 'landfall/sizing-evaluation/v1',
    n: evaluated.length,
    skipped,
    ...errorsOf(evaluated),
    byModel: grouped(evaluated, ({ model }) => model.id),
    byGpu: grouped(evaluated, ({ accelerator }) => accelerator.id),
    byPrecision: grouped(evaluated, ({ run }) => run.precision),
    byEngine: grouped(evaluated, ({ run }) => run.engine),
    rows: evaluated.map(({ row }) => row),
  };
}

function evaluate(
  id: string,
  benchmark: BenchmarkRun,
  catalog: Catalog,
): Evaluated | { readonly reason: string } {
  const { model, accelerator, run, outputTokensPerSecondPerGpu: measured } = benchmark;
  const prediction = predictRun(run, model, accelerator, catalog);
  if (prediction === null) return { reason: `the dimensions of ${model.id} are not published` };
  if (prediction.residentSequences === 0) {
    return { reason: `${model.id} in ${run.precision} does not fit ${run.gpus} × ${accelerator.id}` };
  }
  const predicted = prediction.tokensPerSecondPerGpu;
  const { low, high } = prediction.bands.throughput;
  const pairOf = (value: number | null, predicted: number) =>
    value === null ? null : { measured: value, predicted };
  return {
    benchmark,
    row: {
      id,
      measured,
      predicted: rate(predicted),
      low: rate(predicted * low),
      high: rate(predicted * high),
    },
    tpot: pairOf(benchmark.tpotMs, prediction.point.tpotMs),
    ttft: pairOf(benchmark.ttftMs, prediction.point.ttftMs),
  };
}

function errorsOf(evaluated: readonly Evaluated[]): QuantityErrors {
  return {
    outputTokensPerSecondPerGpu: errorFigures(evaluated.map(({ row }) => row)),
    tpotMs: errorFigures(evaluated.flatMap(({ tpot }) => tpot ?? [])),
    ttftMs: errorFigures(evaluated.flatMap(({ ttft }) => ttft ?? [])),
  };
}

function grouped(
  evaluated: readonly Evaluated[],
  keyOf: (benchmark: BenchmarkRun) => string,
): Readonly<Record<string, QuantityErrors>> {
  const groups = new Map<string, Evaluated[]>();
  for (const each of evaluated) {
    const key = keyOf(each.benchmark);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const sorted = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, group]) => [key, errorsOf(group)]));
}

/** Its own, or its place in the list. */
export function idOf(row: RawRow, index: number): string {
  const id = own(row, 'id');
  return typeof id === 'string' && id !== '' ? printable(id) : `rows[${index}]`;
}

function rate(tokensPerSecond: number): number {
  return Math.round(tokensPerSecond * 1000) / 1000;
}
