import type { TrainingLayout } from '#lib/training/setup';
import type { TrainingShape } from '#lib/training/shape';

/** `keep` holds what the backward pass reads (attention recomputed inside its kernel); `recompute` only each layer's input. */
export const ACTIVATION_MODES = ['keep', 'recompute'] as const;
export type ActivationMode = (typeof ACTIVATION_MODES)[number];

export interface ActivationDemand {
  readonly shape: TrainingShape;
  readonly layout: TrainingLayout;
  readonly sequenceTokens: number;
  readonly microBatch: number;
  readonly activations: ActivationMode;
  /** The loss is computed on an eighth of the logits at a time, as torchtune and Liger do. */
  readonly chunksLogits: boolean;
}

/**
 * Bytes of a layer's activations as multiples of `tokens × hidden`, without the attention matrix (Korthikanti et al.):
 * 34 for a feed-forward layer of four times the width, 19 of them its own.
 */
const BYTES_PER_LAYER = 34;
const BYTES_OF_FEED_FORWARD = 19;
const BYTES_OF_INPUT = 2;
/**
 * Logits in 16 bits; where the loss is computed their softmax in 32 besides, and its gradient in 16. Of 8,192 tokens and
 * 256,000 words a compiled loss takes 16,000 MiB, which is 8 bytes; one that is not compiled 28,000
 * (apple/ml-cross-entropy). Megatron's fused one overwrites the softmax with its gradient too.
 */
const BYTES_PER_LOGIT = 2;
const BYTES_PER_COMPUTED_LOGIT = 6;
const CHUNKS = 8;

/** Bytes of activations on one GPU; the first stage of a pipeline holds a micro-batch for every stage. */
export function activationBytes(demand: ActivationDemand): number {
  const { shape, activations } = demand;
  const perLayer = tokensPerGpu(demand) * shape.hidden;
  const kept = perLayer * bytesPerLayer(shape);
  if (activations === 'keep') return kept * shape.layers;
  return perLayer * BYTES_OF_INPUT * shape.layers + kept;
}

/** Bytes of the logits of a micro-batch, split by the tensor and context degrees. */
export function logitBytes(demand: ActivationDemand): number {
  const atOnce = demand.chunksLogits ? 1 / CHUNKS : 1;
  return (
    tokensPerGpu(demand) * demand.shape.vocabulary * (BYTES_PER_LOGIT + BYTES_PER_COMPUTED_LOGIT * atOnce)
  );
}

function tokensPerGpu({ sequenceTokens, microBatch, layout }: ActivationDemand): number {
  return (sequenceTokens * microBatch) / (layout.tensor * layout.context);
}

/** Chosen experts are a feed-forward layer as wide as all of them together, and each gets a copy of its tokens. */
function bytesPerLayer({ experts, hidden }: TrainingShape): number {
  if (experts === null) return BYTES_PER_LAYER;
  const expertWidth = experts.parameters / (experts.layers * experts.experts * 3 * hidden);
  const wider = (experts.topK * expertWidth) / (4 * hidden);
  return BYTES_PER_LAYER - BYTES_OF_FEED_FORWARD + BYTES_OF_FEED_FORWARD * wider + 4 * experts.topK;
}
