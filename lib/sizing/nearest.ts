import type { Accelerator } from '#lib/catalog/accelerators';
import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Corrections } from '#lib/catalog/calibration';
import { architectureOf } from '#lib/sizing/architecture';
import type { Confidence, NearestMeasurement, ServingDemand } from '#lib/sizing/sizing';
import { measuredRunOf, precisionOf, predictRun } from '#lib/sizing/measured-run';
import type { SizingMethod } from '#lib/sizing/predictor';
import { changesTheStep } from '#lib/sizing/techniques/techniques';

/** Lengths within this share count as the same. */
const SAME_LENGTH = 0.25;

export interface Evidence {
  readonly confidence: Confidence;
  readonly nearest: NearestMeasurement | null;
}

/**
 * How well rows back a demand: one that matches it, both sides calibrated, or neither; with the nearest real run. A run
 * of an accelerator that nothing is fitted on is shown and makes no prediction a measured one: it did not move it.
 */
export function evidenceFor(
  demand: ServingDemand,
  point: { readonly gpus: number; readonly stageNodes: number; readonly concurrency: number },
  method: SizingMethod,
  rows: readonly ServingRow[],
): Evidence {
  const { model, accelerator } = demand;
  const layers = method.corrections().map(calibratedBy);
  const architecture = architectureOf(model);
  const isCalibrated =
    layers.some(({ architectures }) => architectures.has(architecture)) &&
    layers.some(({ accelerators }) => accelerators.has(accelerator.id));
  const near = rows
    .filter((row) => row.model === model.id && row.gpu === accelerator.id)
    .filter((row) => row.outputTokensPerSecondPerGpu !== null && precisionOf(row.precision) !== null)
    .map((row) => ({ row, distance: distanceOf(row, demand, point) }))
    .toSorted((a, b) => a.distance - b.distance || (a.row.id < b.row.id ? -1 : 1));
  // Runs are of the plain engine on one node: with a technique that changes the step, or a step that crosses nodes, they are
  // only the nearest thing.
  const isPlain =
    point.stageNodes === 1 && (demand.techniques === undefined || !changesTheStep(demand.techniques));
  const isFitted = layers.some(({ fitted }) => fitted.has(accelerator.id));
  const matches = isFitted && near.some(({ row }) => isMatch(row, demand));
  return {
    confidence: isPlain && matches ? 'measured' : isPlain && isCalibrated ? 'calibrated' : 'extrapolated',
    nearest: near[0] === undefined ? null : measurement(near[0].row, demand, accelerator, method),
  };
}

interface Calibrated {
  readonly architectures: ReadonlySet<string>;
  readonly accelerators: ReadonlySet<string>;
  /** Those with published maxima alone too. */
  readonly fitted: ReadonlySet<string>;
}

const CALIBRATED = new WeakMap<Corrections, Calibrated>();

/** What a layer has runs of; kept, since a search asks for every layout. */
function calibratedBy(layer: Corrections): Calibrated {
  let known = CALIBRATED.get(layer);
  if (known === undefined) {
    // Published maxima say nothing of latency.
    const loaded = layer.groups.filter(({ isMaximum }) => !isMaximum);
    known = {
      architectures: new Set(layer.groups.map(({ architecture }) => architecture)),
      accelerators: new Set(loaded.map(({ gpu }) => gpu)),
      fitted: new Set(layer.groups.map(({ gpu }) => gpu)),
    };
    CALIBRATED.set(layer, known);
  }
  return known;
}

function isMatch(row: ServingRow, demand: ServingDemand): boolean {
  return (
    precisionOf(row.precision) === demand.precision &&
    isWithin(row.inputTokens, demand.inputTokens.mean) &&
    isWithin(row.outputTokens, demand.outputTokens.mean)
  );
}

function isWithin(measured: number, asked: number): boolean {
  return Math.abs(measured - asked) <= SAME_LENGTH * asked;
}

/** Format first, then lengths, then the size of the replica and its load: doublings apart. */
function distanceOf(
  row: ServingRow,
  { precision, inputTokens, outputTokens, calibration }: ServingDemand,
  point: { readonly gpus: number; readonly concurrency: number },
): number {
  const doublings = (a: number, b: number) => Math.abs(Math.log2(a / b));
  return (
    (precisionOf(row.precision) === precision ? 0 : 8) +
    (row.engine === calibration ? 0 : 0.5) +
    2 * doublings(row.inputTokens, inputTokens.mean) +
    2 * doublings(row.outputTokens, outputTokens.mean) +
    doublings(row.gpus, point.gpus) +
    (row.concurrency === null ? 2 : 0.5 * doublings(row.concurrency, point.concurrency))
  );
}

function measurement(
  row: ServingRow,
  demand: ServingDemand,
  accelerator: Accelerator,
  method: SizingMethod,
): NearestMeasurement | null {
  const precision = precisionOf(row.precision);
  const measured = row.outputTokensPerSecondPerGpu;
  if (precision === null || measured === null) return null;
  const prediction = predictRun(measuredRunOf(row, precision), demand.model, accelerator, method);
  if (prediction === null) return null;
  const load = row.concurrency === null ? 'at full load' : `at concurrency ${row.concurrency}`;
  return {
    id: row.id,
    source: row.source,
    outputTokensPerSecondPerGpu: measured,
    predicted: prediction.tokensPerSecondPerGpu,
    difference: `${row.gpus} × ${row.gpu}, ${row.engine} ${row.precision}, ${row.inputTokens} in / ${row.outputTokens} out ${load}`,
  };
}
