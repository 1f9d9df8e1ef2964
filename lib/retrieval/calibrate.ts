import {
  holdOutDatasets,
  holdOutStores,
  type HeldOut,
  type HeldOutError,
} from '#lib/retrieval/cross-validation';
import { fitSearch, measurementOf, type SearchMeasurement } from '#lib/retrieval/fit-search';
import type {
  ConstantsRecord,
  SlowRow,
  StoreConstants,
  StoreParameters,
} from '#lib/retrieval/retrieval-constants';
import { machinePower, secondsPerQuery } from '#lib/retrieval/search-model';
import type { VectorSearchRow } from '#lib/retrieval/search-row';
import { roundTo } from '#lib/units/money';

const METHOD =
  'seconds per query = overhead + set of what passes the filter + search, with the search a power of vectors, share ' +
  'missed and share filtered, bounded by a scan of what passes; fitted in logarithms with a pseudo-Huber loss, ' +
  'every store drawn towards what the stores share; errors on groups that were left out';
/** So many times slower than the constants say a row is told apart: the band of rows left out ends there. */
const SLOW = 1.9;
/** What the constants are stated at, and most plans ask for. */
const USUAL_RECALL = 0.95;
/** Decimals that are kept: far fewer than two processors could disagree about. */
const DECIMALS = 4;

/** The constants of vector search from measured rows; the same rows give the same records. */
export function calibrateRetrieval(
  rows: readonly VectorSearchRow[],
  from: { readonly rows: string; readonly source: string; readonly asOf: string },
): readonly ConstantsRecord[] {
  const measurements = rows.map(measurementOf);
  return [
    {
      id: 'method',
      version: 'retrieval-constants.v1',
      asOf: from.asOf,
      method: METHOD,
      rows: from.rows,
      rowCount: rows.length,
      source: from.source,
      unseenDataset: roundedErrors(holdOutDatasets(measurements)),
      unseenStore: roundedErrors(holdOutStores(measurements)),
    },
    ...fittedRecords(measurements),
  ];
}

/** The records without their errors, which take two dozen fits. */
export function fittedRecords(measurements: readonly SearchMeasurement[]): readonly ConstantsRecord[] {
  const { pooled, stores } = fitSearch(measurements);
  return [
    { id: 'pooled', ...roundedParameters(pooled) },
    ...[...stores].map(([store, parameters]): StoreConstants => {
      const own = measurements.filter((each) => each.store === store);
      const machines = own.flatMap(({ vcpus }) => vcpus ?? []);
      const vectors = own.map(({ work }) => work.vectors);
      const filtered = own.filter(({ work }) => work.filterShare > 0);
      // Filtered rows may be exact: the graph was left for a scan.
      const walked = own.filter(({ work }) => work.filterShare === 0);
      return {
        id: `store-${store.toLowerCase()}`,
        store,
        rows: own.length,
        vcpus: machines.length === 0 ? null : [...new Set(machines)].toSorted((a, b) => a - b),
        vectors: { min: Math.min(...vectors), max: Math.max(...vectors) },
        bestRecall: Math.max(...walked.map(({ work }) => work.recall)),
        filteredLayouts: [...new Set(filtered.map(({ work }) => work.layout))].toSorted(),
        slowRows: filtered.filter((each) => isSlow(each, parameters)).map(slowRowOf),
        ...roundedParameters(parameters),
      };
    }),
  ];
}

/** A row that compared whatever passes has a recall of 1, which nobody asked for: it is held against the usual one. */
function isSlow({ vcpus, work, queriesPerSecond }: SearchMeasurement, parameters: StoreParameters): boolean {
  const asked = { ...work, recall: Math.min(work.recall, USUAL_RECALL) };
  return machinePower(vcpus) / secondsPerQuery(parameters, asked) > SLOW * queriesPerSecond;
}

function slowRowOf({ vcpus, work, queriesPerSecond }: SearchMeasurement): SlowRow {
  const { layout, vectors, filterShare, recall } = work;
  return { layout, vectors, filterShare, recall, queriesPerSecond, vcpus };
}

function roundedParameters(parameters: StoreParameters): StoreParameters {
  return {
    lnGraphSeconds: rounded(parameters.lnGraphSeconds),
    sizeExponent: rounded(parameters.sizeExponent),
    recallExponent: rounded(parameters.recallExponent),
    lnOverheadSeconds: rounded(parameters.lnOverheadSeconds),
    filterExponent: rounded(parameters.filterExponent),
    lnScanSeconds: rounded(parameters.lnScanSeconds),
    lnPassingSeconds: rounded(parameters.lnPassingSeconds),
    lnSegmentsFactor: rounded(parameters.lnSegmentsFactor),
    lnFourBitFactor: rounded(parameters.lnFourBitFactor),
    lnFixedLatencyMs: rounded(parameters.lnFixedLatencyMs),
    lnLatencyMsPerSecond: rounded(parameters.lnLatencyMsPerSecond),
  };
}

function roundedErrors({ queriesPerSecond, p99LatencyMs }: HeldOut): HeldOut {
  return { queriesPerSecond: roundedError(queriesPerSecond), p99LatencyMs: roundedError(p99LatencyMs) };
}

function roundedError(error: HeldOutError): HeldOutError {
  return {
    rows: error.rows,
    groups: error.groups,
    medianApe: rounded(error.medianApe),
    p90Ape: rounded(error.p90Ape),
    bias: rounded(error.bias),
    low: rounded(error.low),
    high: rounded(error.high),
    coverage: rounded(error.coverage),
  };
}

function rounded(value: number): number {
  return roundTo(value, DECIMALS);
}
