import type { EngineLaunch } from '#lib/engines/engine';
import type { ReaderForm } from '#lib/targets/port/reader-support';
import type { Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';

/** Servers of a model that only reads: alike, and as many of them all month. */
export interface ReaderFleet {
  readonly launch: EngineLaunch;
  /** For the load, and one that may fail where the index has copies. */
  readonly replicas: number;
  /** 0 on CPUs. */
  readonly gpusPerReplica: 0 | 1;
  readonly pod: { readonly cpu: string; readonly memoryGib: number; readonly sharedMemoryGib: number };
  /** Longest time from start to first answer, in seconds. */
  readonly startupBudgetSeconds: number;
  readonly weightsVolumeGib: number;
  readonly nodePool: string;
}

/** A model that only reads, and waits for searches: it makes vectors of queries, or ranks what a search found. */
export interface ReaderPlan {
  /** Id in the catalog. */
  readonly model: string;
  readonly runsOn: ReaderForm;
  /** The provider's id, where it runs the model. */
  readonly modelId: string | null;
  readonly load: {
    readonly queriesPerSecond: { readonly mean: number; readonly peak: number };
    /** 1 for the query itself; of a reranker, the candidates. */
    readonly textsPerQuery: number;
    readonly tokensPerText: number;
  };
  /** `null` where the provider runs it. */
  readonly fleet: ReaderFleet | null;
  /** Of one replica; `null` where the provider runs it. */
  readonly tokensPerSecondPerReplica: Band | null;
  /** Share of the replicas' time that the peak takes. */
  readonly busyAtPeak: Band | null;
  /** From asking to the answer, at the peak; `null` where the provider publishes none. */
  readonly latencyMs: Band | null;
  readonly derivation: readonly Step[];
}

/** How the corpus becomes vectors: all of it at first and every so often, what changes every month. */
export interface CorpusPlan {
  readonly tokensPerChunk: number;
  readonly tokens: number;
  readonly changedTokensPerMonth: number;
  readonly againEveryMonths: number;
  /** Where the whole of it is embedded: `managed`, `rented` GPUs for the time, or on what `stands` there. */
  readonly on: 'managed' | 'rented' | 'stands';
  /** `null` where it is not a GPU's work. */
  readonly gpuHours: Band | null;
  /** From the first chunk to the last; `null` where the provider sets the pace. */
  readonly hours: Band | null;
  /** To load and index the vectors in the store; `null` where nobody has published a rate. */
  readonly loadHours: Band | null;
}

/** Time to the first token as the user of a search sees it, part by part; a part is `null` where it is not known. */
export interface RetrievalLatency {
  readonly embeddingMs: Band | null;
  readonly searchMs: Band | null;
  /** Absent without a reranker. */
  readonly rerankingMs?: Band | null;
  readonly firstTokenMs: Band | null;
  /** Of the parts that are known. */
  readonly knownMs: Band;
}
