import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision } from '#lib/catalog/precision';

const BYTES: Readonly<Record<KvPrecision, number>> = { bf16: 2, fp8: 1 };

/**
 * Bytes that one token adds over all layers, before replication: `2 × KV layers × KV heads × head dim × bytes`, or for
 * latent attention `layers × (rank + rope dim) × bytes`. `null` where the dimensions are not published.
 */
export function kvBytesPerToken(model: Model, precision: KvPrecision): number | null {
  const elements = model.kvElementsPerToken ?? kvElements(model);
  return elements === null ? null : elements * BYTES[precision];
}

/** Tokens that a sequence of `tokens` keeps, as a mean over its layers: windowed layers keep their window. */
export function residentTokens(model: Model, tokens: number): number {
  const full = fullShare(model);
  const window = model.slidingWindowTokens;
  return window === null ? tokens : full * tokens + (1 - full) * Math.min(tokens, window);
}

/**
 * Tokens that an engine keeps of a sequence of `tokens`. TensorRT-LLM keeps all of them in every layer unless its flag
 * `max_attention_window` says otherwise, which no published run and no plan of ours sets.
 */
export function heldTokens(model: Model, engine: string, tokens: number): number {
  return engine === 'trtllm' ? tokens : residentTokens(model, tokens);
}

/** State of linear attention is kept in 32 bits, the last inputs of its short convolution in 16. */
const STATE_BYTES = 4;
const CONVOLUTION_BYTES = 2;
/** Inputs that a convolution over four keeps. */
const CONVOLUTION_INPUTS = 3;

/**
 * Bytes that a sequence of any length keeps in the layers without a cache: the state of a recurrence and the last inputs
 * of its convolution, as the model states them. A gated delta rule of which only the heads are known holds `value heads ×
 * head dim²` in 32 bits and three inputs of its convolution. 0 where every layer has a cache and nothing else.
 */
export function stateBytesPerSequence({ layers, kvLayers, gatedDelta, sequenceState }: Model): number {
  if (sequenceState !== undefined) {
    const { recurrentElements, recurrentBytes, convolutionElements } = sequenceState;
    return recurrentElements * recurrentBytes + convolutionElements * CONVOLUTION_BYTES;
  }
  if (gatedDelta === undefined || kvLayers === null) return 0;
  const { valueHeads, keyHeads, headDim } = gatedDelta;
  const convolution = (2 * keyHeads + valueHeads) * headDim * CONVOLUTION_INPUTS * CONVOLUTION_BYTES;
  return (layers - kvLayers) * (valueHeads * headDim ** 2 * STATE_BYTES + convolution);
}

/** Bytes of the cache that one step reads for each byte that is kept: above 1 where layers share a cache. */
export function readsPerCachedByte({ kvElementsPerToken, kvElementsReadPerToken }: Model): number {
  if (kvElementsPerToken === null || kvElementsReadPerToken === undefined) return 1;
  return kvElementsReadPerToken / kvElementsPerToken;
}

/** Copies of each cached element in a replica: tensor parallelism beyond the KV heads repeats them, MLA always does. */
export function kvReplication(
  model: Model,
  { staticShapes }: Pick<Accelerator, 'staticShapes'>,
  tensor: number,
  attentionData: number,
): number {
  if (model.mla !== null) return attentionData > 1 ? 1 : tensor;
  const ranks = Math.max(1, Math.floor(tensor / attentionData)) * (staticShapes?.ranks ?? 1);
  return Math.max(1, ranks / (model.kvHeads ?? 1));
}

/**
 * Tokens of the cache that a step attends to, as a mean over an answer: what there is, `input + output ÷ 2`. Where shapes
 * do not change it is padded to the next power of two (NxD Inference's automatic buckets).
 */
export function attendedTokens(
  { staticShapes }: Pick<Accelerator, 'staticShapes'>,
  inputTokens: number,
  outputTokens: number,
): number {
  if (staticShapes === undefined || outputTokens <= 0) return inputTokens + outputTokens / 2;
  const last = inputTokens + outputTokens;
  let padded = 0;
  for (let at = inputTokens, bucket = staticShapes.leastTokens; at < last; bucket *= 2) {
    if (bucket <= at) continue;
    const until = Math.min(bucket, last);
    padded += (until - at) * bucket;
    at = until;
  }
  return padded / outputTokens;
}

/** Share of layers with full attention. */
export function fullShare(model: Model): number {
  if (model.slidingWindowTokens === null || model.kvFullLayers === null) return 1;
  return model.kvFullLayers / model.layers;
}

function kvElements(model: Model): number | null {
  if (model.mla !== null) return model.layers * (model.mla.kvLoraRank + model.mla.qkRopeHeadDim);
  if (model.kvHeads === null || model.headDim === null) return null;
  return 2 * (model.kvLayers ?? model.layers) * model.kvHeads * model.headDim;
}
