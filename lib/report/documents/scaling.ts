import * as z from 'zod';
import type { ScalingPlan } from '#lib/plan/plan';
import { band, described, figure, share } from '#lib/report/documents/figure';
import { SCALING_POLICIES } from '#lib/targets/scaling-support';

const hours = z.array(z.int()).length(24);

/** How a fleet follows the hours of a week. */
export const scalingSchema = z
  .strictObject({
    policy: z.enum(SCALING_POLICIES).exclude(['fixed']),
    replicasByHour: described(
      z.strictObject({ workingDay: hours, weekendDay: hours }),
      'Replicas of each hour, midnight first, by the clock of the users; spares included',
    ),
    timezone: described(z.string().nullable(), 'Clock of those hours, where they are a schedule'),
    coldStartSeconds: figure('From asking for a replica on a new node until its first answer', 's'),
    cooldownSeconds: figure('How long a replica stays after it is no longer needed', 's'),
    nodeHoursPerMonth: band('Node-hours that are paid', 'h/month'),
    paidShare: share('Of the node-hours of a fleet that always stands'),
    utilisation: share('Mean use of the throughput that is paid for'),
    lateShare: share('Requests that come while what they need still starts'),
  })
  .meta({ id: 'Scaling' }) satisfies z.ZodType<ScalingPlan>;
