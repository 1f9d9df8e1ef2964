import type { Accelerator } from '#lib/catalog/accelerators';
import type { AttentionDataReach } from '#lib/catalog/attention-data';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision, Precision } from '#lib/catalog/precision';
import type { Band } from '#lib/units/band';
import type { EngineMemory } from '#lib/sizing/engine-memory';
import type { NodeFabric } from '#lib/sizing/fabric';
import type { ReplicaFailures } from '#lib/sizing/failure-domains';
import type { LatencyAtRate } from '#lib/sizing/latency-under-load';
import type { Techniques } from '#lib/sizing/techniques/techniques';
import type { Step } from '#lib/units/derivation';
import type { Percentile } from '#lib/units/percentile';

/** How well a figure is backed: a matching measurement, the calibrated range, or beyond it. */
export const CONFIDENCES = ['measured', 'calibrated', 'extrapolated'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What limits a replica at the chosen point. */
export type Binding = 'memory' | 'bandwidth' | 'compute' | 'latency' | 'interconnect';

export interface TokenLengths {
  readonly mean: number;
  /** What the server must hold. */
  readonly longest: number;
  /** Standard deviation ÷ mean. @default - 1 */
  readonly variation?: number;
}

/** One question to the sizing: this model in this format on this accelerator under this load. */
export interface ServingDemand {
  readonly model: Model;
  readonly accelerator: Accelerator;
  /** Accelerators in one node: the widest tensor parallelism is the smaller of this and the link domain. */
  readonly gpusPerNode: number;
  /** Nodes that one replica may be spread over, at most; of a rack, its hosts. @default - as many as its model asks for */
  readonly mostNodesPerReplica?: number;
  /** True where a replica of a mixture takes every accelerator of its node, as its copies would share experts. @default false */
  readonly mixturesTakeNodes?: boolean;
  /** How far attention may be data-parallel within a replica. @default 'any' */
  readonly attentionData?: AttentionDataReach;
  /** GPUs over which attention groups and experts may be spread, at most. @default - as many as the model has experts */
  readonly mostGroupedGpus?: number;
  /** The network between nodes. @default - nobody says: groups stay within a node */
  readonly fabric?: NodeFabric;
  /** False where the engine can only split each expert over all GPUs of a stage. @default true */
  readonly spreadsExperts?: boolean;
  readonly precision: Precision;
  /** Format of the weights on disk, which the engine quantises while loading. @default - `precision` */
  readonly storedAs?: Precision;
  readonly kvPrecision: KvPrecision;
  readonly calibration: 'vllm' | 'trtllm' | 'sglang';
  /** Share of GPU memory for weights and KV cache. */
  readonly memoryShare: number;
  readonly peakRequestsPerSecond: number;
  /** Variance ÷ mean of the number of arrivals within the peak, before a router spreads them. @default - 1, Poisson */
  readonly burstiness?: number;
  /** Mean over the month; decides the utilisation and nothing else. */
  readonly meanRequestsPerSecond: number;
  readonly inputTokens: TokenLengths;
  readonly outputTokens: TokenLengths;
  /** Share of input tokens found in the prefix cache. */
  readonly cachedShare: number;
  /** False where the engine keeps nothing of a prompt for the next that begins alike. @default true */
  readonly reusesPrefixes?: boolean;
  readonly ttftMs: number | null;
  readonly tpotMs: number | null;
  /**
   * Share of requests that must meet both at the peak, as a percentile. `null` asks no queue: TPOT of a full replica and
   * TTFT of an idle one, a hopeful answer to rank by.
   */
  readonly percentile: Percentile | null;
  /** Share of time in which the replicas needed for the peak must be up. */
  readonly availability: number;
  /** Share of a replica's throughput at the objective that the peak may use. */
  readonly fill: number;
  /** What is switched on beyond the plain engine. @default - nothing */
  readonly techniques?: Techniques;
  /** @default - what vLLM was seen to take */
  readonly engineMemory?: EngineMemory;
  /** Pins the tensor-parallel degree; chosen when absent. */
  readonly tensorParallel?: number;
  readonly replica: ReplicaFailures;
  /** @default - 1 GB/s for each node and 120 s */
  readonly coldStart?: {
    /** Speed at which one node loads weights. */
    readonly loadGbPerSecond: number;
    /** Start of the engine beyond loading: compilation, graph capture. */
    readonly compileSeconds: number;
  };
}

export interface Parallelism {
  readonly tensor: number;
  readonly pipeline: number;
  /** Expert-parallel degree within the replica; 1 for dense models. */
  readonly expert: number;
  /** Attention data parallelism (MLA models); 1 otherwise. */
  readonly data: number;
}

/** The nearest real run, shown beside the estimate. */
export interface NearestMeasurement {
  readonly id: string;
  readonly source: string;
  readonly outputTokensPerSecondPerGpu: number;
  /** What this model predicts for that row, so that the reader sees the error where it was measured. */
  readonly predicted: number;
  readonly difference: string;
}

/** The fleet that computes prompts, where answers have one of their own. */
export interface PromptFleet {
  readonly parallelism: Parallelism;
  readonly gpusPerReplica: number;
  readonly nodesPerReplica: number;
  readonly replicas: number;
  readonly spares: number;
  /** Prompts that one replica computes at once. */
  readonly concurrency: number;
  readonly requestsPerSecondPerReplica: Band;
  /** Capacity beyond the peak, as a share of the peak. */
  readonly headroom: number;
  /** Until the cache of a mean prompt is sent to the fleet for answers. */
  readonly transferMs: number;
}

/** A replica count that meets the objectives, with everything that led to it. Rates are output tokens. */
export interface ServingSizing {
  readonly fits: true;
  /** Set where prompts have a fleet of their own: everything else is then the fleet for answers. @default - one fleet */
  readonly prompts?: PromptFleet;
  readonly parallelism: Parallelism;
  readonly gpusPerReplica: number;
  readonly nodesPerReplica: number;
  readonly weightsGib: number;
  /** Of `weightsGib`, what lies in host memory. @default - nothing */
  readonly hostWeightsGib?: number;
  /** What a replica loads, GiB, where its engine quantises that to `weightsGib`. @default - as much as it holds */
  readonly storedWeightsGib?: number;
  /** KV cache of one GPU at the planned concurrency, GiB. */
  readonly kvGibPerGpu: number;
  readonly usableGibPerGpu: number;
  /** What the kernels of a mixture work in, GiB of one GPU: whether a layout fits is decided at `high`. @default - a dense model */
  readonly workspaceGibPerGpu?: Band;
  /** Longest sequence the server is configured for. */
  readonly contextTokens: number;
  /** Tokens of a step, where the engine has to be told: its own choice would hold less. @default - the engine's own */
  readonly stepTokens?: number;
  /** Sequences running at once in one replica at the objective. */
  readonly concurrency: number;
  readonly maxConcurrency: number;
  /** Output tokens per second of one replica at the objective. */
  readonly tokensPerSecondPerReplica: Band;
  /** At the peak, for the share of requests that the objectives ask about; without one at a full replica. */
  readonly ttftMs: Band;
  readonly tpotMs: Band;
  /** Base estimates of one replica's latencies under random arrivals; `null` while searching. */
  readonly latency: {
    readonly percentile: Percentile;
    /** At the peak, spread over the replicas for the load: no spare helps. `null` where those cannot finish it. */
    readonly atPeak: LatencyAtRate | null;
    readonly atMean: LatencyAtRate | null;
    /** Highest rate of one replica at which the objectives hold at that percentile. */
    readonly mostRequestsPerSecond: number;
  } | null;
  /** Replicas that carry the peak at `fill` and meet the objectives there, and the count if the throughput were at its band's ends. */
  readonly replicasForLoad: number;
  readonly replicasForLoadBand: { readonly low: number; readonly high: number };
  readonly spares: number;
  readonly replicas: number;
  /** Achieved availability, k of n. */
  readonly availability: number;
  /** Capacity beyond the peak within the objectives, as a share of the peak: 0.4 means 40 % more could be served. */
  readonly headroom: number;
  /** Mean use of the installed throughput: an output, never an input. */
  readonly utilisation: number;
  readonly coldStartSeconds: number;
  readonly binding: Binding;
  readonly confidence: Confidence;
  readonly nearest: NearestMeasurement | null;
  readonly derivation: readonly Step[];
}

export interface ServingMisfit {
  readonly fits: false;
  /** Each a finished sentence fragment: what is needed, what there is. */
  readonly reasons: readonly string[];
  /** True where no accelerator and no format would change it: nothing is known of the model. */
  readonly isOfModel?: true;
}
