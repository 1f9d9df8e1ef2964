import type { Model } from '#lib/catalog/models';
import { parametersOf } from '#lib/sizing/weights';

/** Experts of a mixture, as far as the speed and the memory of training depend on them. */
export interface TrainedExperts {
  readonly layers: number;
  readonly experts: number;
  readonly topK: number;
  /** Parameters of all routed experts. */
  readonly parameters: number;
}

/** What the time and the memory of a training step depend on. Parameters are counted one by one, not in 10^9. */
export interface TrainingShape {
  readonly id: string;
  readonly parameters: number;
  readonly activeParameters: number;
  readonly layers: number;
  readonly hidden: number;
  /** Layers whose attention grows with the sequence, and those with a window of `windowTokens`. */
  readonly fullLayers: number;
  readonly windowLayers: number;
  readonly windowTokens: number;
  /** Heads × the mean width of a query and a value: `4 × sequence × width` FLOPs a token and layer, not causal. */
  readonly attentionWidth: number;
  /** Elements of a token's keys and values together, in one layer, as they are exchanged. */
  readonly keyValueWidth: number;
  readonly vocabulary: number;
  /** Input and output embedding together. */
  readonly embeddingParameters: number;
  readonly experts: TrainedExperts | null;
}

/** The shape of a catalogued model; `null` where its parameters or its heads are not published. */
export function shapeOf(model: Model): TrainingShape | null {
  const parameters = parametersOf(model);
  const attentionWidth = attentionWidthOf(model);
  if (parameters === null || attentionWidth === null || model.layers === 0) return null;
  const attending = model.kvLayers ?? model.layers;
  const fullLayers = Math.min(model.kvFullLayers ?? attending, attending);
  const { moe } = model;
  return {
    id: model.id,
    parameters: parameters.total,
    activeParameters: parameters.active,
    layers: model.layers,
    hidden: model.hidden,
    fullLayers,
    windowLayers: attending - fullLayers,
    windowTokens: model.slidingWindowTokens ?? 0,
    attentionWidth,
    keyValueWidth: keyValueWidthOf(model),
    vocabulary: model.vocabulary,
    embeddingParameters: parameters.embeddings,
    experts:
      moe === null
        ? null
        : { layers: moe.moeLayers, experts: moe.experts, topK: moe.topK, parameters: parameters.experts },
  };
}

/** Latent attention trains with its heads written out: a query has two parts, a value one. */
function attentionWidthOf({ mla, heads, headDim }: Model): number | null {
  if (mla !== null) return (heads * (mla.qkNopeHeadDim + mla.qkRopeHeadDim + mla.vHeadDim)) / 2;
  return headDim === null ? null : heads * headDim;
}

/** Latent attention exchanges the compressed vector. */
function keyValueWidthOf({ mla, kvHeads, heads, headDim }: Model): number {
  return mla === null ? 2 * (kvHeads ?? heads) * (headDim ?? 0) : mla.kvLoraRank + mla.qkRopeHeadDim;
}
