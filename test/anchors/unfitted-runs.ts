import type { Accelerator } from '#lib/catalog/accelerators';
import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';
import { measuredRunOf, precisionOf, predictRun } from '#lib/sizing/measured-run';
import { quantile } from '#lib/units/quantile';

/** Predicted ÷ measured of one run that nothing is fitted on, and whether the band holds it. */
export interface UnfittedRun {
  readonly row: ServingRow;
  readonly ratio: number;
  /** The same had the accelerator reached as much of its datasheet as Hopper does. */
  readonly datasheetRatio: number;
  readonly isInBand: boolean;
}

/** What a run is judged by: tokens per second, else the time per token, as a rate. */
export function unfittedRuns(catalog: Catalog = loadCatalog()): readonly UnfittedRun[] {
  return catalog.unfittedRows().map((row) => {
    const accelerator = catalog.accelerators.get(row.gpu);
    if (accelerator === undefined) throw new Error(`no accelerator ${row.gpu}`);
    const { reach: _, ...asDatasheet } = accelerator;
    const { ratio, low, high } = ratioOf(row, accelerator, catalog);
    return {
      row,
      ratio,
      datasheetRatio: ratioOf(row, asDatasheet, catalog).ratio,
      isInBand: ratio * low <= 1 && ratio * high >= 1,
    };
  });
}

function ratioOf(
  row: ServingRow,
  accelerator: Accelerator,
  catalog: Catalog,
): { ratio: number; low: number; high: number } {
  const model = catalog.models.get(row.model);
  const precision = precisionOf(row.precision);
  if (model === undefined || precision === null) throw new Error(`${row.id} cannot be predicted`);
  const predicted = predictRun(measuredRunOf(row, precision), model, accelerator, catalog);
  if (predicted === null) throw new Error(`${row.id} cannot be predicted`);
  const { bands, point, tokensPerSecondPerGpu } = predicted;
  const measured = row.outputTokensPerSecondPerGpu;
  if (measured !== null) return { ratio: tokensPerSecondPerGpu / measured, ...bands.throughput };
  if (row.tpotMs === null) throw new Error(`${row.id} measured nothing`);
  return { ratio: row.tpotMs / point.tpotMs, low: 1 / bands.tpot.high, high: 1 / bands.tpot.low };
}

export interface UnfittedErrors {
  readonly runs: number;
  readonly median: number;
  readonly p90: number;
  /** Median of predicted ÷ measured. */
  readonly bias: number;
  readonly inBand: number;
  readonly datasheetMedian: number;
}

export function errorsOf(runs: readonly UnfittedRun[]): UnfittedErrors {
  const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
  const errors = sorted(runs.map(({ ratio }) => Math.abs(ratio - 1)));
  return {
    runs: runs.length,
    median: quantile(errors, 0.5),
    p90: quantile(errors, 0.9),
    bias: quantile(sorted(runs.map(({ ratio }) => ratio)), 0.5),
    inBand: runs.filter(({ isInBand }) => isInBand).length / runs.length,
    datasheetMedian: quantile(sorted(runs.map(({ datasheetRatio }) => Math.abs(datasheetRatio - 1))), 0.5),
  };
}

/** By accelerator and source. */
export function grouped(runs: readonly UnfittedRun[]): ReadonlyMap<string, readonly UnfittedRun[]> {
  const groups = new Map<string, UnfittedRun[]>();
  for (const run of runs) {
    const key = `${run.row.gpu} / ${run.row.source}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The table of docs/method.md, as Markdown. */
export function unfittedTable(catalog: Catalog = loadCatalog()): string {
  const lines = [...grouped(unfittedRuns(catalog))].map(([key, runs]) => {
    const [gpu = '', source = ''] = key.split(' / ');
    const publisher = catalog.sources().get(source)?.publisher ?? source;
    const models = [...new Set(runs.map(({ row }) => row.model))].join(', ');
    const { median, p90, bias, inBand, datasheetMedian } = errorsOf(runs);
    const cells = [gpu, publisher, models, runs.length, percent(median), percent(p90), bias.toFixed(2)];
    return `| ${[...cells, percent(inBand), percent(datasheetMedian)].join(' | ')} |`;
  });
  return [
    '| Accelerator | Publisher | Models | Runs | Median | p90 | Predicted ÷ measured | In band | By the datasheet |',
    '| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
    '',
  ].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
