import { fitWithPriors, type Observation, type Prior } from '#lib/fitting/fit-with-priors';
import {
  machinePower,
  secondsPerQuery,
  type SearchParameters,
  type SearchWork,
} from '#lib/retrieval/search-model';
import { SEARCH_DATASETS, setupOf, type VectorSearchRow } from '#lib/retrieval/search-row';

/** A row in the terms of the model. */
export interface SearchMeasurement {
  readonly store: string;
  readonly dataset: string;
  readonly vcpus: number | null;
  readonly memoryGib: number | null;
  readonly work: SearchWork;
  readonly queriesPerSecond: number;
  readonly p99LatencyMs: number;
}

/** Constants of each store, and of a store that is not among them. */
export interface FittedSearch {
  readonly stores: ReadonlyMap<string, SearchParameters & LatencyParameters>;
  readonly pooled: SearchParameters & LatencyParameters;
}

/** `latency = fixed + share × seconds per query`, p99 of searches sent one after the other. */
export interface LatencyParameters {
  readonly lnFixedLatencyMs: number;
  /** ln of ms of latency per vCPU-second of work: small where a query is spread over many threads. */
  readonly lnLatencyMsPerSecond: number;
}

/** What all stores share, and how far one store may lie from it. */
interface Shared extends Prior {
  readonly between: number;
}

const SEARCH: Readonly<Record<Exclude<keyof SearchParameters, keyof OwnFactors>, Shared>> = {
  lnGraphSeconds: { mean: -5.5, deviation: 5, between: 2 },
  sizeExponent: { mean: 0.5, deviation: 1, between: 0.2 },
  recallExponent: { mean: 0.7, deviation: 1, between: 0.2 },
  lnOverheadSeconds: { mean: -6, deviation: 3, between: 1.5 },
  filterExponent: { mean: 0.3, deviation: 1, between: 0.3 },
  lnScanSeconds: { mean: -1, deviation: 4, between: 1 },
  // Lucene takes 5.6 ns for each that passes (56 ms on ten million, elastic/elasticsearch#150848).
  lnPassingSeconds: { mean: Math.log(0.0056), deviation: 3, between: 1.5 },
};
const LATENCY: Readonly<Record<keyof LatencyParameters, Shared>> = {
  lnFixedLatencyMs: { mean: 1.5, deviation: 3, between: 1.5 },
  lnLatencyMsPerSecond: { mean: 5.5, deviation: 3, between: 1.5 },
};

/** Factors that only one store has rows with and without. */
type OwnFactors = Pick<SearchParameters, 'lnSegmentsFactor' | 'lnFourBitFactor'>;
const OWN_FACTORS: Readonly<Record<keyof OwnFactors, string>> = {
  lnSegmentsFactor: 'OpenSearch',
  lnFourBitFactor: 'Milvus',
};
const OWN_FACTOR_PRIOR: Prior = { mean: 0, deviation: 2 };

/** @throws Error where a row's data set is not one of VectorDBBench's */
export function measurementOf(row: VectorSearchRow): SearchMeasurement {
  const dataset = SEARCH_DATASETS.get(row.dataset);
  if (dataset === undefined) throw new Error(`${row.id}: the data set ${row.dataset} is not known`);
  const { vcpus, memoryGib, layout, isMerged, isFourBit } = setupOf(row.label);
  return {
    store: row.store,
    dataset: row.dataset,
    vcpus,
    memoryGib,
    work: { ...dataset, recall: row.recall, filterShare: row.filterShare, layout, isMerged, isFourBit },
    queriesPerSecond: row.queriesPerSecond,
    p99LatencyMs: row.latencyMs,
  };
}

/**
 * Fits all stores together. A store with few rows stays near what the stores share, and one with none is exactly that:
 * the prior of a store's own deviation is what makes the fit honest about a group it has not seen.
 */
