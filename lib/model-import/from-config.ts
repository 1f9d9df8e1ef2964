import type { LatentAttention, Model } from '#lib/catalog/models';
import { LandfallError } from '#lib/errors/landfall-error';
import {
  attentionWord,
  countsOf,
  kvFullLayersOf,
  kvLayersOf,
  mixtureOf,
  type Architecture,
} from '#lib/model-import/architecture';
import { HEADS, headAttentionOf, latentDimensionsOf } from '#lib/model-import/attention';
import {
  child,
  count,
  has,
  isObject,
  optionalFlag,
  optionalText,
  optionalTexts,
  optionalWhole,
  valueOf,
  type ConfigNode,
} from '#lib/model-import/config-fields';
import { FAMILY_DEFAULTS, hasWindowPool, isEncoder, isKnownFamily } from '#lib/model-import/family-defaults';
import { feedForwardSizeOf } from '#lib/model-import/feed-forward';
import { layerKindsOf, slidingWindowOf, type LayerKinds, type Mixer } from '#lib/model-import/layer-kinds';
import {
  besideEachOther,
  headAttentionSize,
  latentAttentionSize,
  NO_MIXER,
  stateSize,
  type MixerSize,
} from '#lib/model-import/mixers';
import { nativeDtypeOf } from '#lib/model-import/native-dtype';
import { perLayerInputsOf, widensSharedLayers } from '#lib/model-import/per-layer-inputs';
import { parsePythonJson } from '#lib/model-import/python-json';
import { runsRepositoryCode } from '#lib/model-import/repository-code';
import { refuseUnreadable } from '#lib/model-import/unreadable';
import { sequenceStateOf } from '#lib/model-import/sequence-state';
import { shown } from '#lib/text/place';

/** Another file of the repository. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface ConfigFile {
  /** The model's id in the environment: kebab-case. */
  readonly id: string;
  readonly path: string;
  /** What the file holds, for the places in errors. */
  readonly text: string;
  /** The parsed `hf_quant_config.json` of the same repository, where there is one. */
  readonly quantisation?: unknown;
  /** Its `tokenizer_config.json`, where there is one. */
  readonly tokenizer?: TextFile;
}

/** A model read from a file, with what the catalog's records do not hold. */
export interface ImportedModel extends Model {
  /** Elements of linear and state-space layers that each running sequence keeps; 0 where all layers attend. */
  readonly stateElementsPerSequence: number;
}

const TEXT_PARTS = ['text_config', 'llm_config', 'language_config'];
const CONTEXT = [
  'max_position_embeddings',
  'model_max_length',
  'n_positions',
  'max_sequence_length',
  'seq_length',
  'max_seq_len',
] as const;

/**
 * A model from the `config.json` of its Hugging Face repository; of multimodal models the language part. Parameters are
 * computed from the dimensions: weights of attention, feed-forward layers, routers and embeddings, without biases, norms,
 * towers for images, layers for further tokens, and the index of sparse attention.
 *
 * @param config - The parsed file
 * @throws LandfallError at file:line:column for a field that is missing, wrong, or of an architecture that is not read
 */
