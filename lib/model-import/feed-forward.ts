import { count, optionalText, optionalWhole, type ConfigNode } from '#lib/model-import/config-fields';
import { isUngated } from '#lib/model-import/family-defaults';
import { EXPERTS, hasExperts } from '#lib/model-import/expert-layers';

const TOP_K = [
  'num_experts_per_tok',
  'num_experts_per_token',
  'experts_per_token',
  'top_k_experts',
  'moe_k',
  'moe_topk',
] as const;
const WIDTH = ['intermediate_size', 'ffn_hidden_size', 'ffn_dim', 'n_inner'] as const;
const SHARED_COUNT = [
  'n_shared_experts',
  'num_shared_experts',
  'moe_num_shared_experts',
  'num_shared_expert',
];
const SHARED_WIDTH = [
  'shared_expert_intermediate_size',
  'moe_shared_expert_intermediate_size',
  'shared_intermediate_size',
  'share_expert_dim',
];

export interface Experts {
  readonly experts: number;
  readonly topK: number;
  readonly shared: number;
  /** Weights of one routed expert, all that every token passes through (shared experts, projections), and the router. */
  readonly parametersEach: number;
  readonly parametersShared: number;
  readonly parametersRouter: number;
}

export interface FeedForwardSize {
  /** Width of a dense layer; `null` where the configuration gives none beside its experts. */
  readonly denseWidth: number | null;
  readonly denseParameters: number;
  readonly experts: Experts | null;
}

/** Weights of a feed-forward part: way up, gate and way down, without biases. */
export function feedForwardSizeOf(
  config: ConfigNode,
  hidden: number,
  modelType: string,
  hasDenseLayers: boolean,
): FeedForwardSize {
  const matrices = hasGate(config, modelType) ? 3 : 2;
  const experts = hasExperts(config) ? expertsOf(config, hidden, modelType, matrices) : null;
  const denseWidth = hasDenseLayers ? denseWidthOf(config, hidden, modelType) : null;
  return { denseWidth, denseParameters: matrices * hidden * (denseWidth ?? 0), experts };
}

function expertsOf(config: ConfigNode, hidden: number, modelType: string, matrices: number): Experts {
  const experts = count(config, ...EXPERTS);
  const width = optionalWhole(config, 'moe_intermediate_size') ?? count(config, ...WIDTH);
  // Experts that work in a narrower space than the model: one projection into it and one back, for all of them.
  const latent = optionalWhole(config, 'moe_latent_size', 'routed_expert_hidden_size');
  const { count: shared, width: sharedWidth } = sharedOf(config, width, modelType);
  return {
    experts,
    topK: count(config, ...TOP_K),
    shared,
    parametersEach: matrices * (latent ?? hidden) * width,
    parametersShared: matrices * hidden * sharedWidth + (latent === null ? 0 : 2 * hidden * latent),
    parametersRouter: hidden * experts,
  };
}

/** Experts that every token passes, and their widths together. */
function sharedOf(config: ConfigNode, width: number, modelType: string): { count: number; width: number } {
  // Llama 4 has one beside each group, Gemma 4 its ordinary layer; neither counts it.
  if (modelType === 'llama4_text') return { count: 1, width };
  if (modelType === 'gemma4_text') return { count: 1, width: count(config, ...WIDTH) };
  const stated = optionalWhole(config, ...SHARED_WIDTH);
  const number = optionalWhole(config, ...SHARED_COUNT);
  if (stated !== null) return { count: stated === 0 ? 0 : (number ?? 1), width: stated };
  return { count: number ?? 0, width: (number ?? 0) * width };
}

function denseWidthOf(config: ConfigNode, hidden: number, modelType: string): number {
  const stated = optionalWhole(config, 'intermediate_size_mlp', 'dense_intermediate_size');
  if (stated !== null) return stated;
  if (modelType === 'granitemoehybrid' && !hasExperts(config))
    return count(config, 'shared_intermediate_size');
  // GPT-2 leaves its width out: four times the model's.
  return modelType === 'gpt2' ? (optionalWhole(config, 'n_inner') ?? 4 * hidden) : count(config, ...WIDTH);
}

/** Squared ReLU stands alone; the other activations multiply a gate, except in a few older families. */
function hasGate(config: ConfigNode, modelType: string): boolean {
  const activation = optionalText(config, 'mlp_hidden_act') ?? optionalText(config, 'hidden_act');
  return !(isUngated(modelType) || activation === 'relu2');
}
