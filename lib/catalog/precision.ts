/** Weight formats a checkpoint can be served in. `fp4` is NVFP4 (or MXFP4 where the model ships so). */
export const PRECISIONS = ['bf16', 'fp8', 'int8', 'fp4', 'int4'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Formats of the KV cache. */
export const KV_PRECISIONS = ['bf16', 'fp8'] as const;
export type KvPrecision = (typeof KV_PRECISIONS)[number];
