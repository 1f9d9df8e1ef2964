import * as z from 'zod';

import { PRECISIONS } from '#lib/catalog/precision';
import { Count, Id, Positive } from './records';

export const ServingRowRecord = z.strictObject({
  id: z.string(),
  kind: z.enum(['serving_closed_loop', 'serving_max_throughput']),
  model: Id,
  gpu: Id,
  gpus: z.int().min(1).max(8),
  engine: z.enum(['vllm', 'trtllm', 'sglang']),
  precision: z.enum(PRECISIONS),
  inputTokens: Count,
  outputTokens: Count,
  concurrency: Count.nullable(),
  tensor: z.int().min(1),
  pipeline: z.int().min(1),
  attentionData: z.int().min(1),
  ttftMs: Positive.nullable(),
  tpotMs: Positive.nullable(),
  outputTokensPerSecondPerGpu: Positive.nullable(),
  source: Id,
  engineVersion: z.string(),
  expertParallel: z.int().min(1),
  meanLengthShare: z.number().min(0.5).max(1).optional(),
});

/** Of an accelerator that nothing is fitted on: servers of up to 16, and engines that only such accelerators have. */
export const UnfittedRowRecord = ServingRowRecord.extend({
  gpus: z.int().min(1).max(16),
  engine: z.enum(['vllm', 'sglang', 'transformers-neuronx']),
  kvPrecision: z.enum(['bf16', 'fp8']).optional(),
});
