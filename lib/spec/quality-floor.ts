import * as z from 'zod';
import { field } from '#lib/spec/field';

/** A floor under a published score: of one scenario, or of all of them together. */
export function qualityFloor(lowest: string) {
  return z.strictObject({
    metric: field(z.string().min(1), {
      description: 'Score that the floor is set on',
      unit: 'id',
      example: 'gpqa',
    }),
    floor: field(z.number().gte(0).lte(100), { description: lowest, unit: 'score', example: 0.4 }),
  });
}

export const QUALITY_EXAMPLE = { metric: 'gpqa', floor: 0.4 } as const;
