import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf } from '#constructs/kubernetes/labels';
import { workloadKind, type FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';
import type { ScalingPlan } from '#lib/plan/plan';
import { WEEKDAYS, type ScheduleStep, type Weekday } from '#lib/plan/scaling/schedule';

type Schedule = NonNullable<ScalingPlan['schedule']>;

/** Replicas by the clock: a trigger for each stretch of the week that needs more than always run. */
export function timetable(slice: FleetSlice, schedule: Schedule): KubernetesObject {
  const { replicas } = slice.serving;
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: {
      name: slice.name,
      namespace: slice.cluster.namespace,
      labels: labelsOf({ ...slice, component: 'inference' }),
    },
    spec: {
      scaleTargetRef: { ...workloadKind(slice), name: slice.name },
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      triggers: stretches(schedule.steps)
        .filter((stretch) => stretch.replicas > replicas.min)
        .map(({ start, end, replicas: count }) => ({
          type: 'cron',
          metadata: {
            timezone: schedule.timezone,
            start: cron(start),
            end: cron(end),
            desiredReplicas: String(count),
          },
        })),
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: {
            // The schedule has decided: nothing is waited for.
            scaleDown: {
              stabilizationWindowSeconds: 0,
              policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
            },
          },
        },
      },
    },
  };
}

interface Moment {
  readonly days: readonly Weekday[];
  readonly at: string;
}

interface Stretch {
  readonly start: Moment;
  readonly end: Moment;
  readonly replicas: number;
}

/** From each step to the next in the week; those of one clock time and length stand together. */
function stretches(steps: readonly ScheduleStep[]): Stretch[] {
  const moments = steps
    .flatMap(({ days, at, replicas }) => days.map((day) => ({ day, at, replicas })))
    .toSorted((a, b) => WEEKDAYS.indexOf(a.day) - WEEKDAYS.indexOf(b.day) || a.at.localeCompare(b.at, 'en'));
  const found = new Map<
    string,
    { start: Weekday[]; end: Weekday[]; from: string; to: string; replicas: number }
  >();
  moments.forEach(({ day, at, replicas }, index) => {
    const next = moments[(index + 1) % moments.length];
    if (next === undefined) return;
    const nights = (WEEKDAYS.indexOf(next.day) - WEEKDAYS.indexOf(day) + WEEKDAYS.length) % WEEKDAYS.length;
    const key = `${at} ${next.at} ${nights} ${replicas}`;
    const stretch = found.get(key) ?? { start: [], end: [], from: at, to: next.at, replicas };
    stretch.start.push(day);
    stretch.end.push(next.day);
    found.set(key, stretch);
  });
  return [...found.values()].map(({ start, end, from, to, replicas }) => ({
    start: { days: start, at: from },
    end: { days: end, at: to },
    replicas,
  }));
}

/** `52 8 * * mon,tue`: minutes, hours, any day of the month, every month, days. */
function cron({ days, at }: Moment): string {
  const [hour, minute] = at.split(':').map(Number);
  return `${minute ?? 0} ${hour ?? 0} * * ${days.join(',')}`;
}
