import * as z from 'zod';

const Rate = z.number().positive();

/** What was got out of an accelerator: at least one quantity, each citing its source. */
export const MeasuredRatesRecord = z
  .strictObject({
    bandwidthGbPerSecond: Rate.optional(),
    tflops: z.strictObject({ bf16: Rate.optional(), fp8: Rate.optional() }).optional(),
    sum: z.strictObject({ gbPerSecond: Rate, startMicroseconds: Rate }).optional(),
    sources: z.array(z.string()).min(1),
  })
  .refine(({ bandwidthGbPerSecond, tflops, sum }) => bandwidthGbPerSecond ?? tflops ?? sum);
