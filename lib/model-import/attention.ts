import {
  count,
  has,
  missing,
  optionalFlag,
  optionalWhole,
  valueOf,
  whole,
  type ConfigNode,
} from '#lib/model-import/config-fields';
import type { HeadAttention, LatentDimensions } from '#lib/model-import/mixers';

export const HEADS = ['num_attention_heads', 'n_head', 'n_heads', 'num_heads'] as const;
const KV_HEADS = ['num_key_value_heads', 'num_kv_heads', 'n_head_kv', 'multi_query_group_num'] as const;
const HEAD_DIM = ['head_dim', 'attention_head_dim', 'kv_channels'] as const;

/** The attention of the layers with a window (`isWindow`) or of the others; most models make no difference. */
export function headAttentionOf(config: ConfigNode, hidden: number, isWindow: boolean): HeadAttention {
  const heads =
    (isWindow ? optionalWhole(config, 'swa_num_attention_heads') : null) ?? count(config, ...HEADS);
  const headDim =
    specialHeadDim(config, isWindow) ??
    optionalWhole(config, ...HEAD_DIM) ??
    evenShare(config, hidden, heads);
  const valueDim = optionalWhole(config, ...(isWindow ? ['swa_v_head_dim', 'v_head_dim'] : ['v_head_dim']));
  return {
    heads,
    kvHeads: kvHeadsOf(config, heads, isWindow),
    headDim,
    valueDim: valueDim ?? headDim,
    sharesKeys: !isWindow && optionalFlag(config, 'attention_k_eq_v') === true,
    hasGate: optionalFlag(config, 'attn_output_gate') === true,
  };
}

/** `null` where the model has keys and values for each head. */
export function latentDimensionsOf(config: ConfigNode): LatentDimensions | null {
  if (!has(config, 'kv_lora_rank')) return null;
  return {
    kvLoraRank: count(config, 'kv_lora_rank'),
    qLoraRank: optionalWhole(config, 'q_lora_rank'),
    qkRopeHeadDim: whole(config, 'qk_rope_head_dim'),
    qkNopeHeadDim: count(config, 'qk_nope_head_dim'),
    vHeadDim: count(config, 'v_head_dim'),
  };
}

/** Without a width of their own, the heads divide the model's between them. */
function evenShare(config: ConfigNode, hidden: number, heads: number): number {
  return hidden % heads === 0 ? hidden / heads : missing(config, HEAD_DIM);
}

/** Window layers of MiMo-V2 and full layers of Gemma 4 have widths of their own. */
function specialHeadDim(config: ConfigNode, isWindow: boolean): number | null {
  return optionalWhole(config, isWindow ? 'swa_head_dim' : 'global_head_dim');
}

function kvHeadsOf(config: ConfigNode, heads: number, isWindow: boolean): number {
  const special = optionalWhole(config, isWindow ? 'swa_num_key_value_heads' : 'num_global_key_value_heads');
  if (special !== null) return special;
  const stated = optionalWhole(config, ...KV_HEADS);
  if (stated !== null) return stated;
  // Written as `null`, or left to a class whose default is that, the heads share nothing.
  return valueOf(config, ...KV_HEADS) === null ? heads : missing(config, KV_HEADS);
}
