import type { Plan } from '#lib/plan/plan';
import { targets } from '#lib/targets/index';

export function provisionerOf(plan: Plan): 'cdk' | 'terraform' {
  const target = targets.entries.find(({ id }) => id === plan.target);
  if (target === undefined) throw new Error(`a plan for the unknown target ${plan.target}`);
  return target.provisioner;
}
