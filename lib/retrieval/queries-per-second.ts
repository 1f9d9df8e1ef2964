import { checkRange } from '#lib/retrieval/check-range';
import { p99LatencyMs } from '#lib/retrieval/fit-search';
import { doubtsOf, type Doubt } from '#lib/retrieval/search-doubts';
import { machinePower, secondsPerQuery, VCPU_EXPONENT } from '#lib/retrieval/search-model';
import { retrievalConstants, type RetrievalConstants } from '#lib/retrieval/retrieval-constants';
import type { SearchLayout } from '#lib/retrieval/search-row';
import { familyOf } from '#lib/retrieval/store-families';
import type { Band } from '#lib/units/band';
import { bytesToGib } from '#lib/units/bytes';
import type { Step } from '#lib/units/derivation';

/** Searches of one machine. */
export interface SearchLoad {
  /** Id of a vector store (`qdrant`), or a product as the measured rows name it (`QdrantCloud`). */
  readonly store: string;
  readonly vectors: number;
  readonly dimensions: number;
  /** Share of the true neighbours that must be found, 0–1. */
  readonly recall: number;
  /** Share of the vectors that the filter removes, 0–1, below 1; 0 without a filter. */
  readonly filterShare: number;
  /** Of the machine; `null` where the service does not say, or has none to choose. */
  readonly vcpus: number | null;
  /** Of the machine. @default - enough */
  readonly memoryGib?: number | null;
  /** @default - `whole` */
  readonly layout?: SearchLayout;
  /** Segments merged into one, which an index that is written to is not. @default - false */
  readonly isMerged?: boolean;
  /** 4 bits a dimension, ranked again in 16. @default - false */
  readonly isFourBit?: boolean;
}

export interface SearchPrediction {
  /** Most that one machine answers with all its vCPUs busy. */
  readonly queriesPerSecond: Band;
  /** Of searches sent one after the other: waiting for a busy machine comes on top. */
  readonly p99LatencyMs: Band;
  /** Times that the base is slower than the constants say, as rows of like filters were; 1 where none is near. */
  readonly slowedBy: number;
  /** `calibrated`: measured rows of the store lie around it. `extrapolated`: see `why`. */
  readonly confidence: 'calibrated' | 'extrapolated';
  /** What the rows do not bear out; empty when calibrated. */
  readonly why: readonly string[];
  readonly derivation: readonly Step[];
}

export interface NoPrediction {
  readonly reasons: readonly string[];
}

/** No row keeps less than a byte of each dimension in memory, besides the graph. */
const FEWEST_BYTES_PER_DIMENSION = 1;

/**
 * Queries per second and latency of one machine that holds the whole index in memory: `power ÷ seconds per query`,
 * with constants fitted on VectorDBBench (see `retrieval-constants.json`). Reasons where nothing can be said.
 *
 * @throws LandfallError where a figure is impossible
 */
