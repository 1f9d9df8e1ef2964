import type { SearchLayout } from '#lib/retrieval/search-row';

/** Size of the data at which the constants are stated. Every calibration row has 768 dimensions. */
const REFERENCE_VECTORS = 1_000_000;
export const REFERENCE_DIMENSIONS = 768;
/** Share of true neighbours missed, at which they are stated. */
const REFERENCE_MISS = 0.05;
/** A recall of exactly 1 would cost without end; no graph is measured above 0.998. */
const SMALLEST_MISS = 0.002;
const LARGEST_MISS = 0.5;

/**
 * Throughput of a machine grows by this power of its vCPUs: VectorDBBench's Milvus runs of 2023 answer 274.5407 queries
 * per second on 2 vCPUs and 1,258.7043 on 16, at a recall of 0.98 (zilliztech/VectorDBBench@4ea1810,
 * vectordb_bench/results/Milvus/result_20230727_standard_milvus.json). No store of the later rows has two sizes.
 */
export const VCPU_EXPONENT = Math.log(1258.7043 / 274.5407) / Math.log(16 / 2);

/** Machine that a service without sizes counts as; its own constants then carry what it is made of. */
const SERVICE_VCPUS = 16;

/** Fitted constants of one store. Logarithms of seconds at one vCPU, exponents, and logarithms of factors. */
export interface SearchParameters {
  /** ln of the seconds of a graph search: 1 million vectors of 768 dimensions, recall 0.95, no filter. */
  readonly lnGraphSeconds: number;
  /** The graph search grows by this power of the vectors. */
  readonly sizeExponent: number;
  /** It grows by this power of 1 ÷ share missed. */
  readonly recallExponent: number;
  /** ln of the seconds that any query costs. */
  readonly lnOverheadSeconds: number;
  /** The graph search grows by this power of 1 ÷ share that passes the filter. */
  readonly filterExponent: number;
  /** ln of the seconds to compare a query with one million vectors of 768 dimensions, one by one. */
  readonly lnScanSeconds: number;
  /** ln of the seconds to note which vectors pass a filter, for each million of them. */
  readonly lnPassingSeconds: number;
  /** ln of the factor on the graph search where segments are not merged; 0 where no row tells. */
  readonly lnSegmentsFactor: number;
  /** ln of the factor on the graph search in 4 bits a dimension; 0 where no row tells. */
  readonly lnFourBitFactor: number;
}

/** One search, as far as its cost depends on it. */
export interface SearchWork {
  readonly vectors: number;
  readonly dimensions: number;
  /** 0–1. */
  readonly recall: number;
  /** Share of the vectors that the filter removes, 0–1, below 1. */
  readonly filterShare: number;
  readonly layout: SearchLayout;
  readonly isMerged: boolean;
  readonly isFourBit: boolean;
}

/**
 * Seconds of work per query at one vCPU: `overhead + set of what passes + search`. A filter is met by walking further
 * through the graph or by comparing every vector that passes; a store takes about the cheaper, so the two add up like
 * resistors in parallel. Where the field chooses a partition, the graph of that part alone is walked. Before either, the
 * store puts what passes into a set, one by one, in a partition too, which may hold other values of the field: as long
 * as 5 million vectors' own search (opensearch-project/k-NN#3048).
 */
export function secondsPerQuery(parameters: SearchParameters, work: SearchWork): number {
  const share = 1 - work.filterShare;
  const isPartitioned = work.layout === 'partitioned';
  const millions = (work.vectors * (isPartitioned ? share : 1)) / REFERENCE_VECTORS;
  const miss = Math.min(LARGEST_MISS, Math.max(SMALLEST_MISS, 1 - work.recall));
  const graph = Math.exp(
    parameters.lnGraphSeconds +
      parameters.sizeExponent * Math.log(millions) -
      parameters.recallExponent * Math.log(miss / REFERENCE_MISS) -
      (isPartitioned ? 0 : parameters.filterExponent * Math.log(share)) +
      (work.isMerged ? 0 : parameters.lnSegmentsFactor) +
      (work.isFourBit ? parameters.lnFourBitFactor : 0),
  );
  // A comparison costs one multiplication per dimension, whichever way the vectors are reached.
  const perDimension = work.dimensions / REFERENCE_DIMENSIONS;
  const passing = (work.vectors * share) / REFERENCE_VECTORS;
  const set = work.filterShare === 0 ? 0 : Math.exp(parameters.lnPassingSeconds) * passing;
  const overhead = Math.exp(parameters.lnOverheadSeconds) + set;
  if (isPartitioned || work.filterShare === 0) return overhead + graph * perDimension;
  const scan = Math.exp(parameters.lnScanSeconds) * millions * share;
  return overhead + (perDimension * graph * scan) / (graph + scan);
}

/** Work that a machine does in a second, in vCPU-seconds of the constants; `null` is a service without sizes. */
export function machinePower(vcpus: number | null): number {
  return (vcpus ?? SERVICE_VCPUS) ** VCPU_EXPONENT;
}
