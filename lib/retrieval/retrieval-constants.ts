import type { HeldOut } from '#lib/retrieval/cross-validation';
import type { LatencyParameters } from '#lib/retrieval/fit-search';
import type { SearchParameters } from '#lib/retrieval/search-model';
import type { SearchLayout } from '#lib/retrieval/search-row';
import records from '../catalog/data/retrieval-constants.json';

/** Where the constants come from and how far they are off on rows they were not fitted on. */
export interface RetrievalMethod {
  readonly id: 'method';
  readonly version: string;
  /** Day on which the rows were read. */
  readonly asOf: string;
  readonly method: string;
  readonly rows: string;
  readonly rowCount: number;
  readonly source: string;
  /** A store that has rows, at a size it has none of. */
  readonly unseenDataset: HeldOut;
  /** A store that has no rows. */
  readonly unseenStore: HeldOut;
}

export interface StoreParameters extends SearchParameters, LatencyParameters {}

/** A store with rows: its constants and what its rows reach. */
export interface StoreConstants extends StoreParameters {
  readonly id: string;
  readonly store: string;
  readonly rows: number;
  /** Machines of its rows; `null` for a service without sizes. */
  readonly vcpus: readonly number[] | null;
  readonly vectors: { readonly min: number; readonly max: number };
  readonly bestRecall: number;
  /** Ways of filtering that its rows show. */
  readonly filteredLayouts: readonly string[];
  /** Filtered rows that are much slower than the constants say. */
  readonly slowRows: readonly SlowRow[];
}

/** A filtered search that left the way which the constants describe, as by comparing whatever passes. */
export interface SlowRow {
  readonly layout: SearchLayout;
  readonly vectors: number;
  readonly filterShare: number;
  readonly recall: number;
  readonly queriesPerSecond: number;
  readonly vcpus: number | null;
}

export interface PooledConstants extends StoreParameters {
  readonly id: 'pooled';
}

export type ConstantsRecord = RetrievalMethod | PooledConstants | StoreConstants;

/** Fitted constants of vector search. */
export interface RetrievalConstants {
  readonly method: RetrievalMethod;
  readonly pooled: PooledConstants;
  /** By the name in the rows: `Milvus`. */
  readonly stores: ReadonlyMap<string, StoreConstants>;
}

/** @throws Error where the records are not those of one calibration */
function readRetrievalConstants(all: readonly object[]): RetrievalConstants {
  const of = (id: string) => all.find((record) => 'id' in record && record.id === id);
  const [method, pooled] = [of('method'), of('pooled')];
  if (method === undefined || pooled === undefined) {
    throw new Error('the constants of retrieval lack their method or what the stores share');
  }
  const stores = all.filter((record) => 'store' in record) as StoreConstants[];
  return {
    method: method as RetrievalMethod,
    pooled: pooled as PooledConstants,
    stores: new Map(stores.map((store) => [store.store, store])),
  };
}

let bundled: RetrievalConstants | undefined;

/** The constants that the package ships with. */
export function retrievalConstants(): RetrievalConstants {
  bundled ??= readRetrievalConstants(records);
  return bundled;
}
