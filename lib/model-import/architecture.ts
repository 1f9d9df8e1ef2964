import type { LatentAttention, MixtureOfExperts } from '#lib/catalog/models';
import type { FeedForwardSize } from '#lib/model-import/feed-forward';
import type { LayerKinds, Mixer } from '#lib/model-import/layer-kinds';
import type { MixerSize } from '#lib/model-import/mixers';

/** The dimensions of a model from which its counts follow. */
export interface Architecture {
  readonly hidden: number;
  readonly vocabulary: number;
  readonly tiedEmbeddings: boolean;
  readonly kinds: LayerKinds;
  readonly mixers: Readonly<Partial<Record<Mixer, MixerSize>>>;
  readonly feedForward: FeedForwardSize;
}

/** Parameters in units of one, elements of the cache and of the states over all layers. */
export interface Counts {
  readonly total: number;
  readonly active: number;
  /** One of the two embedding matrices. */
  readonly embedding: number;
  readonly kvElementsPerToken: number;
  readonly stateElementsPerSequence: number;
}

/**
 * Adds up the layers and the embeddings. Biases, norms, vision towers and layers that predict further tokens are left
 * out: well below 1 % of a language model's weights, except the last two, which serve no text token by themselves.
 */
export function countsOf(architecture: Architecture): Counts {
  const { hidden, vocabulary, kinds, feedForward } = architecture;
  const { experts, denseParameters } = feedForward;
  const embedding = vocabulary * hidden;
  const counts = {
    total: embedding * (architecture.tiedEmbeddings ? 1 : 2),
    idle: 0,
    kvElementsPerToken: 0,
    stateElementsPerSequence: 0,
  };
  for (const mixer of kinds.mixers) {
    const size = architecture.mixers[mixer];
    counts.total += size?.parameters ?? 0;
    counts.kvElementsPerToken += size?.kvElements ?? 0;
    counts.stateElementsPerSequence += size?.stateElements ?? 0;
  }
  for (const part of kinds.feedForwards) {
    if (part === 'dense') counts.total += denseParameters;
    if (part !== 'experts' || experts === null) continue;
    counts.total +=
      experts.experts * experts.parametersEach + experts.parametersShared + experts.parametersRouter;
    counts.idle += (experts.experts - experts.topK) * experts.parametersEach;
  }
  const { total, idle, kvElementsPerToken, stateElementsPerSequence } = counts;
  return { total, active: total - idle, embedding, kvElementsPerToken, stateElementsPerSequence };
}

/**
 * The experts as the catalog holds them: with three matrices of the model's width. Experts with two matrices, or in a
 * narrower space, get the width at which they have as many weights.
 */
export function mixtureOf({ feedForward, kinds, hidden }: Architecture): MixtureOfExperts | null {
  const { experts } = feedForward;
  if (experts === null) return null;
  return {
    experts: experts.experts,
    topK: experts.topK,
    expertFfn: Math.round(experts.parametersEach / (3 * hidden)),
    moeLayers: kinds.feedForwards.filter((part) => part === 'experts').length,
    sharedExperts: experts.shared,
  };
}

/** Layers that keep a cache; `null` where all do. */
export function kvLayersOf({ mixers }: LayerKinds): number | null {
  const attending = mixers.filter((mixer) => mixer === 'full' || mixer === 'window').length;
  return attending === mixers.length ? null : attending;
}

/**
 * Layers with full attention; `null` where no layer has a window. Where layers with a window cache more or less than the
 * others, the number of layers of equal size that share the cache in the same way: it need not be whole.
 */
export function kvFullLayersOf(architecture: Architecture): number | null {
  const { mixers } = architecture.kinds;
  if (!mixers.includes('window')) return null;
  const full =
    mixers.filter((mixer) => mixer === 'full').length * (architecture.mixers.full?.kvElements ?? 0);
  const share = full / countsOf(architecture).kvElementsPerToken;
  return Number((mixers.length * share).toFixed(3));
}

/** The catalog's word for how tokens are mixed. */
export function attentionWord(mla: LatentAttention | null, { mixers }: LayerKinds): string {
  const isHybrid = mixers.some((mixer) => mixer === 'mamba' || mixer === 'key-gated-delta');
  if (isHybrid) return 'custom';
  if (mixers.includes('gated-delta')) return 'hybrid-gdn';
  if (mla !== null) return mla.indexTopk === null ? 'mla' : 'mla+dsa';
  return mixers.includes('window') ? 'gqa+swa' : 'gqa';
}
