/**
 * How far attention may be data-parallel within one replica, narrow first: `nodes` lets its groups lie on several, `any` also
 * run through a pipeline over them.
 */
export const ATTENTION_DATA_REACHES = ['none', 'whole-node', 'one-node', 'nodes', 'any'] as const;
export type AttentionDataReach = (typeof ATTENTION_DATA_REACHES)[number];
