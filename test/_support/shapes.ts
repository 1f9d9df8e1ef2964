import { plansFor } from '#bin/synthesis/plans-for';
import type { Plan } from '#lib/plan/plan';

export const SHAPES = 'test/_support/environments/shapes.yaml';

/** Options of the environment by the shape of serving that they have, and the scenario that asks for it. */
export const SHAPED: readonly (readonly [scenario: string, option: string])[] = [
  ['chat', 'eks-slices'],
  ['chat', 'leased-slices'],
  ['chat', 'colo-slices'],
  ['chat', 'eks-fleets'],
  ['chat', 'leased-fleets'],
  ['chat', 'leased-fleets-rdma'],
  ['giant', 'eks-nodes'],
  ['giant', 'leased-nodes'],
  ['giant', 'colo-nodes'],
  ['wide', 'colo-groups'],
  ['wide', 'colo-groups-sglang'],
  ['wide', 'colo-rack'],
  ['wide', 'eks-groups'],
  ['wide', 'leased-groups'],
  ['searched', 'eks-small'],
  ['searched', 'leased-slices'],
  ['searched', 'endpoint'],
  ['read-on-cpus', 'eks-small'],
  ['read-on-cpus', 'colo-nodes'],
  ['stored', 'eks-stored'],
  ['stored', 'eks-stored-milvus'],
  ['stored', 'eks-stored-postgres'],
  ['tuned', 'imported'],
  ['tuned', 'imported-guarded'],
  ['reserved', 'provisioned'],
  ['reserved', 'provisioned-hourly'],
];

export function shapedPlan(scenario: string, option: string): Plan {
  const [plan] = plansFor({ environmentPath: SHAPES, scenario, option });
  if (plan === undefined) throw new Error(`no plan of ${option}`);
  return plan;
}
