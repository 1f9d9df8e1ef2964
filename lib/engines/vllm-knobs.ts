import * as z from 'zod';

/** Knobs of the vLLM engine, whichever server it runs behind. Made anew for each, since a schema keeps its own text. */
export const vllmKnobs = () => ({
  gpuMemoryUtilization: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.92)
    .meta({
      description: 'Share of GPU memory for weights, activations and KV cache',
      unit: 'share 0–1',
      examples: [0.92],
    }),
  prefixCaching: z
    .boolean()
    .default(true)
    .meta({
      description: 'Reuses the KV cache of prompts that begin alike',
      unit: 'true or false',
      examples: [true],
    }),
});
