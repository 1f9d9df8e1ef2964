import {
  count,
  has,
  optionalTexts,
  optionalWhole,
  optionalWholes,
  perLayer,
  whole,
  type ConfigNode,
} from '#lib/model-import/config-fields';

export const EXPERTS = ['num_local_experts', 'num_experts', 'n_routed_experts', 'moe_num_experts'] as const;

/** One expert is an ordinary layer. */
export function hasExperts(config: ConfigNode): boolean {
  return (optionalWhole(config, ...EXPERTS) ?? 0) > 1;
}

/** Which layers, counted from 0, hold experts, by the field that the family uses for it. */
export function expertLayers(config: ConfigNode, layers: number): (layer: number) => boolean {
  if (!hasExperts(config)) return () => false;
  if (Array.isArray(config.values['moe_layer_freq'])) {
    const flags = perLayer(config, 'moe_layer_freq', optionalWholes(config, 'moe_layer_freq') ?? [], layers);
    return (layer) => flags[layer] === 1;
  }
  const listedTypes = optionalTexts(config, 'mlp_layer_types');
  if (listedTypes !== null) {
    const types = perLayer(config, 'mlp_layer_types', listedTypes, layers);
    return (layer) => types[layer] === 'sparse';
  }
  if (has(config, 'first_k_dense_replace')) {
    const dense = whole(config, 'first_k_dense_replace');
    const every = has(config, 'moe_layer_freq') ? count(config, 'moe_layer_freq') : 1;
    return (layer) => layer >= dense && layer % every === 0;
  }
  const listed = optionalWholes(config, 'moe_layers');
  if (listed !== null) return (layer) => listed.includes(layer);
  if (has(config, 'interleave_moe_layer_step')) {
    const every = count(config, 'interleave_moe_layer_step');
    return (layer) => (layer + 1) % every === 0;
  }
  if (has(config, 'expert_layer_period')) {
    const [period, offset] = [count(config, 'expert_layer_period'), whole(config, 'expert_layer_offset')];
    return (layer) => layer % period === offset;
  }
  if (has(config, 'moe_layer_start_index')) {
    const [first, every] = [whole(config, 'moe_layer_start_index'), count(config, 'moe_layer_interval')];
    return (layer) => layer >= first && (layer + 1) % every === 0;
  }
  const every = has(config, 'decoder_sparse_step') ? count(config, 'decoder_sparse_step') : 1;
  const dense = optionalWholes(config, 'mlp_only_layers') ?? [];
  return (layer) => !dense.includes(layer) && (layer + 1) % every === 0;
}
