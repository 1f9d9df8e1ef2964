import type { Plan } from '#lib/plan/plan';

/** Region of a plan for the cloud; its absence is a bug of the plan. */
export function regionOf(plan: Plan): string {
  if (plan.network.region === null) throw new Error(`the plan of ${plan.option} names no region`);
  return plan.network.region;
}
