import {
  child,
  count,
  fault,
  has,
  optionalFlag,
  optionalText,
  optionalTexts,
  optionalWhole,
  optionalWholes,
  perLayer,
  whole,
  type ConfigNode,
} from '#lib/model-import/config-fields';
import { expertLayers } from '#lib/model-import/expert-layers';
import { sharedCaches } from '#lib/model-import/shared-caches';

/** What mixes tokens in a layer: attention over all or a window of them, a state of fixed size, or both at once. */
export type Mixer =
  | 'full'
  | 'window'
  | 'gated-delta'
  | 'key-gated-delta'
  | 'mamba'
  | 'lightning'
  | 'full-beside-mamba'
  | 'none';
export type FeedForward = 'dense' | 'experts' | 'none';

export interface LayerKinds {
  readonly mixers: readonly Mixer[];
  readonly feedForwards: readonly FeedForward[];
  /** Layers that read the cache of an earlier one and keep none. */
  readonly sharesCache: readonly boolean[];
}

/** Ten times the deepest published model. */
const MOST_LAYERS = 2000;
const CHUNK = 'attention_chunk_size';
const LAYERS = ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers'] as const;

/** Words of `layer_types` and `layers_block_type`. Attention within chunks is taken for a window of their length. */
const MIXERS = new Map<string, Mixer>([
  ['full_attention', 'full'],
  ['attention', 'full'],
  ['deepseek_sparse_attention', 'full'],
  ['sliding_attention', 'window'],
  ['chunked_attention', 'window'],
  ['linear_attention', 'gated-delta'],
  ['mamba', 'mamba'],
]);

/** Nemotron-H: each layer is a mixer or a feed-forward part, never both; by letter in older files, by word in newer. */
const HALVES = new Map<string, readonly [Mixer, FeedForward]>([
  ['M', ['mamba', 'none']],
  ['*', ['full', 'none']],
  ['-', ['none', 'dense']],
  ['E', ['none', 'experts']],
  ['mamba', ['mamba', 'none']],
  ['attention', ['full', 'none']],
  ['mlp', ['none', 'dense']],
  ['moe', ['none', 'experts']],
]);

/**
 * The kinds of all layers, first to last, as the model's class would build them.
 *
 * @throws LandfallError where a list has another length than there are layers, or names a kind that is not known
 */
export function layerKindsOf(config: ConfigNode, modelType: string): LayerKinds {
  const halves = halvesOf(config, modelType);
  if (halves !== null) {
    return {
      mixers: halves.map(([mixer]) => mixer),
      feedForwards: halves.map(([, part]) => part),
      sharesCache: sharedCaches(config, halves.length),
    };
  }
  const layers = count(config, ...LAYERS);
  if (layers > MOST_LAYERS)
    throw fault(config, LAYERS[0], 'OUT_OF_RANGE', `at most ${MOST_LAYERS} layers`, undefined, layers);
  const hasExperts = expertLayers(config, layers);
  return {
    mixers: modelType === 'falcon_h1' ? falconMixers(config, layers) : mixersOf(config, layers),
    feedForwards: Array.from({ length: layers }, (_, layer) => (hasExperts(layer) ? 'experts' : 'dense')),
    sharesCache: sharedCaches(config, layers),
  };
}

/** Falcon-H1 runs a Mamba-2 mixer in every layer, and attention beside it in all or in those that it lists. */
function falconMixers(config: ConfigNode, layers: number): readonly Mixer[] {
  const attending = optionalWholes(config, 'attn_layer_indices');
  return Array.from({ length: layers }, (_, layer) =>
    attending === null || attending.includes(layer) ? 'full-beside-mamba' : 'mamba',
  );
}

function halvesOf(config: ConfigNode, modelType: string): readonly (readonly [Mixer, FeedForward])[] | null {
  const pattern = optionalText(config, 'hybrid_override_pattern');
  const words = modelType === 'nemotron_h' ? optionalTexts(config, 'layers_block_type') : null;
  if (pattern === null && words === null) return null;
  const name = pattern === null ? 'layers_block_type' : 'hybrid_override_pattern';
  const kinds = kindsOf(config, name, pattern === null ? (words ?? []) : pattern.split(''), HALVES);
  return perLayer(config, name, kinds, optionalWhole(config, ...LAYERS) ?? kinds.length);
}

