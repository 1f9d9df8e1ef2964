import { lettersOf } from '#lib/catalog/names';
import { closest } from '#lib/errors/did-you-mean';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import type { Pair } from '#lib/evaluation/error-figures';
import { underOwnNames, type FieldNames, type OtherFields } from '#lib/evaluation/field-names';
import type { RowKind } from '#lib/evaluation/row-kind';
import {
  isAbsent,
  number,
  oneOf,
  optional,
  text,
  unknown,
  Unusable,
  usable,
} from '#lib/evaluation/row-fields';
import { predictSearch } from '#lib/retrieval/queries-per-second';
import { retrievalConstants, type RetrievalConstants } from '#lib/retrieval/retrieval-constants';
import { SEARCH_DATASETS, setupOf, type SearchDataset, type SearchSetup } from '#lib/retrieval/search-row';
import { FAMILY_NAMES } from '#lib/retrieval/store-families';
import { shown } from '#lib/text/place';

const KIND = 'vector_search';
/** The shortest of the published runs is 1.5 ms. */
const LEAST_LATENCY_MS = 0.2;
const NAMES: FieldNames = {
  db: ['database', 'store'],
  dataset: ['data_set'],
  qps: ['queries_per_second', 'max_qps'],
  filter_ratio: ['filter_rate', 'filter_share'],
  latency: ['p99_latency_ms', 'latency_p99_ms', 'serial_latency_p99_ms'],
  label: ['db_label'],
  k: ['top_k', 'topk', 'limit'],
};
/** Products whose names are near to those of others. */
const OTHER_STORES: ReadonlySet<string> = new Set(['pgvector', 'pgvectorscale', 'pgvectorrs', 'alloydb']);
/** Neighbours that every published search asks for. */
const NEIGHBOURS = 100;
const OTHERS: OtherFields = {
  serial_latency_p99: 'write latency, in ms',
  filter: 'write filter_ratio, the share that the filter removes',
  filters: 'write filter_ratio, the share that the filter removes',
};

/** A measured search that the model can be asked about. */
export interface VectorSearchRun extends SearchSetup, SearchDataset {
  /** Product as the row names it. */
  readonly store: string;
  readonly recall: number;
  readonly filterShare: number;
  readonly queriesPerSecond: number;
  /** `null` where the row gives none. */
  readonly p99LatencyMs: number | null;
}

export interface VectorSearchPrediction {
  /** Queries per second. */
  readonly measured: number;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
  /** Latency at the 99th percentile in ms; `null` where the row gives none. */
  readonly latency: Pair | null;
}

/**
 * The run of a raw row of VectorDBBench (`db`, `label`, `dataset`, `qps`, `recall`, `filter_ratio`, `latency`), or the
 * reason why nothing can be said about it. A missing field is never guessed, but no filter is a filter of nothing.
 */
export function readVectorSearchRun(
  row: RawRow,
): { readonly run: VectorSearchRun } | { readonly reason: string } {
  return usable(() => ({ run: runOf(underOwnNames(row, NAMES, OTHERS)) }));
}

/** What the model says of a run, beside what was measured; a reason where it says nothing. */
export function predictVectorSearchRow(
  run: VectorSearchRun,
  constants: RetrievalConstants = retrievalConstants(),
): VectorSearchPrediction | { readonly reason: string } {
  const prediction = predictSearch(run, constants);
  if ('reasons' in prediction) return { reason: prediction.reasons.join('; ') };
  const { queriesPerSecond, p99LatencyMs } = prediction;
  return {
    measured: run.queriesPerSecond,
    predicted: queriesPerSecond.base,
    low: queriesPerSecond.low,
    high: queriesPerSecond.high,
    latency: run.p99LatencyMs === null ? null : { measured: run.p99LatencyMs, predicted: p99LatencyMs.base },
  };
}

function runOf(row: RawRow): VectorSearchRun {
  oneOf(text(row, 'kind'), 'kind', [KIND]);
  const neighbours = optional(row, 'k') ?? NEIGHBOURS;
  if (neighbours !== NEIGHBOURS)
    throw new Unusable(`k is ${neighbours}: every search that was fitted asks for ${NEIGHBOURS} neighbours`);
  return {
    store: store(row),
    ...setupOf(label(row)),
    ...dataset(row),
    recall: recall(row),
    filterShare: filterShare(row),
    queriesPerSecond: number(row, 'qps'),
    p99LatencyMs: latency(row),
  };
}

/** A product by its name in the rows; another is a store of its own, but not one misspelt. */
function store(row: RawRow): string {
  const name = text(row, 'db');
  const known = [...new Set([...retrievalConstants().stores.keys(), ...FAMILY_NAMES])];
  const plain = lettersOf(name.replace(/^(?:aws|amazon)\s*/i, ''));
  const found = known.find((each) => lettersOf(each) === plain || lettersOf(each) === `${plain}cloud`);
  if (found !== undefined) return found;
  const families = [...retrievalConstants().stores.keys()];
  const isMisspelt = !OTHER_STORES.has(plain) && closest(name, families, 1).length > 0;
  return isMisspelt ? unknown('db', name, families) : name;
}

function dataset(row: RawRow): SearchDataset {
  const name = text(row, 'dataset');
  const known = [...SEARCH_DATASETS].find(([each]) => lettersOf(each) === lettersOf(name));
  return known?.[1] ?? unknown('dataset', name, [...SEARCH_DATASETS.keys()]);
}

/** The benchmark's own results are in seconds, its leaderboard in ms. */
function latency(row: RawRow): number | null {
  const value = optional(row, 'latency');
  if (value === null || value >= LEAST_LATENCY_MS) return value;
  throw new Unusable(`latency is ${value} ms: no search over a network is as short; is it in seconds?`);
}

/** A service without sizes has an empty one. */
function label(row: RawRow): string {
  return isAbsent(row, 'label') || own(row, 'label') === '' ? '' : text(row, 'label');
}

function recall(row: RawRow): number {
  const value = number(row, 'recall');
  if (value <= 1) return value;
  throw new Unusable(`recall is ${value}, not a share up to 1`);
}

/** Share that the filter removes: 0 is a search without one, which the other readers take for no number at all. */
function filterShare(row: RawRow): number {
  if (isAbsent(row, 'filter_ratio')) return 0;
  const value = own(row, 'filter_ratio');
  if (typeof value === 'number' && value >= 0 && value < 1) return value;
  throw new Unusable(`filter_ratio is ${shown(value)}, not a share from 0 to below 1`);
}

/** Queries per second of published searches. */
export const vectorSearch: RowKind = {
  kinds: [KIND],
  predict: (row) => {
    const read = readVectorSearchRun(row);
    if ('reason' in read) return read;
    const result = predictVectorSearchRow(read.run);
    return 'reason' in result ? result : { quantity: 'queriesPerSecond', ...result };
  },
};