export function fitSearch(measurements: readonly SearchMeasurement[]): FittedSearch {
  const names = [...new Set(measurements.map(({ store }) => store))].toSorted();
  const search = new Places(SEARCH, names);
  const own = Object.entries(OWN_FACTORS).filter(([, store]) => names.includes(store));
  const ownPlaces = new Map(own.map(([factor], index) => [factor, search.priors.length + index]));
  const searchOf = (theta: readonly number[], store: string | null): SearchParameters => {
    const read = (name: keyof typeof SEARCH) => search.value(theta, name, store);
    const factor = (name: keyof OwnFactors) =>
      OWN_FACTORS[name] === store ? (theta[ownPlaces.get(name) ?? -1] ?? 0) : 0;
    return {
      lnGraphSeconds: read('lnGraphSeconds'),
      // Neither more vectors nor a higher recall nor a filter on the graph ever makes a search cheaper.
      sizeExponent: Math.max(0, read('sizeExponent')),
      recallExponent: Math.max(0, read('recallExponent')),
      lnOverheadSeconds: read('lnOverheadSeconds'),
      filterExponent: Math.max(0, read('filterExponent')),
      lnScanSeconds: read('lnScanSeconds'),
      lnPassingSeconds: read('lnPassingSeconds'),
      lnSegmentsFactor: Math.max(0, factor('lnSegmentsFactor')),
      lnFourBitFactor: factor('lnFourBitFactor'),
    };
  };
  const theta = fitWithPriors(
    [...search.priors, ...own.map(() => OWN_FACTOR_PRIOR)],
    measurements.map(({ store, vcpus, work, queriesPerSecond }): Observation => {
      const lnPower = Math.log(machinePower(vcpus));
      return {
        measured: Math.log(queriesPerSecond),
        depends: [...search.placesOf(store), ...ownPlaces.values()],
        predict: (parameters) => lnPower - Math.log(secondsPerQuery(searchOf(parameters, store), work)),
      };
    }),
  );
  const latencyOf = fitLatency(measurements, names);
  return {
    stores: new Map(names.map((store) => [store, { ...searchOf(theta, store), ...latencyOf(store) }])),
    pooled: { ...searchOf(theta, null), ...latencyOf(null) },
  };
}

/** ms at the 99th percentile of a search that takes so many vCPU-seconds. */
export function p99LatencyMs(parameters: LatencyParameters, seconds: number): number {
  return Math.exp(parameters.lnFixedLatencyMs) + Math.exp(parameters.lnLatencyMsPerSecond) * seconds;
}

/** Fitted on the measured throughput, so that an error of the throughput does not leak into the latency's constants. */
function fitLatency(
  measurements: readonly SearchMeasurement[],
  names: readonly string[],
): (store: string | null) => LatencyParameters {
  const places = new Places(LATENCY, names);
  const parametersOf = (theta: readonly number[], store: string | null): LatencyParameters => ({
    lnFixedLatencyMs: places.value(theta, 'lnFixedLatencyMs', store),
    lnLatencyMsPerSecond: places.value(theta, 'lnLatencyMsPerSecond', store),
  });
  const theta = fitWithPriors(
    places.priors,
    measurements.map(({ store, vcpus, queriesPerSecond, p99LatencyMs: measured }): Observation => {
      const seconds = machinePower(vcpus) / queriesPerSecond;
      return {
        measured: Math.log(measured),
        depends: places.placesOf(store),
        predict: (parameters) => Math.log(p99LatencyMs(parametersOf(parameters, store), seconds)),
      };
    }),
  );
  return (store) => parametersOf(theta, store);
}

/** Where each shared figure, and each store's deviation from it, stands in the vector of parameters. */
class Places<Name extends string> {
  public readonly priors: readonly Prior[];
  private readonly places = new Map<string, number>();
  private readonly names: readonly Name[];

  public constructor(shared: Readonly<Record<Name, Shared>>, stores: readonly string[]) {
    const priors: Prior[] = [];
    const place = (key: string, prior: Prior) => this.places.set(key, priors.push(prior) - 1);
    const names: Name[] = [];
    for (const name in shared) {
      names.push(name);
      place(name, shared[name]);
      for (const store of stores) place(`${name}|${store}`, { mean: 0, deviation: shared[name].between });
    }
    this.names = names;
    this.priors = priors;
  }

  public placesOf(store: string): number[] {
    return this.names.flatMap((name) =>
      [name, `${name}|${store}`].flatMap((key) => this.places.get(key) ?? []),
    );
  }

  public value(theta: readonly number[], name: Name, store: string | null): number {
    const shared = theta[this.places.get(name) ?? -1] ?? 0;
    return store === null ? shared : shared + (theta[this.places.get(`${name}|${store}`) ?? -1] ?? 0);
  }
}
