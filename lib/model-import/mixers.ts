import {
  child,
  count,
  has,
  missing,
  optionalFlag,
  optionalWhole,
  type ConfigNode,
} from '#lib/model-import/config-fields';
import type { Mixer } from '#lib/model-import/layer-kinds';

/** What one layer's mixer holds: weights, elements cached for each token, elements kept for each sequence. */
export interface MixerSize {
  readonly parameters: number;
  /** What of them makes keys and values: a layer that reads the cache of another has none. */
  readonly keyValueParameters: number;
  readonly kvElements: number;
  readonly recurrentElements: number;
  readonly convolutionElements: number;
}

/** Attention keeps no state, a recurrence no cache. */
const STATELESS = { recurrentElements: 0, convolutionElements: 0 } as const;
const CACHELESS = { keyValueParameters: 0, kvElements: 0 } as const;

export const NO_MIXER: MixerSize = { parameters: 0, ...CACHELESS, ...STATELESS };

/** Grouped-query attention of one layer. The value heads of most models are as wide as the key heads. */
export interface HeadAttention {
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly valueDim: number;
  /** Keys serve as values: one projection fewer, though both are cached. */
  readonly sharesKeys: boolean;
  /** A gate as wide as the output, projected beside the queries. */
  readonly hasGate: boolean;
}

export interface LatentDimensions {
  readonly kvLoraRank: number;
  readonly qLoraRank: number | null;
  readonly qkRopeHeadDim: number;
  readonly qkNopeHeadDim: number;
  readonly vHeadDim: number;
}

export function headAttentionSize(hidden: number, attention: HeadAttention): MixerSize {
  const { heads, kvHeads, headDim, valueDim } = attention;
  const queries = hidden * heads * headDim;
  const output = heads * valueDim * hidden;
  const values = attention.sharesKeys ? 0 : hidden * kvHeads * valueDim;
  const keyValueParameters = hidden * kvHeads * headDim + values;
  return {
    parameters: queries + keyValueParameters + output + (attention.hasGate ? output : 0),
    keyValueParameters,
    kvElements: kvHeads * (headDim + valueDim),
    ...STATELESS,
  };
}

/** Multi-head latent attention (DeepSeek-V2, section 2.1): one vector of `rank + rope` elements is cached. */
export function latentAttentionSize(hidden: number, heads: number, mla: LatentDimensions): MixerSize {
  const { kvLoraRank, qLoraRank, qkRopeHeadDim, qkNopeHeadDim, vHeadDim } = mla;
  const queryWidth = heads * (qkNopeHeadDim + qkRopeHeadDim);
  const queries = qLoraRank === null ? hidden * queryWidth : hidden * qLoraRank + qLoraRank * queryWidth;
  const keyValueParameters =
    hidden * (kvLoraRank + qkRopeHeadDim) + kvLoraRank * heads * (qkNopeHeadDim + vHeadDim);
  return {
    parameters: queries + keyValueParameters + heads * vHeadDim * hidden,
    keyValueParameters,
    kvElements: kvLoraRank + qkRopeHeadDim,
    ...STATELESS,
  };
}

/** A layer whose mixer is a state of fixed size, by the dimensions of its family. */
export function stateSize(config: ConfigNode, mixer: Mixer, hidden: number): MixerSize {
  if (mixer === 'gated-delta') return gatedDeltaSize(config, hidden);
  if (mixer === 'key-gated-delta') return keyGatedDeltaSize(config, hidden);
  if (mixer === 'lightning') return lightningSize(config, hidden);
  if (has(config, 'mamba_num_heads', 'mamba_n_heads')) return mamba2Size(config, hidden);
  return mambaSize(config, hidden);
}

/** Gated DeltaNet of Qwen3-Next and Qwen3.5: a matrix of key × value dimension for each value head. */
function gatedDeltaSize(config: ConfigNode, hidden: number): MixerSize {
  const [keyHeads, valueHeads] = [
    count(config, 'linear_num_key_heads'),
    count(config, 'linear_num_value_heads'),
  ];
  const [keyDim, valueDim] = [count(config, 'linear_key_head_dim'), count(config, 'linear_value_head_dim')];
  const kernel = count(config, 'linear_conv_kernel_dim');
  const [keys, values] = [keyHeads * keyDim, valueHeads * valueDim];
  return {
    parameters:
      hidden * (2 * keys + 2 * values + 2 * valueHeads) + (2 * keys + values) * kernel + values * hidden,
    ...CACHELESS,
    recurrentElements: valueHeads * keyDim * valueDim,
    convolutionElements: (2 * keys + values) * (kernel - 1),
  };
}

