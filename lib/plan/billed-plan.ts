import type { NodePool, Plan, ServingPlan } from '#lib/plan/plan';
import type { ServingSizing } from '#lib/sizing/sizing';

/** What a bill over changing inputs reads of a plan: little enough to travel in a page. */
export interface BilledPlan extends Pick<
  Plan,
  'option' | 'purchases' | 'growth' | 'leadTimeDays' | 'leadTimeAssumption'
> {
  readonly model: Pick<Plan['model'], 'id'>;
  readonly nodePools: readonly Pick<NodePool, 'role' | 'accelerator' | 'nodes'>[];
  readonly serving: Pick<ServingPlan, 'precision' | 'engine'> | null;
  readonly sizing: Pick<ServingSizing, 'availability'> | null;
}

/** That part of a plan alone. Purchases lose what only people read. */
export function billedPart(plan: Plan): BilledPlan {
  const { option, purchases, growth, leadTimeDays, leadTimeAssumption, model, nodePools, serving, sizing } =
    plan;
  return {
    option,
    purchases: purchases
      .filter(({ kind }) => kind !== 'free')
      .map((purchase) => ({ ...purchase, label: '', basis: '', resources: [] })),
    ...(growth === undefined ? {} : { growth }),
    leadTimeDays,
    leadTimeAssumption,
    model: { id: model.id },
    nodePools: nodePools.map(({ role, accelerator, nodes }) => ({ role, accelerator, nodes })),
    serving: serving === null ? null : { precision: serving.precision, engine: serving.engine },
    sizing: sizing === null ? null : { availability: sizing.availability },
  };
}
