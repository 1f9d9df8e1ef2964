import type { LatentAttention, Model } from '#lib/catalog/models';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { isAbsent, number, optional, text, Unusable, usable, whole } from '#lib/evaluation/row-fields';
import {
  attentionWord,
  countsOf,
  kvFullLayersOf,
  mixtureOf,
  type Architecture,
} from '#lib/model-import/architecture';
import { isObject } from '#lib/model-import/config-fields';
import type { Experts } from '#lib/model-import/feed-forward';
import type { LayerKinds, Mixer } from '#lib/model-import/layer-kinds';
import { headAttentionSize, latentAttentionSize, type MixerSize } from '#lib/model-import/mixers';

/** Any of them says that a row means to describe its model. */
const TELLING = [
  'layers',
  'hidden',
  'heads',
  'kv_heads',
  'head_dim',
  'ffn',
  'vocab',
  'experts',
  'moe',
  'mla',
];

/**
 * The model that a benchmark row describes by itself, with the names of the research records: `layers`, `hidden`, `heads`,
 * `kv_heads`, `head_dim`, `ffn`, `vocab`, `tie_embeddings`, `sliding_window` and `kv_full_layers`, `kv_layers`, `mla`
 * (`kv_lora_rank`, `q_lora_rank`, `qk_rope_head_dim`, `qk_nope_head_dim`, `v_head_dim`, `index_topk`, `index_n_heads`, `index_head_dim`), and in `moe` or in
 * the row itself `experts`, `top_k`, `expert_ffn`, `shared_ffn` or `shared_experts`, `moe_layers` or `dense_layers`.
 * `params_total_b` and `params_active_b` (10^9) go before what the dimensions give.
 *
 * @returns the reason why the description is not enough, or `null` where the row holds none
 */
export function modelFromRow(row: RawRow): Model | { readonly reason: string } | null {
  return TELLING.some((field) => !isAbsent(row, field)) ? usable(() => modelOf(row)) : null;
}

function modelOf(row: RawRow): Model {
  const architecture = architectureOf(row);
  const { kinds, hidden } = architecture;
  const mla = latentAttentionOf(row);
  const counts = countsOf(architecture);
  const layers = kinds.mixers.length;
  const kvLayers = isAbsent(row, 'kv_layers') ? null : whole(row, 'kv_layers');
  const id = text(row, 'model');
  return {
    id,
    name: isAbsent(row, 'name') ? id : text(row, 'name'),
    kind: 'llm',
    licence: null,
    nativeDtype: isAbsent(row, 'native_dtype') ? 'bf16' : text(row, 'native_dtype'),
    maxContextTokens: optional(row, 'max_context') ?? measuredTokens(row),
    paramsTotalB: optional(row, 'params_total_b') ?? billions(computed(counts.total, kvLayers)),
    paramsActiveB: optional(row, 'params_active_b') ?? billions(computed(counts.active, kvLayers)),
    embeddingParamsB: billions(counts.embedding),
    layers,
    hidden,
    heads: whole(row, 'heads'),
    kvHeads: mla === null ? whole(row, 'kv_heads') : null,
    headDim: mla === null ? headDimOf(row, hidden) : null,
    ffn: architecture.feedForward.denseWidth,
    vocabulary: architecture.vocabulary,
    tiedEmbeddings: architecture.tiedEmbeddings,
    attention: kvLayers === null ? attentionWord(mla, kinds) : 'custom',
    kvLayers,
    kvFullLayers: kvFullLayersOf(architecture),
    slidingWindowTokens: kinds.mixers.includes('window') ? whole(row, 'sliding_window') : null,
    mla,
    moe: mixtureOf(architecture),
    kvElementsPerToken: counts.kvElementsPerToken,
    repository: null,
    quality: [],
    sources: isAbsent(row, 'source') ? [] : [text(row, 'source')],
    unverified: [
      ...(isAbsent(row, 'tie_embeddings') ? ['tiedEmbeddings'] : []),
      ...(isAbsent(row, 'max_context') ? ['maxContextTokens'] : []),
      ...(isAbsent(row, 'native_dtype') ? ['nativeDtype'] : []),
    ],
    note: 'Described by the measured row itself.',
  };
}

function architectureOf(row: RawRow): Architecture {
  const [hidden, vocabulary] = [whole(row, 'hidden'), whole(row, 'vocab')];
  const moe = experts(row, hidden);
  const kinds = kindsOf(row, moe);
  const needsWidth = kinds.feedForwards.includes('dense');
  const denseWidth = needsWidth ? whole(row, 'ffn') : null;
  const attention = attentionSize(row, hidden);
  return {
    hidden,
    vocabulary,
    tiedEmbeddings: own(row, 'tie_embeddings') === true,
    kinds,
    mixers: { full: attention, window: attention },
    feedForward: { denseWidth, denseParameters: 3 * hidden * (denseWidth ?? 0), experts: moe },
  };
}

