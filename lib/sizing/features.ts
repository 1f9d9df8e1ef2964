import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision, Precision } from '#lib/catalog/precision';
import { computeOf, type Compute } from '#lib/sizing/compute';
import { spanOf, type NodeFabric, type Span, type SpanEnd } from '#lib/sizing/fabric';
import {
  attendedTokens,
  fullShare,
  kvBytesPerToken,
  kvReplication,
  readsPerCachedByte,
  residentTokens,
  stateBytesPerSequence,
} from '#lib/sizing/kv-cache';
import type { Techniques } from '#lib/sizing/techniques/techniques';
import { bytesOfSummed, isLinkedByPcie } from '#lib/sizing/summed-bytes';
import { expertBytes, otherBytes, parametersOf } from '#lib/sizing/weights';

/** Share of a long context that sparse attention's indexer still reads, as a multiple of a full read. */
const INDEXER_SHARE = 0.11;

export interface ReplicaShape {
  readonly tensor: number;
  readonly pipeline: number;
  readonly attentionData: number;
  /** GPUs of a stage over which the experts are spread. @default - 1: each GPU holds a slice of all */
  readonly expertParallel?: number;
  /** Nodes that the GPUs of one stage lie on. @default 1 */
  readonly stageNodes?: number;
}

export interface Workpiece {
  readonly model: Model;
  readonly accelerator: Accelerator;
  readonly precision: Precision;
  readonly kvPrecision: KvPrecision;
  readonly engine: string;
  readonly shape: ReplicaShape;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Share of input tokens whose prefill is skipped. */
  readonly cachedShare: number;
  /** @default - nothing beyond the plain engine, as measured runs are */
  readonly techniques?: Techniques | undefined;
  /** Between nodes. @default - nobody says: no stage is spread over them */
  readonly fabric?: NodeFabric | undefined;
}

/** What one GPU of one pipeline stage reads, computes and sends; bytes, FLOP and counts, in the words of the method. */
export interface Features {
  readonly compute: Compute;
  readonly stages: number;
  readonly layers: number;
  readonly isMoe: boolean;
  readonly isSparseAttention: boolean;
  readonly allReduces: number;
  readonly allReduceBytesPerToken: number;
  /** The nodes that an exchange crosses, and what each token adds to one of them; `null` within a node. */
  readonly span: Span | null;
  readonly gatheredBytesPerToken: number;
  /** Tokens whose prefill is computed. */
  readonly prefillTokens: number;
  readonly prefillFlops: number;
  readonly prefillAttentionFlops: number;
  /** Per running sequence of the stage. */
  readonly decodeFlops: number;
  readonly decodeAttentionFlops: number;
  readonly kvReadBytes: number;
  readonly sharedReadBytes: number;
  /** Bytes of experts read when `batch` sequences run in the stage: `all × (1 − (1 − k/E)^batch)`. */
  expertReadBytes(batch: number): number;
}

/** `null` where the model's dimensions are not published. */
export function featuresOf(piece: Workpiece, end: SpanEnd = 'base'): Features | null {
  const { model, precision, shape } = piece;
  const { tensor, pipeline, attentionData } = shape;
  const parameters = parametersOf(model);
  const kvBytes = kvBytesPerToken(model, piece.kvPrecision);
  const attention = attentionFlops(model);
  if (parameters === null || kvBytes === null || attention === null) return null;
  const { moe } = model;
  const context = attendedTokens(piece.accelerator, piece.inputTokens, piece.outputTokens);
  const topk = model.mla?.indexTopk ?? null;
  const readTokens =
    topk === null ? residentTokens(model, context) : Math.min(context, topk) + context * INDEXER_SHARE;
  const computed = piece.inputTokens * (1 - piece.cachedShare);
  const active = parameters.active - parameters.embeddings / 2;
  const otherShards = attentionData === 1 ? tensor : tensor / attentionData;
  const gatheredBytesPerToken = model.hidden * bytesOfSummed(isLinkedByPcie(piece.accelerator), piece.engine);
  const expertsEach = expertBytes(model, parameters, precision) / pipeline / tensor;
  return {
    compute: computeOf(model, piece.accelerator, precision),
    stages: pipeline,
    layers: model.layers / pipeline,
    isMoe: moe !== null,
    isSparseAttention: topk !== null,
    allReduces: tensor > 1 ? (2 * model.layers) / pipeline : 0,
    allReduceBytesPerToken: tensor > 1 ? ((2 * (tensor - 1)) / tensor) * gatheredBytesPerToken : 0,
    gatheredBytesPerToken,
    span: spanOf(shape.stageNodes ?? 1, piece.fabric, end),
    prefillTokens: computed,
    prefillFlops: (2 * active * computed) / pipeline / tensor,
    prefillAttentionFlops:
      (attention.prefill * attendedPairs(model, piece.inputTokens, piece.cachedShare)) / pipeline / tensor,
    decodeFlops: (2 * active) / pipeline / tensor,
    decodeAttentionFlops: (attention.decode * readTokens) / pipeline / tensor,
    kvReadBytes:
      ((readTokens * kvBytes * readsPerCachedByte(model)) / pipeline) *
        (kvReplication(model, piece.accelerator, tensor, attentionData) / tensor) +
      stateTrafficBytes(model) / pipeline / otherShards,
    sharedReadBytes:
      otherBytes(model, parameters, precision) / pipeline / otherShards + parameters.embeddings / tensor,
    expertReadBytes: (batch) =>
      moe === null ? 0 : expertsEach * (1 - (1 - moe.topK / moe.experts) ** batch),
  };
}

/**
 * Each step reads a sequence's state and writes it back. That of a gated delta rule lies in the constants, which were
 * fitted on such models without it.
 */
function stateTrafficBytes(model: Model): number {
  return model.gatedDelta === undefined ? 2 * stateBytesPerSequence(model) : 0;
}

/** FLOP per pair of tokens (prefill, causal) and per cached token (decode), over all layers. */
function attentionFlops(model: Model): { prefill: number; decode: number } | null {
  const { mla, heads, layers } = model;
  if (mla !== null) {
    return {
      prefill: heads * (mla.qkNopeHeadDim + mla.qkRopeHeadDim + mla.vHeadDim) * layers,
      decode: 2 * heads * (2 * mla.kvLoraRank + mla.qkRopeHeadDim) * layers,
    };
  }
  if (model.headDim === null) return null;
  const kvLayers = model.kvLayers ?? layers;
  return { prefill: 2 * heads * model.headDim * kvLayers, decode: 4 * heads * model.headDim * kvLayers };
}

/** Square of the prompt, less the part whose attention the prefix cache already holds; windowed layers see less. */
function attendedPairs(model: Model, tokens: number, cachedShare: number): number {
  const full = fullShare(model);
  const window = Math.min(model.slidingWindowTokens ?? tokens, tokens);
  const square = full * tokens ** 2 * (1 - cachedShare ** 2);
  return square + (1 - full) * 2 * tokens * window * (1 - cachedShare);
}
