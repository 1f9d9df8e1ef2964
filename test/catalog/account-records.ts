import * as z from 'zod';
import { Id, Positive } from './records';

/** Limits of accounts, and terms of licences. */
export const ServiceQuotaRecord = z.strictObject({
  id: Id,
  service: z.enum(['ec2', 'vpc', 'sagemaker', 'bedrock']),
  code: z
    .string()
    .regex(/^L-[0-9A-F]{8}$/)
    .nullable(),
  names: z.array(z.string().min(5)).min(1),
  unit: z.string().min(1),
  families: z.array(z.string().regex(/^[a-z]+$/)).optional(),
  purchase: z.enum(['on-demand', 'spot']).optional(),
  profile: z.enum(['in-region', 'regional', 'global']).optional(),
  outputWeights: z.record(z.string(), Positive).optional(),
  source: Id,
});

export const LicenceTermsRecord = z.strictObject({
  id: z.string().min(2),
  clause: z.string().min(20),
  gated: z.boolean().nullable(),
  sources: z.array(Id).min(1),
});
