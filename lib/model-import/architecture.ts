import type { LatentAttention, MixtureOfExperts } from '#lib/catalog/models';
import type { FeedForwardSize } from '#lib/model-import/feed-forward';
import type { LayerKinds, Mixer } from '#lib/model-import/layer-kinds';
import { NO_MIXER, type MixerSize } from '#lib/model-import/mixers';
import type { PerLayerInputs } from '#lib/model-import/per-layer-inputs';

const ATTENDING: ReadonlySet<Mixer> = new Set(['full', 'window', 'full-beside-mamba']);
/** Mixers for which the catalog has no word. */
const UNNAMED: ReadonlySet<Mixer> = new Set(['mamba', 'key-gated-delta', 'lightning', 'full-beside-mamba']);

/** The dimensions of a model from which its counts follow. */
export interface Architecture {
  readonly hidden: number;
  readonly vocabulary: number;
  readonly tiedEmbeddings: boolean;
  readonly kinds: LayerKinds;
  readonly mixers: Readonly<Partial<Record<Mixer, MixerSize>>>;
  readonly feedForward: FeedForwardSize;
  /** @default - nothing beside the layers */
  readonly perLayerInputs?: PerLayerInputs;
  /** Dense parts of layers that share a cache, over those of the others. @default - 1 */
  readonly sharedLayerWidth?: number;
}

/** Parameters in units of one, elements of the cache and of the states over all layers. */
export interface Counts {
  readonly total: number;
  readonly active: number;
  /** One of the two embedding matrices. */
  readonly embedding: number;
  /** Of the total: tables of which a token reads one row, beside the embeddings. */
  readonly lookup: number;
  readonly kvElementsPerToken: number;
  /** What one step reads of a token: layers that share a cache read it once more. */
  readonly kvElementsReadPerToken: number;
  readonly recurrentElements: number;
  readonly convolutionElements: number;
}

/**
 * Adds up the layers and the embeddings. Biases, norms, vision towers and layers that predict further tokens are left
 * out: well below 1 % of a language model's weights, except the last two, which serve no text token by themselves.
 */
export function countsOf(architecture: Architecture): Counts {
  const { hidden, vocabulary, kinds, feedForward } = architecture;
  const { experts, denseParameters } = feedForward;
  const embedding = vocabulary * hidden;
  const lookup = architecture.perLayerInputs?.lookupParameters ?? 0;
  const counts = {
    total:
      embedding * (architecture.tiedEmbeddings ? 1 : 2) +
      lookup +
      (architecture.perLayerInputs?.otherParameters ?? 0),
    idle: 0,
    kvElementsPerToken: 0,
    kvElementsReadPerToken: 0,
    recurrentElements: 0,
    convolutionElements: 0,
  };
  for (const [layer, mixer] of kinds.mixers.entries()) {
    const size = architecture.mixers[mixer] ?? NO_MIXER;
    const shares = kinds.sharesCache[layer] === true;
    counts.total += size.parameters - (shares ? size.keyValueParameters : 0);
    counts.kvElementsPerToken += shares ? 0 : size.kvElements;
    counts.kvElementsReadPerToken += size.kvElements;
    counts.recurrentElements += size.recurrentElements;
    counts.convolutionElements += size.convolutionElements;
  }
  for (const [layer, part] of kinds.feedForwards.entries()) {
    const width = kinds.sharesCache[layer] === true ? (architecture.sharedLayerWidth ?? 1) : 1;
    if (part === 'dense') counts.total += denseParameters * width;
    if (part !== 'experts' || experts === null) continue;
    counts.total +=
      experts.experts * experts.parametersEach + experts.parametersShared + experts.parametersRouter;
    counts.idle += (experts.experts - experts.topK) * experts.parametersEach;
  }
  const { idle, ...rest } = counts;
  return { ...rest, lookup, active: rest.total - idle - lookup, embedding };
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

/** Layers that attend to a cache, their own or another's; `null` where all do. */
export function kvLayersOf({ mixers }: LayerKinds): number | null {
  const attending = mixers.filter((mixer) => ATTENDING.has(mixer)).length;
  return attending === mixers.length ? null : attending;
}

/**
 * Layers with full attention; `null` where no layer has a window. Where layers with a window cache more or less than the
 * others, the number of layers of equal size that share the cache in the same way: it need not be whole.
 */
export function kvFullLayersOf(architecture: Architecture): number | null {
  const { mixers, sharesCache } = architecture.kinds;
  if (!mixers.includes('window')) return null;
  const keeping = mixers.filter((mixer, layer) => mixer === 'full' && sharesCache[layer] !== true).length;
  const full = keeping * (architecture.mixers.full?.kvElements ?? 0);
  const share = full / countsOf(architecture).kvElementsPerToken;
  return Number((mixers.length * share).toFixed(3));
}

/** The catalog's word for how tokens are mixed. */
export function attentionWord(mla: LatentAttention | null, { mixers }: LayerKinds): string {
  if (mixers.some((mixer) => UNNAMED.has(mixer))) return 'custom';
  if (mixers.includes('gated-delta')) return 'hybrid-gdn';
  if (mla !== null) return mla.indexTopk === null ? 'mla' : 'mla+dsa';
  return mixers.includes('window') ? 'gqa+swa' : 'gqa';
}
