import * as z from 'zod';
import { PRECISIONS } from '#lib/catalog/precision';
import { field, Share, Slug } from '#lib/spec/schema/field';

const Repository = z
  .string()
  .regex(/^(?!-)[\w./-]{1,200}$/, 'a repository such as owner/name, or a mounted path')
  .refine((path) => !path.split('/').includes('..'), 'a path without ..');

const drafting = {
  draftTokens: field(z.int().gte(1).lte(16).default(3), {
    description: 'Tokens drafted before each step of the model',
    unit: 'tokens',
    example: 3,
  }),
  acceptanceRate: field(z.number().gt(0).lt(1), {
    description:
      'Probability that a drafted token is accepted once those before it were; it is a property of your traffic, so measure it',
    unit: 'share 0–1',
    example: 0.7,
  }),
};

/** Speculative decoding by what drafts the tokens. */
function speculation() {
  return z.discriminatedUnion('drafter', [
    z.strictObject({ drafter: z.literal('n-gram'), ...drafting }),
    z.strictObject({
      drafter: z.literal('eagle'),
      repository: field(Repository.clone(), {
        description: 'EAGLE-3 head trained for the model',
        unit: 'id',
        example: 'yuhuili/EAGLE3-LLaMA3.1-Instruct-8B',
      }),
      ...drafting,
    }),
    z.strictObject({ drafter: z.literal('mtp'), ...drafting }),
    z.strictObject({
      drafter: z.literal('model'),
      model: field(z.string().min(1), {
        description: 'Small model with the same vocabulary that drafts',
        unit: 'id',
        example: 'llama-3.1-8b',
        catalog: 'models',
      }),
      precision: field(z.enum(PRECISIONS).default('bf16'), {
        description: 'Weight format of the drafting model',
        unit: 'id',
        example: 'bf16',
      }),
      ...drafting,
    }),
  ]);
}

const Adapters = z
  .strictObject({
    resident: field(z.int().gte(1).lte(1_000), {
      description: 'LoRA adapters kept in GPU memory; also the most that one step mixes',
      unit: 'adapters',
      example: 8,
    }),
    rank: field(z.literal([8, 16, 32, 64, 128, 256]), {
      description: 'Largest rank of the adapters: memory is reserved for it',
      unit: 'rank',
      example: 16,
    }),
    targets: field(z.enum(['attention', 'all-linear']).default('all-linear'), {
      description: 'Matrices that the adapters change',
      unit: 'id',
      example: 'all-linear',
    }),
    modules: field(z.record(Slug, Repository).optional(), {
      description: 'Adapters loaded at the start: the name that clients ask for, and its repository or path',
      unit: 'object',
      example: { claims: 'acme/claims-lora' },
    }),
  })
  .refine(({ modules = {}, resident }) => Object.keys(modules).length <= resident, {
    message: 'at most as many adapters as stay resident',
    path: ['modules'],
  });

const PrefixCache = z.strictObject({
  distinctPrefixes: field(z.int().gte(1).lte(10_000_000), {
    description:
      'Prefixes that each replica keeps, each as long as the cached share of a mean prompt: system prompts, or conversations that go on',
    unit: 'prefixes',
    example: 200,
  }),
});

const Prefill = z.strictObject({
  chunked: field(z.boolean().default(true), {
    description:
      'Computes long prompts in pieces beside running answers; off, a step must hold a whole prompt',
    unit: 'true or false',
    example: true,
  }),
  budgetTokens: field(z.int().gte(256).lte(1_000_000).optional(), {
    description: 'Tokens that one step processes at most, prompts and answers together; 8,192 without it',
    unit: 'tokens',
    example: 8192,
  }),
});

const Offload = z.strictObject({
  weightsShare: field(Share.lt(1), {
    description: 'Share of the weights kept in the memory of the host and read over its link in every step',
    unit: 'share 0–1',
    example: 0.25,
  }),
});

/** What may be switched on beyond the plain engine. Each is off without its block. */
export function servingTechniques() {
  return {
    prefixCache: field(PrefixCache.optional(), {
      description: 'Pool of prompt prefixes that `traffic.cachedShare` is served from',
      unit: 'object',
      example: { distinctPrefixes: 200 },
    }),
    prefill: field(Prefill.optional(), {
      description: 'How prompts are computed beside running answers',
      unit: 'object',
      example: { budgetTokens: 4096 },
    }),
    speculation: field(speculation().optional(), {
      description: 'Speculative decoding: tokens are drafted cheaply and verified in one step',
      unit: 'object',
      example: { drafter: 'n-gram', draftTokens: 3, acceptanceRate: 0.5 },
    }),
    adapters: field(Adapters.optional(), {
      description: 'LoRA adapters that share one base model, each request with its own',
      unit: 'object',
      example: { resident: 8, rank: 16 },
    }),
    slice: field(
      z
        .string()
        .regex(/^\dg\.\d{1,3}gb$/, 'a profile of NVIDIA MIG such as 3g.40gb')
        .optional(),
      {
        description: 'Slice that every accelerator is cut into (MIG); each replica takes one',
        unit: 'id',
        example: '3g.40gb',
      },
    ),
    disaggregation: field(
      z
        .strictObject({
          transferGbPerSecond: field(z.number().gt(0).lte(1_000).optional(), {
            description: 'What one replica sends of its KV cache; an assumption without it',
            unit: 'GB/s',
            example: 40,
          }),
        })
        .optional(),
      {
        description: 'Prompts and answers on fleets of their own, the KV cache sent between them',
        unit: 'object',
        example: { transferGbPerSecond: 40 },
      },
    ),
    offload: field(Offload.optional(), {
      description: 'Part of the weights in host memory: fits more, answers slower',
      unit: 'object',
      example: { weightsShare: 0.25 },
    }),
  };
}

/** The techniques by themselves. */
export const ServingTechniques = z.strictObject(servingTechniques());
export type ServingTechniques = z.output<typeof ServingTechniques>;
