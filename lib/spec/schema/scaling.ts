import * as z from 'zod';
import { field } from '#lib/spec/schema/field';

const MinReplicas = field(z.int().gte(1).lte(1_000).default(1), {
  description: 'Replicas that always run, besides the spares; no more than the peak takes',
  unit: 'replicas',
  example: 2,
});
const Headroom = field(z.number().gte(0).lte(5).default(0), {
  description:
    'Replicas kept above what the hour needs, as a share of it; `serving.fill` already leaves room for bursts',
  unit: 'share',
  example: 0.1,
});
const Cooldown = field(z.int().gte(60).lte(86_400).optional(), {
  description:
    'How long a replica stays after it is no longer needed; without it as long as one may take to start, 300 to 3,600',
  unit: 's',
  example: 900,
});

/** How the fleet follows the load over a week. What each target can do is its own to say. */
export const Scaling = field(
  z
    .discriminatedUnion('policy', [
      z.strictObject({ policy: z.literal('fixed') }),
      z.strictObject({
        policy: z.literal('scheduled'),
        minReplicas: MinReplicas,
        headroom: Headroom,
        timezone: field(
          z
            .string()
            .max(60)
            .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/, 'a time zone of the IANA database: Europe/Berlin')
            .default('UTC'),
          { description: "Clock of `traffic.profile`'s hours", unit: 'id', example: 'Europe/Berlin' },
        ),
      }),
      z.strictObject({
        policy: z.literal('autoscaled'),
        minReplicas: MinReplicas,
        headroom: Headroom,
        cooldownSeconds: Cooldown,
      }),
      z.strictObject({
        policy: z.literal('scale-to-zero'),
        headroom: Headroom,
        cooldownSeconds: Cooldown,
      }),
    ])
    .default({ policy: 'fixed' }),
  {
    description:
      'How many replicas run in which hours: all of them always, by a schedule made of `traffic.profile`, after the load, or none where nobody asks',
    unit: 'object',
    example: { policy: 'autoscaled' },
  },
);
export type Scaling = z.output<typeof Scaling>;
