import { describe, expect, it } from 'vitest';
import { autoscalers } from '#constructs/kubernetes/model-server/autoscaler';
import { fleetSlices } from '#constructs/kubernetes/model-server/fleet-slice';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import type { ScheduleStep } from '#lib/plan/scaling/schedule';
import { awsPlan } from '../../../_support/aws-plan';
import { scalingPlan } from '../../../_support/scaling-plan';

const WORKING = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** The triggers of a fleet of which two replicas always run. */
function triggers(steps: readonly ScheduleStep[]) {
  const schedule = { timezone: 'Asia/Tokyo', steps };
  const plan = awsPlan({ scaling: scalingPlan({ policy: 'scheduled', schedule }) });
  const objects = fleetSlices(servingSlice(plan)).flatMap(autoscalers);
  const [object] = objects as unknown as [
    { spec: { minReplicaCount: number; triggers: { type: string; metadata: Record<string, string> }[] } },
  ];
  expect(object.spec.minReplicaCount).toBe(2);
  expect(object.spec.triggers.every(({ type }) => type === 'cron')).toBe(true);
  return object.spec.triggers.map(({ metadata }) => metadata);
}

describe('replicas by the clock', () => {
  it('have one trigger for a stretch that every working day has', () => {
    expect(
      triggers([
        { days: WORKING, at: '08:52', replicas: 6 },
        { days: WORKING, at: '17:00', replicas: 2 },
      ]),
    ).toEqual([
      {
        timezone: 'Asia/Tokyo',
        start: '52 8 * * mon,tue,wed,thu,fri',
        end: '0 17 * * mon,tue,wed,thu,fri',
        desiredReplicas: '6',
      },
    ]);
  });

  it('have one for each level of a day', () => {
    const levels = triggers([
      { days: WORKING, at: '07:52', replicas: 4 },
      { days: WORKING, at: '08:52', replicas: 6 },
      { days: WORKING, at: '17:00', replicas: 3 },
      { days: WORKING, at: '20:00', replicas: 2 },
    ]);
    expect(
      levels.map(({ start, end, desiredReplicas }) => [
        start?.slice(0, 5),
        end?.slice(0, 5),
        desiredReplicas,
      ]),
    ).toEqual([
      ['52 7 ', '52 8 ', '4'],
      ['52 8 ', '0 17 ', '6'],
      ['0 17 ', '0 20 ', '3'],
    ]);
  });

  it('reach over midnight into the next week', () => {
    expect(
      triggers([
        { days: ['mon'], at: '02:00', replicas: 2 },
        { days: ['sun'], at: '23:50', replicas: 5 },
      ]),
    ).toEqual([{ timezone: 'Asia/Tokyo', start: '50 23 * * sun', end: '0 2 * * mon', desiredReplicas: '5' }]);
  });
});
