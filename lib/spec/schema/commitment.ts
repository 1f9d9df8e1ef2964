import * as z from 'zod';
import { field } from '#lib/spec/schema/field';

/** How much of the fleet is bought for a term, the rest by the hour. */
export const Commitment = field(
  z
    .union([
      z.enum(['none', 'auto']),
      z.strictObject({
        term: field(z.string().min(1).max(40), {
          description: "Term, as the target's knob for buying names it",
          unit: 'id',
          example: 'savings-plan-1y',
        }),
        nodes: field(z.int().gte(0).lte(10_000).optional(), {
          description: 'Nodes that are committed to; as many as cost least without it',
          unit: 'nodes',
          example: 2,
        }),
      }),
    ])
    .default('none'),
  {
    description:
      'Base load bought for a term: `auto` takes the term and the number of nodes that cost least over the horizon',
    unit: 'id',
    example: 'auto',
  },
);
export type Commitment = z.output<typeof Commitment>;