export function modelFromConfig(config: unknown, file: ConfigFile): ImportedModel {
  const { id, path } = file;
  const root = rootOf(config, path, file.text);
  const { node, modelType } = languagePart(root);
  refuseUnreadable(node);
  const hidden = count(node, 'hidden_size', 'n_embd', 'd_model');
  const heads = count(node, ...HEADS);
  const kinds = layerKindsOf(node, modelType);
  const mla = latentAttention(node);
  const headAttention = mla === null ? headAttentionOf(node, hidden, false) : null;
  const tied = tiedEmbeddings(root, node, modelType);
  const architecture: Architecture = {
    hidden,
    vocabulary: count(node, 'vocab_size', 'padded_vocab_size'),
    tiedEmbeddings: tied ?? false,
    kinds,
    mixers: mixerSizes(node, kinds, hidden, heads, mla),
    feedForward: feedForwardSizeOf(node, hidden, modelType, kinds.feedForwards.includes('dense')),
    perLayerInputs: perLayerInputsOf(node, hidden, kinds.mixers.length),
    sharedLayerWidth: widensSharedLayers(node) ? 2 : 1,
  };
  const counts = countsOf(architecture);
  const stateElements = counts.recurrentElements + counts.convolutionElements;
  const moe = mixtureOf(architecture);
  const encoder = isEncoder(modelType);
  const native = nativeDtypeOf(root, node, quantisationOf(file), kinds.mixers.length);
  return {
    id,
    name: id,
    kind: encoder ? 'embedding' : 'llm',
    ...architectureName(root),
    licence: null,
    nativeDtype: native.dtype,
    maxContextTokens: count(node, ...CONTEXT),
    paramsTotalB: billions(counts.total),
    paramsActiveB: billions(counts.active),
    embeddingParamsB: billions(counts.embedding),
    ...(counts.lookup === 0 ? {} : { lookupParamsB: billions(counts.lookup) }),
    layers: kinds.mixers.length,
    hidden,
    heads,
    kvHeads: headAttention?.kvHeads ?? null,
    headDim: headAttention?.headDim ?? null,
    ffn: architecture.feedForward.denseWidth,
    vocabulary: architecture.vocabulary,
    tiedEmbeddings: architecture.tiedEmbeddings,
    attention: encoder ? 'bidirectional' : attentionWord(mla, kinds),
    kvLayers: kvLayersOf(kinds),
    kvFullLayers: kvFullLayersOf(architecture),
    slidingWindowTokens: kinds.mixers.includes('window') ? slidingWindowOf(node) : null,
    ...(hasWindowPool(modelType) ? { windowCacheEngines: ['sglang'] } : {}),
    mla,
    moe,
    ...gatedDelta(node, kinds),
    ...(native.dtype === 'fp8' || Object.keys(native.narrow).length > 0
      ? { checkpoints: { fp8: native.fp8, ...native.narrow } }
      : {}),
    kvElementsPerToken: encoder ? null : counts.kvElementsPerToken,
    ...(counts.kvElementsReadPerToken === counts.kvElementsPerToken
      ? {}
      : { kvElementsReadPerToken: counts.kvElementsReadPerToken }),
    ...sequenceStateOf(node, modelType, kinds, counts),
    stateElementsPerSequence: stateElements,
    repository: null,
    ...(runsRepositoryCode(root, tokenizerOf(file)) ? { runsRepositoryCode: true } : {}),
    quality: [],
    sources: [path],
    unverified: tied === null ? ['tiedEmbeddings'] : [],
    note: notes(node, modelType, architecture, native.note).join(' ') || null,
  };
}

/** The text of a `config.json`, in which Python may have written `Infinity`. */
export function modelFromConfigText(
  text: string,
  { path, ...file }: Pick<ConfigFile, 'id' | 'path' | 'tokenizer'>,
): ImportedModel {
  const parsed = parsePythonJson(text, path);
  return modelFromConfig(parsed.value, { ...file, path, text: parsed.text });
}

function tokenizerOf({ tokenizer }: ConfigFile): ConfigNode | null {
  if (tokenizer === undefined) return null;
  const { value, text } = parsePythonJson(tokenizer.text, tokenizer.path);
  return rootOf(value, tokenizer.path, text, 'tokenizer_config.json');
}

function quantisationOf({ quantisation, path }: ConfigFile): ConfigNode | null {
  return isObject(quantisation)
    ? { values: quantisation, defaults: {}, at: [], file: { path, text: '{}' } }
    : null;
}

function rootOf(config: unknown, path: string, text: string, name = 'config.json'): ConfigNode {
  if (isObject(config)) return { values: config, defaults: {}, at: [], file: { path, text } };
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: path,
    got: shown(config),
    expected: `the object of a Hugging Face ${name}`,
    fix: `take ${name} from the model's repository`,
  });
}

/** The part that reads and writes text, with the defaults of its family under it. */
function languagePart(root: ConfigNode): { readonly node: ConfigNode; readonly modelType: string } {
  const part = TEXT_PARTS.map((name) => child(root, name)).find((found) => found !== null);
  const rootType = optionalText(root, 'model_type') ?? '';
  const modelType = part === undefined ? rootType : (optionalText(part, 'model_type') ?? `${rootType}_text`);
  return { node: { ...(part ?? root), defaults: FAMILY_DEFAULTS[modelType] ?? {} }, modelType };
}

/** The class that Transformers loads it with; a name of another form says nothing. */
function architectureName(root: ConfigNode): { readonly architecture?: string } {
  const [name] = optionalTexts(root, 'architectures') ?? [];
  return name !== undefined && /^[A-Za-z0-9_]+$/.test(name) ? { architecture: name } : {};
}

