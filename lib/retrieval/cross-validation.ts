import {
  fitSearch,
  p99LatencyMs,
  type FittedSearch,
  type SearchMeasurement,
} from '#lib/retrieval/fit-search';
import { machinePower, secondsPerQuery } from '#lib/retrieval/search-model';
import { quantile } from '#lib/units/quantile';

/** Share of measurements that a band must hold. */
const COVERAGE = 0.8;
/** Shares cut off at either end, tried from the narrowest band on. */
const TAILS = [0.1, 0.08, 0.06, 0.04, 0.02, 0];
/** Steps by which a band that holds all other groups is widened further. */
const WIDENING = 1.1;
const MAX_WIDENINGS = 40;

/** How far predictions lay from rows of groups that the fit had not seen. Errors are fractions of the measurement. */
export interface HeldOutError {
  readonly rows: number;
  readonly groups: number;
  readonly medianApe: number;
  readonly p90Ape: number;
  /** Median of predicted ÷ measured. */
  readonly bias: number;
  /** Bounds on measured ÷ predicted. */
  readonly low: number;
  readonly high: number;
  /** Share of a group's rows inside a band made from the other groups alone, as a mean over groups. */
  readonly coverage: number;
}

export interface HeldOut {
  readonly queriesPerSecond: HeldOutError;
  readonly p99LatencyMs: HeldOutError;
}

interface Residual {
  readonly group: string;
  /** Measured ÷ predicted. */
  readonly throughput: number;
  readonly latency: number;
}

/** Leaves out each store and data set in turn: the store is known at another size. */
export function holdOutDatasets(measurements: readonly SearchMeasurement[]): HeldOut {
  return heldOut(
    measurements,
    ({ store, dataset }) => `${store} ${dataset}`,
    () => true,
  );
}

/**
 * Leaves out each store in turn, and judges what the others share. Services without sizes are not judged: nobody
 * plans vCPUs for them.
 */
export function holdOutStores(measurements: readonly SearchMeasurement[]): HeldOut {
  return heldOut(
    measurements,
    ({ store }) => store,
    ({ vcpus }) => vcpus !== null,
  );
}

function heldOut(
  measurements: readonly SearchMeasurement[],
  groupOf: (measurement: SearchMeasurement) => string,
  isJudged: (measurement: SearchMeasurement) => boolean,
): HeldOut {
  const groups = [...new Set(measurements.filter(isJudged).map(groupOf))].toSorted();
  const residuals = groups.flatMap((group) => {
    const fitted = fitSearch(measurements.filter((each) => groupOf(each) !== group));
    return measurements
      .filter((each) => groupOf(each) === group && isJudged(each))
      .map((each) => residualOf(group, each, fitted));
  });
  return {
    queriesPerSecond: errorOf(residuals.map(({ group, throughput }) => ({ group, ratio: throughput }))),
    p99LatencyMs: errorOf(residuals.map(({ group, latency }) => ({ group, ratio: latency }))),
  };
}

function residualOf(group: string, measurement: SearchMeasurement, fitted: FittedSearch): Residual {
  const parameters = fitted.stores.get(measurement.store) ?? fitted.pooled;
  const seconds = secondsPerQuery(parameters, measurement.work);
  const predicted = machinePower(measurement.vcpus) / seconds;
  return {
    group,
    throughput: measurement.queriesPerSecond / predicted,
    latency: measurement.p99LatencyMs / p99LatencyMs(parameters, seconds),
  };
}

interface Ratio {
  readonly group: string;
  /** Measured ÷ predicted. */
  readonly ratio: number;
}

function errorOf(ratios: readonly Ratio[]): HeldOutError {
  const predictedOver = ascending(ratios.map(({ ratio }) => 1 / ratio));
  const errors = ascending(predictedOver.map((ratio) => Math.abs(ratio - 1)));
  return {
    rows: ratios.length,
    groups: new Set(ratios.map(({ group }) => group)).size,
    medianApe: quantile(errors, 0.5),
    p90Ape: quantile(errors, 0.9),
    bias: quantile(predictedOver, 0.5),
    ...narrowestBand(ratios),
  };
}

/** The first band that, made without a group, still holds 80 % of its rows on average. */
function narrowestBand(ratios: readonly Ratio[]): Pick<HeldOutError, 'low' | 'high' | 'coverage'> {
  const widenings = Array.from({ length: MAX_WIDENINGS }, (_, step) => WIDENING ** (step + 1));
  const candidates = [
    ...TAILS.map((tail) => ({ tail, widening: 1 })),
    ...widenings.map((widening) => ({ tail: 0, widening })),
  ];
  for (const { tail, widening } of candidates) {
    const bandOf = (from: readonly Ratio[]) => {
      const sorted = ascending(from.map(({ ratio }) => ratio));
      return { low: quantile(sorted, tail) / widening, high: quantile(sorted, 1 - tail) * widening };
    };
    const coverage = coverageOf(ratios, bandOf);
    if (coverage >= COVERAGE) return { ...bandOf(ratios), coverage };
  }
  throw new Error('no band holds the rows of a group that was left out');
}

function coverageOf(
  ratios: readonly Ratio[],
  bandOf: (from: readonly Ratio[]) => { readonly low: number; readonly high: number },
): number {
  const groups = [...new Set(ratios.map(({ group }) => group))];
  const shares = groups.map((group) => {
    const { low, high } = bandOf(ratios.filter((each) => each.group !== group));
    const own = ratios.filter((each) => each.group === group);
    return own.filter(({ ratio }) => ratio >= low && ratio <= high).length / own.length;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