export function predictSearch(
  load: SearchLoad,
  constants: RetrievalConstants = retrievalConstants(),
): SearchPrediction | NoPrediction {
  check(load);
  const family = familyOf(load.store);
  const own = constants.stores.get(family);
  const isService = own !== undefined && own.vcpus === null;
  if (!isService && load.vcpus === null) {
    return {
      reasons: [`${load.store} does not say how many vCPUs search, so its queries per second are not known`],
    };
  }
  const leastGib = bytesToGib(load.vectors * load.dimensions * FEWEST_BYTES_PER_DIMENSION);
  const { memoryGib } = load;
  if (typeof memoryGib === 'number' && memoryGib < leastGib) {
    return {
      reasons: [
        `${memoryGib} GiB do not hold ${leastGib.toFixed(0)} GiB of vectors at a byte a dimension, and every measured index lies in memory`,
      ],
    };
  }
  const work = {
    ...load,
    layout: load.layout ?? 'whole',
    isMerged: load.isMerged ?? false,
    isFourBit: load.isFourBit ?? false,
  };
  const parameters = own ?? constants.pooled;
  // A service is measured as it stands; it does not grow with vCPUs that somebody else would have to buy.
  const vcpus = isService ? null : load.vcpus;
  const doubts = doubtsOf({ ...work, vcpus }, own);
  const error = own === undefined ? constants.method.unseenStore : constants.method.unseenDataset;
  const product = (some: readonly Doubt[]) => some.reduce((all, { factor }) => all * factor, 1);
  const either = product(doubts.filter(({ slowerBy }) => slowerBy === undefined));
  const slower = product(doubts) / either;
  // What was measured so slow counts as far as the load is near it, and is the slow end in any case.
  const asMeasured = doubts.reduce((all, { factor, slowerBy = 0 }) => all * factor ** slowerBy, 1);
  const quick = secondsPerQuery(parameters, work);
  const seconds = quick * asMeasured;
  const queriesPerSecond = machinePower(vcpus) / seconds;
  return {
    queriesPerSecond: widened(queriesPerSecond, error.queriesPerSecond, {
      low: (either * slower) / asMeasured,
      high: either * asMeasured,
    }),
    p99LatencyMs: widened(p99LatencyMs(parameters, seconds), error.p99LatencyMs, {
      low: either * asMeasured,
      high: (either * slower) / asMeasured,
    }),
    slowedBy: asMeasured,
    confidence: doubts.length === 0 ? 'calibrated' : 'extrapolated',
    why: doubts.map(({ why }) => why),
    derivation: derive(work, vcpus, {
      quick,
      asMeasured,
      seconds,
      queriesPerSecond,
      source: constants.method.source,
    }),
  };
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** @param doubt - By how much each end is moved on */
function widened(base: number, error: Ends, doubt: Ends): Band {
  return {
    low: (base * Math.min(1, error.low)) / doubt.low,
    base,
    high: base * Math.max(1, error.high) * doubt.high,
  };
}

function check(load: SearchLoad): void {
  checkRange({ at: 'vectors', value: load.vectors, atLeast: 1 });
  checkRange({ at: 'dimensions', value: load.dimensions, atLeast: 1 });
  checkRange({ at: 'recall', value: load.recall, above: 0, atMost: 1 });
  checkRange({ at: 'filterShare', value: load.filterShare, atLeast: 0, below: 1 });
  if (load.vcpus !== null) checkRange({ at: 'vcpus', value: load.vcpus, above: 0 });
}

function derive(
  load: SearchLoad,
  vcpus: number | null,
  result: {
    readonly quick: number;
    /** Times slower than that, as rows of like filters were. */
    readonly asMeasured: number;
    readonly seconds: number;
    readonly queriesPerSecond: number;
    readonly source: string;
  },
): Step[] {
  const { source } = result;
  return [
    {
      id: 'search-seconds',
      label: 'Work of one query',
      formula:
        result.asMeasured === 1
          ? 'overhead + graph search ∥ scan of what passes the filter'
          : '(overhead + graph search ∥ scan of what passes the filter) × as rows of like filters were slower',
      value: result.seconds,
      unit: 's at one vCPU',
      inputs: [
        { name: 'vectors', value: load.vectors, unit: 'vectors' },
        { name: 'dimensions', value: load.dimensions, unit: 'dimensions' },
        { name: 'recall', value: load.recall, unit: 'share 0–1' },
        { name: 'filtered out', value: load.filterShare, unit: 'share 0–1' },
        ...(result.asMeasured === 1
          ? []
          : [{ name: 'slower', value: result.asMeasured, unit: 'factor', source } as const]),
        { name: 'constants', value: familyOf(load.store), unit: 'id', source },
      ],
    },
    {
      id: 'search-rate',
      label: 'Queries per second of one machine',
      formula: vcpus === null ? 'the service as it was measured' : 'vCPUs ^ exponent ÷ work',
      value: result.queriesPerSecond,
      unit: 'queries/s',
      inputs:
        vcpus === null
          ? []
          : [
              { name: 'vCPUs', value: vcpus, unit: 'vCPU' },
              { name: 'exponent', value: VCPU_EXPONENT, unit: 'exponent' },
            ],
    },
  ];
}
