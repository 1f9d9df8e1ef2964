import { checkRange } from '#lib/retrieval/check-range';
import type { Band } from '#lib/units/band';
import type { VectorStoreId } from '#lib/vector-stores/index';

/** One load of a data set by VectorDBBench with 768 dimensions: inserted by one client, and indexed to the end. */
interface MeasuredLoad {
  readonly vectors: number;
  readonly seconds: number;
}

interface MeasuredStore {
  readonly machine: string;
  readonly loads: readonly MeasuredLoad[];
  /** File in the repository of the benchmark. */
  readonly source: string;
  /** Most vectors per second and index that the vendor lets in, and the page that says so. */
  readonly limit?: { readonly vectorsPerSecond: number; readonly source: string };
}

const RESULTS = 'zilliztech/VectorDBBench@4ea1810:vectordb_bench/results';
const MILLION = 1_000_000;
const MEASURED_DIMENSIONS = 768;

/** The loads of the runs that the search rows come from, fields `load_duration` of each case. */
const MEASURED: Partial<Readonly<Record<VectorStoreId, MeasuredStore>>> = {
  milvus: {
    machine: '16 vCPUs',
    loads: [
      { vectors: MILLION, seconds: 355.4338 },
      { vectors: 10 * MILLION, seconds: 8_983.9787 },
      { vectors: MILLION, seconds: 916.29 },
      { vectors: 10 * MILLION, seconds: 8_564.4477 },
    ],
    source: `${RESULTS}/Milvus/result_20260403_standard_milvus.json, …/result_20250509_standard_milvus.json`,
  },
  'opensearch-domain': {
    machine: '16 vCPUs',
    loads: [
      { vectors: MILLION, seconds: 3_571.8982 },
      { vectors: 10 * MILLION, seconds: 36_662.87 },
      { vectors: MILLION, seconds: 4_072.0033 },
      { vectors: 10 * MILLION, seconds: 43_636.6352 },
    ],
    source: `${RESULTS}/OpenSearch/result_20250224_standard_opensearch.json`,
  },
  qdrant: {
    machine: '16 vCPUs',
    loads: [
      { vectors: MILLION, seconds: 1_499.8799 },
      { vectors: 10 * MILLION, seconds: 15_722.4597 },
      { vectors: MILLION, seconds: 1_339.2062 },
      { vectors: 10 * MILLION, seconds: 14_309.0383 },
    ],
    source: `${RESULTS}/QdrantCloud/result_20250602_standard_qdrantcloud.json`,
  },
  weaviate: {
    machine: 'a cloud plan of unknown size',
    loads: [{ vectors: MILLION, seconds: 3_580.7827 }],
    source: `${RESULTS}/WeaviateCloud/result_20230727_standard_weaviatecloud.json`,
  },
  's3-vectors': {
    machine: 'the service',
    loads: [
      { vectors: MILLION, seconds: 2_970.505 },
      { vectors: 10 * MILLION, seconds: 18_283.773 },
    ],
    source: `${RESULTS}/S3Vectors/result_20250722_standard_s3vectors.json`,
    limit: {
      vectorsPerSecond: 2_500,
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html',
    },
  },
};

const UNMEASURED: Readonly<Record<string, string>> = {
  'opensearch-serverless':
    'no load of OpenSearch Serverless is published, and its indexing units grow by themselves',
  'aurora-pgvector': 'published loads of pgvector build inverted lists, not the graph that is sized here',
  'cloudnative-pg': 'published loads of pgvector build inverted lists, not the graph that is sized here',
};

/** With one load, its spread is not known: as far as the loads of any other store lie from their middle. */
const WIDEST_SPREAD = 2;

export interface Ingestion {
  /** Vectors inserted and indexed; the fastest and the slowest load are the bounds, or the vendor's limit. */
  readonly vectorsPerSecond: Band;
  readonly hours: Band;
  /** What the figure does not account for. */
  readonly why: readonly string[];
  readonly sources: readonly string[];
}

export interface IngestionResult {
  /** `null` where nobody has published a rate. */
  readonly ingestion: Ingestion | null;
  /** Why it is `null`; empty otherwise. */
  readonly reasons: readonly string[];
}

/**
 * Hours to load a corpus into an empty store and index it: `vectors ÷ measured vectors per second`, in proportion to
 * the dimensions. One client inserted the measured loads, so more clients may be quicker; nothing is granted for them.
 *
 * @throws LandfallError where a figure is impossible
 */
export function planIngestion(store: VectorStoreId, vectors: number, dimensions: number): IngestionResult {
  checkRange({ at: 'vectors', value: vectors, atLeast: 1 });
  checkRange({ at: 'dimensions', value: dimensions, atLeast: 1 });
  const measured = MEASURED[store];
  if (measured === undefined) {
    return { ingestion: null, reasons: [UNMEASURED[store] ?? `no load of ${store} is published`] };
  }
  const { loads, limit, machine, source } = measured;
  const shrink = MEASURED_DIMENSIONS / dimensions;
  const rates = loads.map((load) => (load.vectors / load.seconds) * shrink);
  const middle = Math.exp(rates.reduce((sum, rate) => sum + Math.log(rate), 0) / rates.length);
  const spread = rates.length === 1 ? WIDEST_SPREAD : 1;
  const most = limit?.vectorsPerSecond ?? Infinity;
  const base = Math.min(most, middle);
  const vectorsPerSecond = {
    low: Math.min(base, ...rates) / spread,
    base,
    high: limit === undefined ? Math.max(...rates) * spread : most,
  };
  const hoursAt = (rate: number) => vectors / rate / 3600;
  return {
    ingestion: {
      vectorsPerSecond,
      hours: {
        low: hoursAt(vectorsPerSecond.high),
        base: hoursAt(vectorsPerSecond.base),
        high: hoursAt(vectorsPerSecond.low),
      },
      why: [
        `measured on ${machine} with one client; other machines are granted no other speed`,
        ...(dimensions === MEASURED_DIMENSIONS
          ? []
          : [`every load has ${MEASURED_DIMENSIONS} dimensions, ${dimensions} are reckoned in proportion`]),
      ],
      sources: limit === undefined ? [source] : [source, limit.source],
    },
    reasons: [],
  };
}
