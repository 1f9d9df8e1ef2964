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

/** `16c64g`, `16 vCPU 64 GB`. */
const MACHINE = /^(\d+)\s*v?(?:c|cpus?|cores?)[\s-]*(\d+)\s*gi?b?(?:[\s-]|$)/;

/** Reads a label such as `16c64g-sq4u-fp16-force_merge`. Words that change neither machine nor layout are passed over. */
export function setupOf(label: string): SearchSetup {
  const written = label.toLowerCase();
  const machine = MACHINE.exec(written);
  const words = written.split(/[\s-]+/);
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
  ['OpenAI (Small)', { vectors: 50_000, dimensions: 1536 }],
  ['OpenAI (Medium)', { vectors: 500_000, dimensions: 1536 }],
  ['OpenAI (Large)', { vectors: 5_000_000, dimensions: 1536 }],
  ['Bioasq (Medium)', { vectors: 1_000_000, dimensions: 1024 }],
  ['Bioasq (Large)', { vectors: 10_000_000, dimensions: 1024 }],
  ['GIST (Medium)', { vectors: 1_000_000, dimensions: 960 }],
  ['LAION (Large)', { vectors: 100_000_000, dimensions: 768 }],
]);
