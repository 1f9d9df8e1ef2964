import * as z from 'zod';
import { KV_PRECISIONS, PRECISIONS } from '#lib/catalog/precision';
import { engines } from '#lib/engines/index';
import { Commitment } from '#lib/spec/schema/commitment';
import { field } from '#lib/spec/schema/field';
import { Scaling } from '#lib/spec/schema/scaling';
import { servingTechniques } from '#lib/spec/schema/serving-techniques';
import { targets } from '#lib/targets/index';
import { vectorStores } from '#lib/vector-stores/index';

/** How the model is served; the same for every target that leaves serving to you. */
export function serving() {
  return z
    .strictObject({
      model: field(z.string().min(1).optional(), {
        description: 'Pins one model of the pool for this option',
        unit: 'id',
        example: 'llama-3.1-70b',
        catalog: 'models',
      }),
      precision: field(z.enum(PRECISIONS).optional(), {
        description: 'Weight format; without it the cheapest that keeps the quality floor is taken',
        unit: 'id',
        example: 'fp8',
      }),
      kvPrecision: field(z.enum(KV_PRECISIONS).default('bf16'), {
        description: 'Format of the KV cache',
        unit: 'id',
        example: 'fp8',
      }),
      engine: field(engines.choice().optional(), {
        description: "Model server and its knobs; the target's default without it",
        unit: 'object',
        example: { engine: 'vllm' },
      }),
      tensorParallel: field(z.int().gte(1).lte(64).optional(), {
        description: 'GPUs that share one copy of the model; chosen by the sizing without it',
        unit: 'GPUs',
        example: 4,
      }),
      fill: field(z.number().gt(0).lte(1).default(0.7), {
        description:
          "Share of a replica's throughput at the objective that the peak may use; the rest absorbs bursts",
        unit: 'share 0–1',
        example: 0.7,
      }),
      ...servingTechniques(),
    })
    .refine(({ model, speculation }) => speculation?.drafter !== 'eagle' || model !== undefined, {
      message: 'the one model that the EAGLE head was trained for',
      path: ['model'],
    });
}
export type Serving = z.output<ReturnType<typeof serving>>;

/** A way to run a scenario: a target, its knobs, and how the model and the vectors are served. */
export function option() {
  const common = {
    title: field(z.string().min(1).max(120).optional(), {
      description: 'What the option is, for people',
      unit: 'text',
      example: 'H100 on EKS',
    }),
    serving: field(serving().prefault({}), {
      description: 'How the model is served',
      unit: 'object',
      example: { precision: 'fp8' },
    }),
    scaling: Scaling,
    commitment: Commitment,
    growth: field(z.enum(['bought', 'none']).default('bought'), {
      description:
        'What happens when traffic outgrows the deployed fleet: nodes are bought for it, or the fleet stays as it is and misses its objectives',
      unit: 'id',
      example: 'none',
    }),
    store: field(vectorStores.choice().optional(), {
      description:
        "Vector store and its knobs; the target's default without it, where the scenario retrieves",
      unit: 'object',
      example: { store: 'opensearch-serverless' },
    }),
  };
  return targets.choice(common);
}
export type Option = z.output<ReturnType<typeof option>>;

const COMMON = new Set(['target', 'title', 'serving', 'scaling', 'commitment', 'growth', 'store']);

/** The target's own knobs, without what every option has. */
export function knobsOf(option: Option): Record<string, unknown> {
  return Object.fromEntries(Object.entries(option).filter(([key]) => !COMMON.has(key)));
}
