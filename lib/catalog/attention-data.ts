/** How far attention may be data-parallel within one replica, narrow first; `any` also through a pipeline over nodes. */
export const ATTENTION_DATA_REACHES = ['none', 'whole-node', 'one-node', 'any'] as const;
export type AttentionDataReach = (typeof ATTENTION_DATA_REACHES)[number];
