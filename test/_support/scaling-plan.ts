import type { ScalingPlan } from '#lib/plan/plan';

const FLAT = { workingDay: [], weekendDay: [] };

/** A fleet that follows its load; each test states its difference. */
export function scalingPlan(overrides: Partial<ScalingPlan> = {}): ScalingPlan {
  return {
    policy: 'autoscaled',
    replicasByHour: FLAT,
    schedule: null,
    coldStartSeconds: 500,
    cooldownSeconds: 900,
    releaseSeconds: 120,
    nodeHoursPerMonth: { low: 800, base: 900, high: 1000 },
    paidShare: 0.6,
    utilisation: 0.5,
    lateShare: 0.01,
    ...overrides,
  };
}

/** Eight-hour days of six replicas; two otherwise. */
export const OFFICE_HOURS: ScalingPlan['schedule'] = {
  timezone: 'Europe/Berlin',
  steps: [
    { days: ['mon', 'fri'], at: '08:52', replicas: 6 },
    { days: ['mon', 'fri'], at: '17:00', replicas: 2 },
  ],
};