function kindsOf(row: RawRow, moe: Experts | null): LayerKinds {
  const layers = bounded(row, 'layers', 2000);
  const attending = isAbsent(row, 'kv_layers') ? layers : bounded(row, 'kv_layers', layers);
  const full = isAbsent(row, 'sliding_window') ? attending : countOf(row, 'kv_full_layers', attending);
  const part = nested(row, 'moe') ?? row;
  const stated = isAbsent(part, 'moe_layers')
    ? layers - (isAbsent(part, 'dense_layers') ? 0 : countOf(part, 'dense_layers', layers))
    : bounded(part, 'moe_layers', layers);
  const mixer = (layer: number): Mixer => (layer < full ? 'full' : layer < attending ? 'window' : 'none');
  return {
    sharesCache: [],
    mixers: Array.from({ length: layers }, (_, layer) => mixer(layer)),
    feedForwards: Array.from({ length: layers }, (_, layer) =>
      moe !== null && layer < stated ? 'experts' : 'dense',
    ),
  };
}

function attentionSize(row: RawRow, hidden: number): MixerSize {
  const heads = whole(row, 'heads');
  const mla = latentAttentionOf(row);
  if (mla !== null) return latentAttentionSize(hidden, heads, mla);
  const headDim = headDimOf(row, hidden);
  const kvHeads = whole(row, 'kv_heads');
  return headAttentionSize(hidden, {
    heads,
    kvHeads,
    headDim,
    valueDim: headDim,
    sharesKeys: false,
    hasGate: false,
  });
}

function headDimOf(row: RawRow, hidden: number): number {
  if (!isAbsent(row, 'head_dim')) return whole(row, 'head_dim');
  const share = hidden / whole(row, 'heads');
  if (Number.isInteger(share)) return share;
  throw new Unusable('head_dim is missing, and the heads do not divide the hidden width evenly');
}

function latentAttentionOf(row: RawRow): LatentAttention | null {
  const mla = nested(row, 'mla') ?? (isAbsent(row, 'kv_lora_rank') ? null : row);
  if (mla === null) return null;
  const [heads, headDim] = [optional(mla, 'index_n_heads'), optional(mla, 'index_head_dim')];
  return {
    kvLoraRank: whole(mla, 'kv_lora_rank'),
    qLoraRank: optional(mla, 'q_lora_rank'),
    qkRopeHeadDim: whole(mla, 'qk_rope_head_dim'),
    qkNopeHeadDim: whole(mla, 'qk_nope_head_dim'),
    vHeadDim: whole(mla, 'v_head_dim'),
    indexTopk: optional(mla, 'index_topk'),
    ...(heads === null || headDim === null ? {} : { index: { heads, headDim } }),
  };
}

function experts(row: RawRow, hidden: number): Experts | null {
  const moe = nested(row, 'moe') ?? (isAbsent(row, 'experts') ? null : row);
  if (moe === null) return null;
  const [count, topK, width] = [whole(moe, 'experts'), whole(moe, 'top_k'), whole(moe, 'expert_ffn')];
  if (topK > count) throw new Unusable(`top_k ${topK} is more than the ${count} experts`);
  const sharedCount = isAbsent(moe, 'shared_experts') ? null : countOf(moe, 'shared_experts', count);
  const sharedWidth = isAbsent(moe, 'shared_ffn')
    ? (sharedCount ?? 0) * width
    : countOf(moe, 'shared_ffn', 1e6);
  return {
    experts: count,
    topK,
    shared: sharedCount ?? (sharedWidth > 0 ? 1 : 0),
    parametersEach: 3 * hidden * width,
    parametersShared: 3 * hidden * sharedWidth,
    parametersRouter: hidden * count,
  };
}

/** Weights of layers that do not attend are not in the row's words. */
function computed(parameters: number, kvLayers: number | null): number {
  if (kvLayers === null) return parameters;
  throw new Unusable(
    'params_total_b and params_active_b are missing: those of a hybrid do not follow from its fields',
  );
}

function measuredTokens(row: RawRow): number {
  return number(row, 'isl') + number(row, 'osl');
}

function bounded(row: RawRow, field: string, most: number): number {
  const value = whole(row, field);
  if (value <= most) return value;
  throw new Unusable(`${field} is ${value}, more than ${most}`);
}

/** A count that may be 0. */
function countOf(row: RawRow, field: string, most: number): number {
  return own(row, field) === 0 ? 0 : bounded(row, field, most);
}

function nested(row: RawRow, field: string): RawRow | null {
  const value = own(row, field) ?? null;
  if (value === null || isObject(value)) return value;
  throw new Unusable(`${field} is not an object`);
}

function billions(parameters: number): number {
  return Number((parameters / 1e9).toFixed(3));
}
