import type { ServingRow } from '#lib/catalog/benchmarks';
import type { CorrectedGroup, RunGroup } from '#lib/catalog/calibration';
import type { Catalog } from '#lib/catalog/catalog';
import type { BenchmarkRun } from '#lib/evaluation/benchmark-run';
import { pieceOf, precisionOf, type MeasuredRun } from '#lib/sizing/measured-run';
import { groupOfPiece } from '#lib/sizing/predicted-piece';

/** Rates of one run, rounded by two publishers. A run that is repeated differs by 0.9 % in the median. */
const SAME_RATE = 0.001;
/** Lengths of one run: as a sweep is named, or their means, which are 0.9 of that. */
const SAME_LENGTH = 0.15;
/** Digits of the figures that tell the configurations of an own calibration apart: its file rounds to five. */
const DIGITS = 4;

type Facts = Pick<Catalog, 'models' | 'servingRows' | 'ownCalibration'>;

/** Which runs the sizing was fitted on: what it says of those is no test of it. */
export class SeenRuns {
  private readonly facts: Facts;
  /** Of each model: the catalog's rows by what they share. */
  private readonly rows = new Map<string, ReadonlyMap<string, readonly ServingRow[]>>();
  private readonly own: ReadonlySet<string>;

  public constructor(facts: Facts) {
    this.facts = facts;
    this.own = new Set(facts.ownCalibration?.corrections.groups.flatMap(ownKeys));
  }

  /**
   * Whether a run is one of the catalog's rows (the same model, accelerators, engine, format, load, lengths and rate, under
   * any id), or of a configuration that an own calibration was made from: its file keeps no rates.
   *
   * @param running - Sequences that ran at once
   */
  public has({ model, accelerator, run, ...measured }: BenchmarkRun, running: number): boolean {
    const { ownCalibration } = this.facts;
    if (ownCalibration !== undefined) {
      const sequences = running / Math.max(1, run.attentionData);
      const figures = [run.inputTokens, run.outputTokens, sequences, run.gpus, run.expertParallel ?? 1];
      if (this.own.has(keyOf(groupOfPiece(pieceOf(run, model, accelerator)), figures))) return true;
      if (ownCalibration.isAlone) return false;
    }
    const alike = this.rowsOf(model.id).get(sharedOf({ ...run, gpu: accelerator.id })) ?? [];
    return alike.some((row) => isSame(row, run, measured.outputTokensPerSecondPerGpu));
  }

  private rowsOf(model: string): ReadonlyMap<string, readonly ServingRow[]> {
    let found = this.rows.get(model);
    if (found === undefined) {
      // A model that a row describes itself has an id of its own, and no rows.
      found = grouped(this.facts.models.has(model) ? this.facts.servingRows(model) : []);
      this.rows.set(model, found);
    }
    return found;
  }
}

function grouped(rows: readonly ServingRow[]): ReadonlyMap<string, readonly ServingRow[]> {
  const groups = new Map<string, ServingRow[]>();
  for (const row of rows) {
    const key = sharedOf({ ...row, precision: precisionOf(row.precision) ?? row.precision });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

type Shared = Pick<ServingRow, 'kind' | 'gpu' | 'gpus' | 'engine' | 'precision' | 'concurrency'>;

function sharedOf({ kind, gpu, gpus, engine, precision, concurrency }: Shared): string {
  return [kind, gpu, gpus, engine, precision, concurrency].join(' ');
}

function isSame(row: ServingRow, run: MeasuredRun, tokensPerSecondPerGpu: number): boolean {
  const { meanLengthShare: share = 1, outputTokensPerSecondPerGpu: rate } = row;
  return (
    rate !== null &&
    isWithin(tokensPerSecondPerGpu, rate, SAME_RATE) &&
    isWithin(run.inputTokens, row.inputTokens * share, SAME_LENGTH) &&
    isWithin(run.outputTokens, row.outputTokens * share, SAME_LENGTH)
  );
}

function isWithin(value: number, other: number, share: number): boolean {
  return Math.abs(value - other) <= share * other;
}

function ownKeys(group: CorrectedGroup): readonly string[] {
  return group.runs.map((run) => keyOf(group, run.slice(0, 5)));
}

function keyOf(group: RunGroup, figures: readonly number[]): string {
  const { architecture, gpu, engine, engineVersion, precision, isMaximum } = group;
  const numbers = figures.map((value) => value.toPrecision(DIGITS));
  return [architecture, gpu, engine, engineVersion, precision, isMaximum, ...numbers].join(' ');
}
