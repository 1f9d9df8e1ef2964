import type { Catalog } from '#lib/catalog/catalog';
import { ChoiceTally, type TimedRun } from '#lib/evaluation/accelerator-choice';
import { datasheetOrder } from '#lib/evaluation/datasheet-order';
import { acceleratorPrices, usdPerGpuHour } from '#lib/evaluation/accelerator-prices';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { readRun, SERVING_KINDS, type BenchmarkRun } from '#lib/evaluation/benchmark-run';
import { doubtOf } from '#lib/evaluation/doubt';
import { errorFigures } from '#lib/evaluation/error-figures';
import { ErrorTally, type Groups, type Ratios } from '#lib/evaluation/error-tally';
import { EvaluatedRows } from '#lib/evaluation/evaluated-rows';
import type { EvaluatedRow, FasterRow, SizingEvaluation } from '#lib/evaluation/evaluation';
import { fasterThanMemory, FasterRows } from '#lib/evaluation/faster-rows';
import { KeptPredictors } from '#lib/evaluation/kept-predictors';
import { ROW_KINDS } from '#lib/evaluation/row-kinds';
import { SeenRuns } from '#lib/evaluation/seen-runs';
import { SkippedRows } from '#lib/evaluation/skipped-rows';
import { predictRunWith } from '#lib/sizing/measured-run';
import { suggestion } from '#lib/errors/did-you-mean';
import { printable, shown } from '#lib/text/place';

/** A run without what it was predicted from. */
interface Evaluated {
  readonly groups: Groups;
  readonly row: EvaluatedRow;
  readonly ratios: Ratios;
  /** `null` where memory allows what it says. */
  readonly faster: FasterRow | null;
  /** `null` where no TPOT was measured. */
  readonly timed: TimedRun | null;
}

/** The document, its rows held in less memory than as objects. */
export type HeldEvaluation = Omit<SizingEvaluation, 'rows' | 'skipped' | 'fasterThanMemory'> & {
  readonly rows: EvaluatedRows;
  readonly skipped: SkippedRows;
  readonly fasterThanMemory: FasterRows;
};

/**
 * Predicts every row of a benchmark file and says how far off the predictions are. Rates are output tokens.
 *
 * @param tpotLimitsMs - Limits on TPOT under which accelerators are chosen. @default - 20, 33 and 50 ms
 */
export function evaluateSizing(
  rows: Iterable<RawRow>,
  catalog: Catalog,
  tpotLimitsMs?: readonly number[],
): HeldEvaluation {
  const tally = new ErrorTally();
  const choice = new ChoiceTally(datasheetOrder(catalog.accelerators), tpotLimitsMs);
  const evaluated = new EvaluatedRows();
  const others: EvaluatedRow[] = [];
  const skipped = new SkippedRows();
  const faster = new FasterRows();
  const known = { predictors: new KeptPredictors(catalog), seenRuns: new SeenRuns(catalog) };
  let index = 0;
  for (const raw of rows) {
    const id = idOf(raw, index);
    index += 1;
    const other = otherRow(id, raw, catalog);
    if (other !== null) {
      if ('reason' in other) skipped.add({ id, reason: other.reason });
      else others.push(other);
      continue;
    }
    const benchmark = readRun(raw, catalog);
    const result = 'reason' in benchmark ? benchmark : evaluate(id, benchmark, known);
    if ('reason' in result) {
      skipped.add({ id, reason: result.reason });
      continue;
    }
    if (result.faster !== null) faster.add(result.faster);
    tally.add(result.groups, result.ratios);
    if (result.timed !== null) choice.add(result.timed);
    evaluated.add(result.row);
  }
  evaluated.addAll(others);
  const prices = acceleratorPrices(catalog, choice.gpus());
  return {
    schema: 'landfall/sizing-evaluation/v1',
    n: evaluated.length,
    skipped,
    fasterThanMemory: faster,
    ...tally.ofAll(),
    byModel: tally.by('model'),
    byGpu: tally.by('gpu'),
    byPrecision: tally.by('precision'),
    byEngine: tally.by('engine'),
    bySeen: { seen: tally.of('seen', 'seen'), unseen: tally.of('seen', 'unseen') },
    byQuantity: byQuantity(others),
    acceleratorChoice: choice.choices(usdPerGpuHour(prices)),
    acceleratorPrices: prices,
    rows: evaluated,
  };
}

