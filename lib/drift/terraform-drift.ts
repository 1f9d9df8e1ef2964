import { own } from '#lib/artifacts/json';
import type { DriftedThing } from '#lib/drift/drift';
import { undeployed } from '#lib/drift/undeployed';
import { planChanges } from '#lib/lifecycle/terraform/plan-changes';

/**
 * What somebody changed or deleted behind Terraform's back, by the JSON of a plan that only refreshes: it tells what was
 * (`before`) and what is (`after`), so a deletion is of what is missing.
 */
export function refreshed(plan: unknown): DriftedThing[] {
  const changes = planChanges({ resource_changes: own(plan, 'resource_drift') });
  return undeployed(changes, 'changed-outside').map((thing) =>
    thing.difference === 'foreign' ? { ...thing, difference: 'missing' } : thing,
  );
}
