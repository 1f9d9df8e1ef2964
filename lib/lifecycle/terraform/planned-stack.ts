import type { LiveState, PlannedStack } from '#lib/lifecycle/change';
import { changeDangers } from '#lib/lifecycle/change-dangers';
import type { LiveDanger } from '#lib/lifecycle/danger';
import { digestOf } from '#lib/lifecycle/digest';
import { declaredChanges } from '#lib/lifecycle/terraform/declared-changes';
import { planChanges } from '#lib/lifecycle/terraform/plan-changes';
import { planBroadenings } from '#lib/lifecycle/terraform/broadening';

/** A stack of a CDK for Terraform app. */
export interface TerraformStack {
  readonly name: string;
  /** Where Terraform runs. */
  readonly folder: string;
  /** Root of its `cdk.tf.json`. */
  readonly configuration: unknown;
  /** Names of stacks that stand before it. */
  readonly dependencies: readonly string[];
}

export interface PlannedTerraform {
  readonly planned: PlannedStack;
  readonly dangers: readonly LiveDanger[];
}

/** By the JSON of a plan that was asked for. */
export function plannedTerraform(stack: TerraformStack, live: LiveState, plan: unknown): PlannedTerraform {
  return withDangers(stack, { live, plannedAfter: [], changes: planChanges(plan) }, plan);
}

/** By what it declares: nothing of it stands, and it cannot be asked for yet, or nobody asks. */
export function declaredTerraform(
  stack: TerraformStack,
  live: LiveState,
  plannedAfter: readonly string[],
): PlannedTerraform {
  return withDangers(stack, { live, plannedAfter, changes: declaredChanges(stack.configuration) }, null);
}

function withDangers(
  { name, configuration }: TerraformStack,
  found: Pick<PlannedStack, 'live' | 'plannedAfter' | 'changes'>,
  plan: unknown,
): PlannedTerraform {
  const planned: PlannedStack = {
    stack: name,
    provisioner: 'terraform',
    region: null,
    artifactSha256: digestOf(configuration),
    ...found,
  };
  return { planned, dangers: [...changeDangers(planned), ...planBroadenings(name, plan)] };
}
