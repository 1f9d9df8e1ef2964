import type { BesideLayout, EngineLayouts, EngineSlot } from '#lib/engines/engine';

/** Adapters of experts need every expert on every GPU of a group (vLLM: `lora/layers/fused_moe.py`). */
export const WITH_ADAPTERS: EngineLayouts = { attentionData: 'none', spreadsExperts: false };

/** One node at most: over more, data parallelism takes other processes and addresses than a pipeline has. */
export function onOneNode({ hasAdapters }: BesideLayout): EngineLayouts {
  return hasAdapters ? WITH_ADAPTERS : { attentionData: 'one-node', spreadsExperts: true };
}

/** Sequences of one attention group: schedulers of groups count their own. */
export function sequencesOfGroup({ maxSequences, attentionData }: EngineSlot): number {
  return Math.ceil(maxSequences / attentionData);
}
