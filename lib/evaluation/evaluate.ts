import type { Catalog } from '#lib/catalog/catalog';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { readRun, type BenchmarkRun } from '#lib/evaluation/benchmark-run';
import { errorFigures, type Pair } from '#lib/evaluation/error-figures';
import type { EvaluatedRow, QuantityErrors, SizingEvaluation, SkippedRow } from '#lib/evaluation/evaluation';
import { bandAround, throughputQuantiles } from '#lib/sizing/bands';
import { predictThroughput } from '#lib/sizing/throughput';
import { printable } from '#lib/spec/place';

interface Evaluated {
  readonly benchmark: BenchmarkRun;
  readonly row: EvaluatedRow;
  readonly tpot: Pair | null;
  readonly ttft: Pair | null;
}

/** Predicts every row of a benchmark file and says how far off the predictions are. Rates are output tokens. */
export function evaluateSizing(rows: readonly RawRow[], catalog: Catalog): SizingEvaluation {
  const calibrated = catalog.servingRows();
  const models = new Set(calibrated.map(({ model }) => model));
  const gpus = new Set(calibrated.map(({ gpu }) => gpu));
  const evaluated: Evaluated[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, raw] of rows.entries()) {
    const id = idOf(raw, index);
    const benchmark = readRun(raw, catalog);
    const result = 'reason' in benchmark ? benchmark : evaluate(id, benchmark, catalog, { models, gpus });
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
  seen: { readonly models: ReadonlySet<string>; readonly gpus: ReadonlySet<string> },
): Evaluated | { readonly reason: string } {
  const { model, accelerator, run, outputTokensPerSecondPerGpu: measured } = benchmark;
  const prediction = predictThroughput(run, model, accelerator, catalog.constants);
  if (prediction === null) return { reason: `the dimensions of ${model.id} are not published` };
  if (prediction.residentSequences === 0) {
    return { reason: `${model.id} in ${run.precision} does not fit ${run.gpus} × ${accelerator.id}` };
  }
  const evidence = { hasModel: seen.models.has(model.id), hasAccelerator: seen.gpus.has(accelerator.id) };
  const band = bandAround(
    prediction.tokensPerSecondPerGpu,
    throughputQuantiles(evidence, catalog.constants.quantiles),
  );
  const pairOf = (value: number | null, predicted: number) =>
    value === null ? null : { measured: value, predicted };
  return {
    benchmark,
    row: { id, measured, predicted: rate(band.base), low: rate(band.low), high: rate(band.high) },
    tpot: pairOf(benchmark.tpotMs, prediction.tpotMs),
    // Without a wait for memory: where more clients were sent than should fit, engines answered sooner than it says.
    ttft: pairOf(benchmark.ttftMs, prediction.ttftMs),
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
function idOf(row: RawRow, index: number): string {
  const id = own(row, 'id');
  return typeof id === 'string' && id !== '' ? printable(id) : `rows[${index}]`;
}

function rate(tokensPerSecond: number): number {
  return Math.round(tokensPerSecond * 1000) / 1000;
}
