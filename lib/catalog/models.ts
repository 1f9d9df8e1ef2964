/** Multi-head latent attention: one compressed vector per token and layer instead of keys and values. */
export interface LatentAttention {
  readonly kvLoraRank: number;
  readonly qLoraRank: number | null;
  readonly qkRopeHeadDim: number;
  readonly qkNopeHeadDim: number;
  readonly vHeadDim: number;
  /** Tokens that sparse attention (DSA) reads at most; `null` where attention is dense. */
  readonly indexTopk: number | null;
  /** What picks those tokens. Its weights are not among `paramsTotalB`. @default - no index, or of unpublished size */
  readonly index?: { readonly heads: number; readonly headDim: number };
}

export interface MixtureOfExperts {
  readonly experts: number;
  readonly topK: number;
  readonly expertFfn: number;
  readonly moeLayers: number;
  readonly sharedExperts: number;
}

/** Layers that keep a state of fixed size instead of a cache: a gated delta rule. */
export interface GatedDelta {
  readonly valueHeads: number;
  readonly keyHeads: number;
  readonly headDim: number;
}

/** What a running sequence keeps besides its cache, whatever its length. Elements over all layers. */
export interface SequenceState {
  /** The state itself: a matrix for each head, or a vector for each channel. */
  readonly recurrentElements: number;
  /** Bytes of one of them, as the model asks of engines. */
  readonly recurrentBytes: number;
  /** Last inputs of the short convolution before it, in 16 bits. */
  readonly convolutionElements: number;
}

/**
 * What a checkpoint holds in its narrow format: every matrix of the layers; experts and dense feed-forward layers, with or
 * without the matrix after attention; the routed experts alone. Embeddings and what is left stay in 16 bits.
 */
export const QUANTISED_PARTS = ['everything', 'feed-forward+output', 'feed-forward', 'experts'] as const;
export type QuantisedPart = (typeof QUANTISED_PARTS)[number];

/** What the published smaller checkpoints of a model quantise. */
export interface Checkpoints {
  /** Scales of 8-bit weights: one per block of 128 × 128, or one per tensor. */
  readonly fp8: 'blocks' | 'tensors';
  /** What 4-bit floats hold. @default - not known: the experts of a mixture, everything of another model */
  readonly fp4?: QuantisedPart;
  /** What 4-bit integers hold, and how many of them share a 16-bit scale. @default - not known, as above, by 128 */
  readonly int4?: { readonly part: QuantisedPart; readonly groupSize: number };
}

/** A model that thinks first scores higher and writes more: scores and lengths must be of the same mode. */
export const ANSWER_MODES = ['thinking', 'direct'] as const;
export type AnswerMode = (typeof ANSWER_MODES)[number];

export interface QualityScore {
  /** Kebab-case metric: `gpqa`, `mmlu-pro`, `mteb-multilingual`. */
  readonly metric: string;
  /** 0–1 for accuracies, 0–100 for indices and MTEB, Elo points for `lmarena-text`. */
  readonly score: number;
  /** Whether the model thought before it answered; absent where the publisher does not say. */
  readonly mode?: AnswerMode;
  readonly source: string;
}

/** `embedding` makes a vector of a text, `reranker` a score of a query and a text; neither writes. */
export const MODEL_KINDS = ['llm', 'embedding', 'reranker'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** Lengths of the vectors that an embedding model gives. */
export interface VectorDimensions {
  readonly full: number;
  /** Shorter ones that it was trained to give, one by one. @default - none */
  readonly others?: readonly number[];
  /** Any from here to the full length. @default - none but the listed */
  readonly shortest?: number;
}

/** A model's architecture, as far as memory and speed depend on it. Dimensions from its configuration file. */
export interface Model {
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  /** Class that its `config.json` names: `LlamaForCausalLM`. @default - not recorded */
  readonly architecture?: string;
  readonly licence: string | null;
  readonly nativeDtype: string;
  readonly maxContextTokens: number;
  /** 10^9 parameters; `null` where unknown: such a model cannot be sized. */
  readonly paramsTotalB: number | null;
  readonly paramsActiveB: number | null;
  readonly embeddingParamsB: number | null;
  /** Tables of which a token reads one row, beside the embeddings: per-layer embeddings. @default - none */
  readonly lookupParamsB?: number;
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number | null;
  readonly headDim: number | null;
  readonly ffn: number | null;
  readonly vocabulary: number;
  readonly tiedEmbeddings: boolean;
  /** `gqa`, `gqa+swa`, `mla`, `mla+dsa`, `hybrid-gdn`, `bidirectional`, `custom`. */
  readonly attention: string;
  /** Layers that keep a KV cache at all (hybrids keep it in some only); `null` means all. */
  readonly kvLayers: number | null;
  /** Layers with full attention among those with a sliding window; `null` means all are full. */
  readonly kvFullLayers: number | null;
  readonly slidingWindowTokens: number | null;
  /** Engines that keep no more than the window in such layers, beside vLLM, which does for all models. @default - none */
  readonly windowCacheEngines?: readonly string[];
  readonly mla: LatentAttention | null;
  readonly moe: MixtureOfExperts | null;
  /** Linear-attention layers of a hybrid; absent where all layers attend. */
  readonly gatedDelta?: GatedDelta;
  /** State of the layers without a cache. @default - that of `gatedDelta`, in 32 bits; nothing where all layers attend */
  readonly sequenceState?: SequenceState;
  /** @default - not known: 8 bits with one scale per tensor, and the defaults of 4 bits */
  readonly checkpoints?: Checkpoints;
  /** Cached elements per token over all layers, before tensor-parallel replication; `null` where unknown. */
  readonly kvElementsPerToken: number | null;
  /** Elements of a cached token that one step reads, where several layers read one cache. @default - each is read once */
  readonly kvElementsReadPerToken?: number;
  /** Multi-token-prediction layers that the checkpoint ships, for speculative decoding. @default - none */
  readonly predictionLayers?: number;
  /** Of an embedding model, where published. */
  readonly vectorDimensions?: VectorDimensions;
  /** The repository holds an ONNX file too, which CPUs run several times as fast as the plain weights. */
  readonly shipsOnnx?: true;
  /** Repository on the Hugging Face hub that vLLM is given; `null` where no source names it. */
  readonly repository: string | null;
  /** The repository brings its tokenizer or its model's class as Python code, without which no engine starts. */
  readonly runsRepositoryCode?: true;
  /** Other releases with the same architecture and size: they are sized as this one is, their scores may differ. @default - none */
  readonly standsFor?: readonly string[];
  readonly quality: readonly QualityScore[];
  readonly sources: readonly string[];
  readonly unverified: readonly string[];
  readonly note: string | null;
}

/** The published score; of another mode than `mode` it does not count, of an unstated one it does. */
export function qualityOf(model: Model, metric: string, mode?: AnswerMode): QualityScore | undefined {
  return model.quality.find(
    (score) =>
      score.metric === metric && (mode === undefined || score.mode === undefined || score.mode === mode),
  );
}

/** True where attention reads a chosen part of a long context (DSA). */
export function hasSparseAttention({ mla }: Pick<Model, 'mla'>): boolean {
  return mla !== null && mla.indexTopk !== null;
}

/** Whether an embedding model gives vectors of this length; true where nobody publishes which it gives. */
export function givesDimensions({ vectorDimensions }: Model, dimensions: number): boolean {
  if (vectorDimensions === undefined) return true;
  const { full, others = [], shortest = full } = vectorDimensions;
  return others.includes(dimensions) || (dimensions >= shortest && dimensions <= full);
}