/** Kimi Delta Attention: a gate for each channel of the keys, through a narrow projection as wide as one head. */
function keyGatedDeltaSize(config: ConfigNode, hidden: number): MixerSize {
  const linear = child(config, 'linear_attn_config') ?? missing(config, ['linear_attn_config']);
  const [heads, headDim] = [count(linear, 'num_heads'), count(linear, 'head_dim')];
  const kernel = count(linear, 'short_conv_kernel_size');
  const width = heads * headDim;
  const narrow = hidden * headDim + headDim * width;
  const outputGate = optionalFlag(linear, 'use_full_rank_gate') === true ? hidden * width : narrow;
  return {
    parameters: 4 * hidden * width + 3 * width * kernel + narrow + outputGate + hidden * heads,
    ...CACHELESS,
    recurrentElements: heads * headDim ** 2,
    convolutionElements: 3 * width * (kernel - 1),
  };
}

/** Lightning attention of MiniMax-01 and M1: a matrix for each head, a gate as wide as the output, no convolution. */
function lightningSize(config: ConfigNode, hidden: number): MixerSize {
  const heads = count(config, 'num_attention_heads');
  const headDim = optionalWhole(config, 'head_dim') ?? hidden / heads;
  return {
    parameters: 5 * hidden * heads * headDim,
    ...CACHELESS,
    recurrentElements: heads * headDim ** 2,
    convolutionElements: 0,
  };
}

/** Two mixers side by side in one layer (Falcon-H1): what both hold. */
export function besideEachOther(one: MixerSize, other: MixerSize): MixerSize {
  return {
    parameters: one.parameters + other.parameters,
    keyValueParameters: one.keyValueParameters + other.keyValueParameters,
    kvElements: one.kvElements + other.kvElements,
    recurrentElements: one.recurrentElements + other.recurrentElements,
    convolutionElements: one.convolutionElements + other.convolutionElements,
  };
}

/** Mamba-2 (Nemotron-H, Bamba, Granite 4, Falcon-H1): heads that share the input and output of their group. */
function mamba2Size(config: ConfigNode, hidden: number): MixerSize {
  const heads = count(config, 'mamba_num_heads', 'mamba_n_heads');
  const state = count(config, 'ssm_state_size', 'mamba_d_state');
  const kernel = count(config, 'conv_kernel', 'mamba_d_conv');
  const groups = count(config, 'n_groups', 'mamba_n_groups');
  const headDim = mambaHeadDim(config, hidden, heads);
  const inner = heads * headDim;
  const mixed = inner + 2 * groups * state;
  return {
    parameters: hidden * (inner + mixed + heads) + mixed * kernel + inner * hidden,
    ...CACHELESS,
    recurrentElements: inner * state,
    convolutionElements: mixed * (kernel - 1),
  };
}

/** `auto` stands for the inner width over the heads. */
function mambaHeadDim(config: ConfigNode, hidden: number, heads: number): number {
  if (has(config, 'mamba_head_dim')) return count(config, 'mamba_head_dim');
  if (has(config, 'mamba_d_head') && config.values['mamba_d_head'] !== 'auto')
    return count(config, 'mamba_d_head');
  return (count(config, 'mamba_expand', 'expand') * hidden) / heads;
}

/** Mamba (Jamba): a state for each channel, steps through a narrow projection. */
function mambaSize(config: ConfigNode, hidden: number): MixerSize {
  const inner = count(config, 'mamba_expand') * hidden;
  const state = count(config, 'mamba_d_state');
  const kernel = count(config, 'mamba_d_conv');
  const stepRank =
    config.values['mamba_dt_rank'] === 'auto'
      ? Math.ceil(hidden / 16)
      : (optionalWhole(config, 'mamba_dt_rank') ?? Math.ceil(hidden / 16));
  return {
    parameters:
      2 * hidden * inner +
      inner * kernel +
      inner * (stepRank + 2 * state) +
      stepRank * inner +
      inner * state +
      inner * hidden,
    ...CACHELESS,
    recurrentElements: inner * state,
    convolutionElements: inner * (kernel - 1),
  };
}
