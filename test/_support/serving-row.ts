import type { RawRow } from '#lib/evaluation/benchmark-file';

/** A measured run of a model server as a benchmarks file writes it; its id and its throughput are the test's to add. */
export const SERVING_ROW = {
  kind: 'serving_closed_loop',
  model: 'llama-3.1-8b',
  gpu: 'h100-sxm',
  gpus: 1,
  engine: 'vllm',
  precision: 'bf16',
  isl: 1024,
  osl: 1024,
  concurrency: 32,
  tp: 1,
  pp: 1,
  attention_dp: 1,
  tpot_ms: 12,
} as const satisfies RawRow;
