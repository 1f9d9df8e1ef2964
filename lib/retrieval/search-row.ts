/** One measured search run of the catalog: VectorDBBench's best throughput at one recall and filter. */
export interface VectorSearchRow {
  readonly id: string;
  /** `Cohere (Medium)`, `Cohere (Large)`. */
  readonly dataset: string;
  /** Product as the benchmark names it: `Milvus`, `QdrantCloud`. */
  readonly store: string;
  /** Machine and layout in one word: `8c60g-force_merge`; empty for a service without sizes. */
  readonly label: string;
  readonly queriesPerSecond: number;
  /** 99th percentile of searches sent one after the other, in ms. */
  readonly latencyMs: number;
  /** 0–1. */
  readonly recall: number;
  /** Share of the vectors that the filter removes, 0–1; 0 where there is no filter. */
  readonly filterShare: number;
  readonly source: string;
}

/**
 * How the index lies. `whole`: one index, filtered while it is searched. `partitioned`: the filtered field chooses a
 * part (partition key, routing), and only that part is searched.
 */
export type SearchLayout = 'whole' | 'partitioned';

/** What a label says of the machine and the index. */
export interface SearchSetup {
  /** vCPUs; `null` where the label gives the vendor's own units or nothing. */
  readonly vcpus: number | null;
  /** GiB; `null` likewise. */
  readonly memoryGib: number | null;
  readonly layout: SearchLayout;
  /** Segments merged into one after loading. */
  readonly isMerged: boolean;
  /** Searched in 4 bits a dimension and ranked again in 16. */
  readonly isFourBit: boolean;
}

const MACHINE = /^(\d+)c(\d+)g(?:-|$)/;

/** Reads a label such as `16c64g-sq4u-fp16-force_merge`. Words that change neither machine nor layout are passed over. */
export function setupOf(label: string): SearchSetup {
  const machine = MACHINE.exec(label);
  const words = label.split('-');
  return {
    vcpus: machine === null ? null : Number(machine[1]),
    memoryGib: machine === null ? null : Number(machine[2]),
    layout: words.some((word) => word === 'partition_key' || word === 'routing') ? 'partitioned' : 'whole',
    isMerged: words.includes('force_merge'),
    isFourBit: words.includes('sq4u'),
  };
}

export interface SearchDataset {
  readonly vectors: number;
  readonly dimensions: number;
}

/** VectorDBBench's data sets, as its `backend/dataset.py` states them. */
export const SEARCH_DATASETS: ReadonlyMap<string, SearchDataset> = new Map([
  ['Cohere (Small)', { vectors: 100_000, dimensions: 768 }],
  ['Cohere (Medium)', { vectors: 1_000_000, dimensions: 768 }],
  ['Cohere (Large)', { vectors: 10_000_000, dimensions: 768 }],
]);
