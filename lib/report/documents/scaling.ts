import * as z from 'zod';
import { WEEKDAYS } from '#lib/plan/scaling/schedule';
import type { CommitmentPlan, ScalingPlan } from '#lib/plan/plan';
import { band, count, described, figure, share, text } from '#lib/report/documents/figure';
import { SCALING_POLICIES } from '#lib/targets/port/scaling-support';

const hours = z.array(z.int()).length(24);

const step = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)),
  at: text('Minute of the day: `07:51`'),
  replicas: z.int(),
});

/** How a fleet follows the hours of a week. */
export const scalingSchema = z
  .strictObject({
    policy: z.enum(SCALING_POLICIES).exclude(['fixed']),
    replicasByHour: described(
      z.strictObject({ workingDay: hours, weekendDay: hours }),
      'Replicas of each hour, midnight first, by the clock of the users; spares included',
    ),
    schedule: described(
      z.strictObject({ timezone: z.string(), steps: z.array(step) }).nullable(),
      'When the number of replicas changes, where a schedule says so',
    ),
    coldStartSeconds: figure('From asking for a replica on a new node until its first answer', 's'),
    cooldownSeconds: figure('How long a replica stays after it is no longer needed', 's'),
    releaseSeconds: figure('How much longer its node is paid for', 's'),
    nodeHoursPerMonth: band('Node-hours that are paid', 'h/month'),
    paidShare: share('Of the node-hours of a fleet that always stands'),
    utilisation: share('Mean use of the throughput that is paid for'),
    lateShare: share('Requests that come while what they need still starts'),
  })
  .meta({ id: 'Scaling' }) satisfies z.ZodType<ScalingPlan>;

/** The base load of a fleet that is bought for a term. */
export const commitmentSchema = z
  .strictObject({
    term: text('As the target names it'),
    termMonths: figure('Length of the term', 'months'),
    nodes: count('Nodes that are committed to'),
    breakEvenShare: described(
      z.number(),
      'Share of the hours in which a node must be needed for its commitment to pay; above 1 never',
    ),
    unusedShare: share('Committed node-hours that nobody needs'),
  })
  .meta({ id: 'Commitment' }) satisfies z.ZodType<CommitmentPlan>;