function latentAttention(node: ConfigNode): LatentAttention | null {
  const dimensions = latentDimensionsOf(node);
  if (dimensions === null) return null;
  const [heads, headDim] = [optionalWhole(node, 'index_n_heads'), optionalWhole(node, 'index_head_dim')];
  return {
    ...dimensions,
    indexTopk: optionalWhole(node, 'index_topk'),
    ...(heads === null || headDim === null ? {} : { index: { heads, headDim } }),
  };
}

function mixerSizes(
  node: ConfigNode,
  kinds: LayerKinds,
  hidden: number,
  heads: number,
  mla: LatentAttention | null,
): Partial<Record<Mixer, MixerSize>> {
  const sizeOf = (mixer: Mixer): MixerSize => {
    if (mixer === 'none') return NO_MIXER;
    if (mixer === 'full-beside-mamba')
      return besideEachOther(sizeOf('full'), stateSize(node, 'mamba', hidden));
    if (mixer !== 'full' && mixer !== 'window') return stateSize(node, mixer, hidden);
    if (mla === null) return headAttentionSize(hidden, headAttentionOf(node, hidden, mixer === 'window'));
    const size = latentAttentionSize(hidden, heads, mla);
    // Kimi K3 gates the output of its latent attention.
    const gate = optionalFlag(node, 'mla_use_output_gate') === true ? hidden * heads * mla.vHeadDim : 0;
    return { ...size, parameters: size.parameters + gate };
  };
  return Object.fromEntries([...new Set(kinds.mixers)].map((mixer) => [mixer, sizeOf(mixer)]));
}

function gatedDelta(node: ConfigNode, kinds: LayerKinds): Pick<Model, 'gatedDelta'> {
  if (!kinds.mixers.includes('gated-delta')) return {};
  return {
    gatedDelta: {
      valueHeads: count(node, 'linear_num_value_heads'),
      keyHeads: count(node, 'linear_num_key_heads'),
      headDim: count(node, 'linear_value_head_dim'),
    },
  };
}

/** `null` where neither the file nor its family says. */
function tiedEmbeddings(root: ConfigNode, node: ConfigNode, modelType: string): boolean | null {
  const name = 'tie_word_embeddings';
  if (isEncoder(modelType)) return true;
  const stated = { ...node, defaults: {} };
  return optionalFlag(stated, name) ?? optionalFlag(root, name) ?? optionalFlag(node, name);
}

function notes(
  node: ConfigNode,
  modelType: string,
  { kinds, feedForward, hidden, mixers }: Architecture,
  dtypeNote: string | null,
): string[] {
  const list = ['Parameters are computed without biases, norms, image towers and layers for further tokens.'];
  if (!isKnownFamily(modelType))
    list.push(`The family ${shown(modelType)} is not known: its standard fields were read.`);
  if (valueOf(node, 'tie_word_embeddings') === undefined && !isKnownFamily(modelType))
    list.push('Nothing says whether the embeddings are tied: two matrices are counted.');
  if (has(node, 'attention_chunk_size') && modelType === 'llama4_text')
    list.push('Chunked local attention is taken as full: engines keep the whole cache.');
  if (has(node, 'index_topk') && !has(node, 'index_n_heads'))
    list.push('The weights of the index of sparse attention are not counted.');
  if (has(node, 'sparse_attention_config')) list.push('Its sparse attention is taken as full attention.');
  const sharing = kinds.sharesCache.filter(Boolean).length;
  if (sharing > 0) list.push(`${sharing} layers read the cache of an earlier one and keep none.`);
  if (kinds.mixers.includes('window') && kvFullAndWindowDiffer(mixers))
    list.push(
      'Layers with a window cache another number of elements: `kvFullLayers` is their share, not a count.',
    );
  const { experts } = feedForward;
  if (experts !== null && experts.parametersEach % (3 * hidden) !== 0)
    list.push('`expertFfn` is the width at which an expert with a gate has as many weights.');
  return dtypeNote === null ? list : [...list, dtypeNote];
}

function kvFullAndWindowDiffer(mixers: Architecture['mixers']): boolean {
  return mixers.full !== undefined && mixers.full.kvElements !== mixers.window?.kvElements;
}

function billions(parameters: number): number {
  return Number((parameters / 1e9).toFixed(3));
}
