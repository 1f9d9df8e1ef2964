import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { partBytes, quantisedPart, MXFP4_BYTES, shipsMxfp4, type PartBytes } from '#lib/sizing/checkpoint';

/** Weights that kernels of MXFP4 take at once, along the model's width and along an expert's (Marlin; Triton pads the first alone). */
const MXFP4_TILE = { hidden: 256, expert: 128 } as const;
const EMBEDDING_BYTES = 2;

/** Parameters (not 10^9) by the part they belong to. */
export interface Parameters {
  readonly total: number;
  readonly active: number;
  /** Routed experts. */
  readonly experts: number;
  /** Dense feed-forward layers and shared experts. */
  readonly feedForward: number;
  /** The matrix after attention. */
  readonly attentionOutput: number;
  /** Input and output embedding. */
  readonly embeddings: number;
  /** Tables beside the embeddings of which a token reads one row. */
  readonly lookup: number;
  /** Read whole in every step: everything but experts, embeddings and tables. */
  readonly other: number;
  /** Of `other`, what every GPU of a tensor group holds whole: the matrices that make latents. */
  readonly replicated: number;
  /** What picks the tokens of sparse attention: not in the total, held whole by every GPU. */
  readonly index: number;
}

/** `null` where the model's size is not published: such a model cannot be sized. */
export function parametersOf(model: Model): Parameters | null {
  const { paramsTotalB, paramsActiveB, moe, hidden, layers } = model;
  if (paramsTotalB === null) return null;
  const total = paramsTotalB * 1e9;
  const embeddings = model.vocabulary * hidden * (model.tiedEmbeddings ? 1 : 2);
  const lookup = (model.lookupParamsB ?? 0) * 1e9;
  const perExpert = moe === null ? 0 : 3 * hidden * moe.expertFfn;
  const experts = moe === null ? 0 : moe.moeLayers * moe.experts * perExpert;
  const other = total - experts - embeddings - lookup;
  const denseLayers = layers - (moe?.moeLayers ?? 0);
  const dense =
    denseLayers * 3 * hidden * (model.ffn ?? 0) +
    (moe === null ? 0 : moe.moeLayers * moe.sharedExperts * perExpert);
  const feedForward = Math.min(other, dense);
  const { replicated, index } = latentParameters(model);
  return {
    total,
    active: (paramsActiveB ?? paramsTotalB) * 1e9,
    experts,
    feedForward,
    attentionOutput: Math.min(other - feedForward, attentionOutputOf(model)),
    embeddings,
    lookup,
    other,
    replicated: Math.min(other - feedForward, replicated),
    index,
  };
}

function attentionOutputOf({ mla, headDim, heads, hidden, layers, kvLayers }: Model): number {
  if (mla !== null) return layers * heads * mla.vHeadDim * hidden;
  return (kvLayers ?? layers) * heads * (headDim ?? 0) * hidden;
}

function latentParameters({ mla, hidden, layers }: Model): { replicated: number; index: number } {
  if (mla === null) return { replicated: 0, index: 0 };
  const { qLoraRank, kvLoraRank, qkRopeHeadDim, index } = mla;
  const { heads, headDim } = index ?? { heads: 0, headDim: 0 };
  return {
    replicated: layers * hidden * ((qLoraRank ?? 0) + kvLoraRank + qkRopeHeadDim),
    index: layers * ((qLoraRank ?? hidden) * heads * headDim + hidden * (headDim + heads)),
  };
}

/** Bytes of what is neither expert nor embedding, read whole in every step. */
export function otherBytes(model: Model, parameters: Parameters, precision: Precision): number {
  return bytesOfOther(parameters, partBytes(model, precision));
}

function bytesOfOther(parameters: Parameters, bytes: PartBytes): number {
  const { other, feedForward, attentionOutput } = parameters;
  return (
    feedForward * bytes.feedForward +
    attentionOutput * bytes.attentionOutput +
    (other - feedForward - attentionOutput) * bytes.attention
  );
}

/** Bytes of the routed experts. */
export function expertBytes(model: Model, parameters: Parameters, precision: Precision): number {
  return parameters.experts * partBytes(model, precision).experts;
}

/**
 * Bytes of a checkpoint as it is published, without layers that predict further tokens and towers for images: embeddings
 * and output head are in 16 bits whatever the format.
 */
export function checkpointBytes(model: Model, parameters: Parameters, precision: Precision): number {
  const bytes = partBytes(model, precision);
  const { experts, embeddings, lookup, index } = parameters;
  return (
    experts * bytes.experts +
    bytesOfOther(parameters, bytes) +
    (embeddings + lookup) * EMBEDDING_BYTES +
    index * bytes.attention
  );
}

/** Bytes that an engine holds: those of the checkpoint, experts of MXFP4 padded to widths of whole tiles. */
export function servedWeightBytes(model: Model, parameters: Parameters, precision: Precision): number {
  const bytes = checkpointBytes(model, parameters, precision);
  if (precision !== 'fp4' || !shipsMxfp4(model)) return bytes;
  const padding =
    paddingOf(model.hidden, MXFP4_TILE.hidden) * paddingOf(model.moe?.expertFfn ?? 0, MXFP4_TILE.expert);
  return bytes + parameters.experts * MXFP4_BYTES * (padding - 1);
}

/** Bytes that a replica loads which then holds `heldBytes`: more, where the checkpoint is wider than the format served. */
export function loadedBytes(
  { model, precision, storedAs = precision }: { model: Model; precision: Precision; storedAs?: Precision },
  heldBytes: number,
): number {
  const parameters = parametersOf(model);
  if (parameters === null || storedAs === precision) return heldBytes;
  const narrowed = servedWeightBytes(model, parameters, precision);
  return heldBytes + servedWeightBytes(model, parameters, storedAs) - narrowed;
}

/** How a replica spreads what it does not split. */
interface Spread {
  readonly tensor: number;
  readonly attentionData: number;
}

/**
 * Bytes of the copies in a replica beyond the one that `servedWeightBytes` counts: attention data parallelism repeats
 * everything but the experts; within a group every GPU holds the matrices that make latents, and the index, whole.
 */
export function repeatedWeightBytes(
  model: Model,
  parameters: Parameters,
  precision: Precision,
  { tensor, attentionData }: Spread,
): number {
  const bytes = partBytes(model, precision);
  const groups =
    (attentionData - 1) *
    (bytesOfOther(parameters, bytes) + (parameters.embeddings + parameters.lookup) * EMBEDDING_BYTES);
  return (
    groups +
    (tensor - attentionData) * parameters.replicated * bytes.attention +
    (tensor - 1) * parameters.index * bytes.attention
  );
}

/**
 * Bytes by which the weights may be less than counted, where nobody published what the checkpoint leaves in 16 bits: what
 * quantising every matrix would save. 0 where it is known.
 */
export function unknownQuantisationBytes(model: Model, parameters: Parameters, precision: Precision): number {
  if (quantisedPart(model, precision).isKnown) return 0;
  const narrow = partBytes({ ...model, checkpoints: ALL_QUANTISED }, precision);
  return Math.max(0, otherBytes(model, parameters, precision) - bytesOfOther(parameters, narrow));
}

const ALL_QUANTISED: NonNullable<Model['checkpoints']> = {
  fp8: 'tensors',
  fp4: 'everything',
  int4: { part: 'everything', groupSize: 128 },
};

/** A width in whole tiles, as a multiple of the width. */
function paddingOf(width: number, tile: number): number {
  return width === 0 ? 1 : (Math.ceil(width / tile) * tile) / width;
}
