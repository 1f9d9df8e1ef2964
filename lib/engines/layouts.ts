import type { BesideLayout, EngineLayouts, EngineSlot } from '#lib/engines/engine';

/** Adapters of experts need every expert on every GPU of a group (vLLM: `lora/layers/fused_moe.py`). */
const WITH_ADAPTERS: EngineLayouts = { attentionData: 'none', spreadsExperts: false };

/**
 * On one node or over several, not through a pipeline. Of two fleets each finds the other's ranks on their own nodes, and the
 * NIXL connector refuses stages of a pipeline (vLLM's issue 52913).
 */
export function inGroups({ hasAdapters, hasTwoFleets }: BesideLayout): EngineLayouts {
  const nodes = hasTwoFleets ? { mostNodesPerReplica: 1 } : {};
  if (hasAdapters) return { ...WITH_ADAPTERS, ...nodes };
  return { attentionData: hasTwoFleets ? 'one-node' : 'nodes', ...nodes, spreadsExperts: true };
}

/** Sequences of one attention group: schedulers of groups count their own. */
export function sequencesOfGroup({ maxSequences, attentionData }: EngineSlot): number {
  return Math.ceil(maxSequences / attentionData);
}
