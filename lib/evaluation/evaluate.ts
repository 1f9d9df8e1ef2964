import type { Catalog } from '#lib/catalog/catalog';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { readRun, SERVING_KINDS, type BenchmarkRun } from '#lib/evaluation/benchmark-run';
import { errorFigures, type Pair } from '#lib/evaluation/error-figures';
import type { EvaluatedRow, QuantityErrors, SizingEvaluation, SkippedRow } from '#lib/evaluation/evaluation';
import { ROW_KINDS } from '#lib/evaluation/row-kinds';
import { predictRun } from '#lib/sizing/measured-run';
import { suggestion } from '#lib/errors/did-you-mean';
import { printable, shown } from '#lib/spec/place';

/** What errors are shown by. */
interface Groups {
  readonly model: string;
  readonly gpu: string;
  readonly precision: string;
  readonly engine: string;
}

/** A run without what it was predicted from: a file may have a hundred thousand of them. */
interface Evaluated {
  readonly groups: Groups;
  readonly row: EvaluatedRow;
  readonly tpot: Pair | null;
  readonly ttft: Pair | null;
}

/** Predicts every row of a benchmark file and says how far off the predictions are. Rates are output tokens. */
export function evaluateSizing(rows: readonly RawRow[], catalog: Catalog): SizingEvaluation {
  const evaluated: Evaluated[] = [];
  const others: EvaluatedRow[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, raw] of rows.entries()) {
    const id = idOf(raw, index);
    const other = otherRow(id, raw, catalog);
    if (other !== null) {
      if ('reason' in other) skipped.push({ id, reason: other.reason });
      else others.push(other);
      continue;
    }
    const benchmark = readRun(raw, catalog);
    const result = 'reason' in benchmark ? benchmark : evaluate(id, benchmark, catalog);
    if ('reason' in result) skipped.push({ id, reason: result.reason });
    else evaluated.push(result);
  }
  return {
    schema: 'landfall/sizing-evaluation/v1',
    n: evaluated.length + others.length,
    skipped,
    ...errorsOf(evaluated),
    byModel: grouped(evaluated, ({ model }) => model),
    byGpu: grouped(evaluated, ({ gpu }) => gpu),
    byPrecision: grouped(evaluated, ({ precision }) => precision),
    byEngine: grouped(evaluated, ({ engine }) => engine),
    byQuantity: byQuantity(others),
    rows: [...evaluated.map(({ row }) => row), ...others],
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
    groups: { model: model.id, gpu: accelerator.id, precision: run.precision, engine: run.engine },
    row: {
      id,
      quantity: 'outputTokensPerSecondPerGpu',
      measured,
      predicted: rate(predicted),
      low: rate(predicted * low),
      high: rate(predicted * high),
    },
    tpot: pairOf(benchmark.tpotMs, prediction.point.tpotMs),
    ttft: pairOf(benchmark.ttftMs, prediction.point.ttftMs),
  };
}

/** Every kind of row that something here predicts. */
const KINDS: readonly string[] = [...SERVING_KINDS, ...ROW_KINDS.flatMap(({ kinds }) => kinds)];

/** A row that another model predicts; `null` for a serving run. */
function otherRow(
  id: string,
  raw: RawRow,
  catalog: Catalog,
): EvaluatedRow | { readonly reason: string } | null {
  const name = own(raw, 'kind');
  const kind = ROW_KINDS.find(({ kinds }) => typeof name === 'string' && kinds.includes(name));
  if (kind === undefined) {
    const isKnown = typeof name !== 'string' || KINDS.includes(name);
    return isKnown ? null : { reason: `kind ${shown(name)} is not known; ${suggestion(name, KINDS)}` };
  }
  const result = kind.predict(raw, catalog);
  if ('reason' in result) return result;
  const { quantity, measured, predicted, low, high } = result;
  return { id, quantity, measured, predicted: rate(predicted), low: rate(low), high: rate(high) };
}

function byQuantity(rows: readonly EvaluatedRow[]): SizingEvaluation['byQuantity'] {
  const names = [...new Set(rows.map(({ quantity }) => quantity))].toSorted();
  return Object.fromEntries(
    names.map((name) => [name, errorFigures(rows.filter(({ quantity }) => quantity === name))]),
  );
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
  keyOf: (groups: Groups) => string,
): Readonly<Record<string, QuantityErrors>> {
  const groups = new Map<string, Evaluated[]>();
  for (const each of evaluated) {
    const key = keyOf(each.groups);
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