function evaluate(
  id: string,
  benchmark: BenchmarkRun,
  { predictors, seenRuns }: { readonly predictors: KeptPredictors; readonly seenRuns: SeenRuns },
): Evaluated | { readonly reason: string } {
  const { model, accelerator, run, outputTokensPerSecondPerGpu: measured } = benchmark;
  const prediction = predictRunWith(run, model, accelerator, (piece) => predictors.for(piece));
  if (prediction === null) return { reason: `the dimensions of ${model.id} are not published` };
  if (prediction.residentSequences === 0) {
    return { reason: `${model.id} in ${run.precision} does not fit ${run.gpus} × ${accelerator.id}` };
  }
  const { low, high } = prediction.bands.throughput;
  const predicted = rate(prediction.tokensPerSecondPerGpu);
  const band = {
    low: rate(prediction.tokensPerSecondPerGpu * low),
    high: rate(prediction.tokensPerSecondPerGpu * high),
  };
  const seen = seenRuns.has(benchmark, prediction.point.concurrency);
  const faster = fasterThanMemory(id, benchmark);
  const doubt = doubtOf(faster !== null, measured, band);
  const ratioOf = (value: number | null, predictedMs: number) =>
    value === null ? null : predictedMs / value;
  return {
    groups: {
      model: model.id,
      gpu: accelerator.id,
      precision: run.precision,
      engine: run.engine,
      seen: seen ? 'seen' : 'unseen',
    },
    row: {
      id,
      quantity: 'outputTokensPerSecondPerGpu',
      measured,
      predicted,
      ...band,
      seen,
    },
    ratios: {
      throughput: predicted / measured,
      tpot: ratioOf(benchmark.tpotMs, prediction.point.tpotMs),
      ttft: ratioOf(benchmark.ttftMs, prediction.point.ttftMs),
    },
    faster,
    timed: timedRun(benchmark, {
      predicted: { tpotMs: prediction.point.tpotMs, tokensPerSecondPerGpu: predicted },
      seen,
      doubt,
    }),
  };
}

function timedRun(
  { model, accelerator, run, ...measured }: BenchmarkRun,
  said: Pick<TimedRun, 'predicted' | 'seen' | 'doubt'>,
): TimedRun | null {
  const { tpotMs, outputTokensPerSecondPerGpu: tokensPerSecondPerGpu } = measured;
  if (tpotMs === null) return null;
  const { inputTokens, outputTokens } = run;
  const workload = { model: model.id, inputTokens, outputTokens, gpu: accelerator.id };
  return { ...workload, measured: { tpotMs, tokensPerSecondPerGpu }, ...said };
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
  return { id, quantity, measured, predicted: rate(predicted), low: rate(low), high: rate(high), seen: null };
}

function byQuantity(rows: readonly EvaluatedRow[]): SizingEvaluation['byQuantity'] {
  const names = [...new Set(rows.map(({ quantity }) => quantity))].toSorted();
  return Object.fromEntries(
    names.map((name) => [name, errorFigures(rows.filter(({ quantity }) => quantity === name))]),
  );
}

/** Its own, or its place in the list. */
export function idOf(row: RawRow, index: number): string {
  const id = own(row, 'id');
  return typeof id === 'string' && id !== '' ? printable(id) : `rows[${index}]`;
}

function rate(tokensPerSecond: number): number {
  return Math.round(tokensPerSecond * 1000) / 1000;
}
