import type { Model } from '#lib/catalog/models';
import type { ManagedServingPlan } from '#lib/plan/plan';
import type { PlacedFleet } from '#lib/targets/target';

/** A model that the provider runs, chosen, with what is bought of it. */
export interface ServedByProvider {
  readonly model: Model;
  readonly managed: ManagedServingPlan;
  readonly placed: Pick<PlacedFleet, 'token' | 'copies' | 'units'>;
  readonly notes: readonly string[];
}
