import * as z from 'zod';
import { Id, Positive } from './records';

export const ImportArchitectureRecord = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9]+$/),
  unitVersion: z.string().regex(/^v\d+\.\d+$/),
  regions: z.array(Id).min(1),
  weightsGbBelow: z.number().min(1).max(2_000),
  contextTokensMost: z.int().min(4_096),
  source: Id,
});

export const ImportUnitsRecord = z.strictObject({
  id: Id,
  name: z.string().min(1),
  unitVersion: z.string().regex(/^v\d+\.\d+$/),
  weightsGb: Positive,
  contextTokens: z.int().min(4_096),
  cacheBytesPerToken: z.int().min(1_024),
  unitsPerCopy: z.int().min(1).max(64),
  source: Id,
  note: z.string().min(1).optional(),
});

export const ManagedModelRecord = z.strictObject({
  model: Id,
  seller: z.literal('aws'),
  service: z.literal('bedrock'),
  modelId: z.string(),
  profiles: z.array(z.enum(['in-region', 'regional', 'global'])).min(1),
  regions: z.array(Id).min(1).optional(),
  provisioned: z
    .strictObject({
      variants: z.array(z.strictObject({ modelId: z.string(), contextTokens: z.int().min(1_000) })).min(1),
      regions: z.array(Id).min(1),
      source: Id,
    })
    .optional(),
  source: Id,
});
