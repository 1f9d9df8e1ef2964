import { count, optionalFlag, optionalWhole, type ConfigNode } from '#lib/model-import/config-fields';

/** What Gemma 3n and the small Gemma 4 hold beside their layers. Parameters in units of one. */
export interface PerLayerInputs {
  /** A second table of embeddings, a row for each token and layer: a step reads the rows of its tokens alone. */
  readonly lookupParameters: number;
  readonly otherParameters: number;
}

/**
 * Per-layer embeddings (`hidden_size_per_layer_input`): a table, the projection of a token's embedding to all layers, and
 * a gate and a way back in each. Copies of the stream (`altup_num_inputs`): two square projections for each copy but the
 * first, a router and its coefficients in each layer. A low-rank residual (`laurel_rank`) in each layer.
 */
export function perLayerInputsOf(config: ConfigNode, hidden: number, layers: number): PerLayerInputs {
  const width = optionalWhole(config, 'hidden_size_per_layer_input') ?? 0;
  const copies = optionalWhole(config, 'altup_num_inputs') ?? 0;
  const rank = optionalWhole(config, 'laurel_rank') ?? 0;
  const streams =
    copies === 0
      ? 0
      : 2 * (copies - 1) * hidden ** 2 + layers * (hidden * copies + copies * copies + copies ** 3);
  return {
    lookupParameters:
      width === 0 ? 0 : count(config, 'vocab_size_per_layer_input', 'vocab_size') * layers * width,
    otherParameters: 3 * layers * hidden * width + streams + 2 * layers * hidden * rank,
  };
}

/** Layers that read another's cache have feed-forward parts of twice the width (Gemma 4 E2B). */
export function widensSharedLayers(config: ConfigNode): boolean {
  return optionalFlag(config, 'use_double_wide_mlp') === true;
}