function mixersOf(config: ConfigNode, layers: number): readonly Mixer[] {
  const each = (kind: (layer: number) => Mixer) => Array.from({ length: layers }, (_, layer) => kind(layer));
  for (const name of ['layer_types', 'layers_block_type']) {
    const listed = optionalTexts(config, name);
    if (listed === null) continue;
    return windowless(config, perLayer(config, name, kindsOf(config, name, listed, MIXERS), layers));
  }
  const kimi = child(config, 'linear_attn_config');
  const kimiFull = kimi === null ? null : optionalWholes(kimi, 'full_attn_layers');
  // Kimi counts its layers from 1.
  if (kimiFull !== null) return each((layer) => (kimiFull.includes(layer + 1) ? 'full' : 'key-gated-delta'));
  const kinds = optionalWholes(config, 'attn_type_list');
  if (kinds !== null) {
    // MiniMax-01 and M1: 1 is softmax attention, 0 lightning attention.
    return perLayer(config, 'attn_type_list', kinds, layers).map((kind) =>
      kind === 1 ? 'full' : 'lightning',
    );
  }
  const windowed = optionalWholes(config, 'hybrid_layer_pattern');
  if (windowed !== null) {
    const flags = perLayer(config, 'hybrid_layer_pattern', windowed, layers);
    return windowless(
      config,
      flags.map((flag) => (flag === 1 ? 'window' : 'full')),
    );
  }
  const listed = optionalWholes(config, 'attn_layer_indices');
  if (listed !== null) return each((layer) => (listed.includes(layer) ? 'full' : 'mamba'));
  if (has(config, 'full_attention_interval')) {
    const interval = count(config, 'full_attention_interval');
    return each((layer) => ((layer + 1) % interval === 0 ? 'full' : 'gated-delta'));
  }
  if (has(config, 'attn_layer_period')) {
    const [period, offset] = [count(config, 'attn_layer_period'), whole(config, 'attn_layer_offset')];
    return each((layer) => (layer % period === offset ? 'full' : 'mamba'));
  }
  return each(windows(config, layers));
}

/** Layers of a model whose attention is all of one family, some of them with a window. */
function windows(config: ConfigNode, layers: number): (layer: number) => Mixer {
  if (slidingWindowOf(config) === null) return () => 'full';
  if (has(config, CHUNK)) return chunks(config, layers);
  const name = has(config, '_sliding_window_pattern') ? '_sliding_window_pattern' : 'sliding_window_pattern';
  if (typeof config.values[name] === 'string') {
    // EXAONE's `LLLG`, repeated: local, global. The last layer attends to everything.
    const word = optionalText(config, name) ?? '';
    return (layer) => (layer < layers - 1 && word[layer % word.length] === 'L' ? 'window' : 'full');
  }
  if (has(config, name)) {
    const every = count(config, name);
    return (layer) => ((layer + 1) % every === 0 ? 'full' : 'window');
  }
  const isSwitched = optionalFlag(config, 'use_sliding_window') === true;
  const from = isSwitched ? (optionalWhole(config, 'max_window_layers') ?? 0) : 0;
  return (layer) => (layer >= from ? 'window' : 'full');
}

/** Llama 4: layers with a rotary embedding attend within chunks, the others to everything; one in four unless listed. */
function chunks(config: ConfigNode, layers: number): (layer: number) => Mixer {
  const listed = optionalWholes(config, 'no_rope_layers') ?? [];
  // The class builds the list where the file leaves it out or empty. 1 means that the layer has the embedding.
  if (listed.length > 0) {
    const rotary = perLayer(config, 'no_rope_layers', listed, layers);
    return (layer) => (rotary[layer] === 0 ? 'full' : 'window');
  }
  const every = optionalWhole(config, 'no_rope_layer_interval') ?? 4;
  return (layer) => ((layer + 1) % every === 0 ? 'full' : 'window');
}

/** Tokens of the window or chunk; `null` where there is none, where it is switched off, or no shorter than the context. */
export function slidingWindowOf(config: ConfigNode): number | null {
  const window = optionalWhole(config, 'sliding_window', 'sliding_window_size', CHUNK);
  if (window === null || optionalFlag(config, 'use_sliding_window') === false) return null;
  const context = optionalWhole(config, 'max_position_embeddings') ?? Infinity;
  return window === 0 || window >= context ? null : window;
}

/** Layers called windowed although no window is set attend to everything. */
function windowless(config: ConfigNode, mixers: readonly Mixer[]): readonly Mixer[] {
  if (slidingWindowOf(config) !== null) return mixers;
  return mixers.map((mixer) => (mixer === 'window' ? 'full' : mixer));
}

function kindsOf<T>(
  config: ConfigNode,
  name: string,
  words: readonly string[],
  known: ReadonlyMap<string, T>,
): readonly T[] {
  return words.map((word, index) => {
    const kind = known.get(word);
    if (kind !== undefined) return kind;
    const place = typeof config.values[name] === 'string' ? name : ([name, index] as const);
    const fix = 'give the model as a record of its own: this kind of layer is not read';
    throw fault(config, place, 'NOT_A_CHOICE', `one of ${[...known.keys()].join(', ')}`, fix, word);
  });
}
