import * as z from 'zod';
import type { ApplyResult } from '#lib/lifecycle/outcome';
import { count, figure, flag, orNull, text } from '#lib/report/documents/figure';

/** `landfall/apply-result/v1`. */
export const applyResultSchema = z.strictObject({
  schema: z.literal('landfall/apply-result/v1'),
  bundle: text('Digest of the bundle that was applied'),
  environment: text('Name of the environment'),
  stacks: z.array(
    z.strictObject({
      stack: text('Name under which it is deployed'),
      result: z.enum(['applied', 'unchanged', 'failed', 'not-reached']),
      resources: count('Resources that were touched'),
      seconds: figure('How long it took', 's'),
      reason: orNull(text('Why it failed')),
    }),
  ),
  isComplete: flag('Every stack stands as it was reviewed'),
}) satisfies z.ZodType<ApplyResult>;
