import { Testing, type TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { leasedStacks } from '#stacks/terraform/leased-stacks';
import { ownedStacks } from '#stacks/terraform/owned-stacks';
import { shapedPlan } from '../../_support/shapes';

function stacksOf(scenario: string, option: string): ReadonlyMap<string, TerraformStack> {
  const app = Testing.app();
  const plan = shapedPlan(scenario, option);
  if (plan.target === 'leased') leasedStacks(app, plan);
  else ownedStacks(app, plan);
  const stacks = app.node.children.filter((child) => 'dependencies' in child) as TerraformStack[];
  return new Map(stacks.map((stack) => [stack.node.id, stack]));
}

describe('a replica over several nodes, by Terraform', () => {
  const stacks = stacksOf('giant', 'leased-nodes');

  it('is planned after the operator that defines its group', () => {
    const serving = stacks.get('shapes-leased-nodes-serving');
    expect(serving?.dependencies.map(({ node }) => node.id)).toEqual(['shapes-leased-nodes-operators']);
    const operators = stacks.get('shapes-leased-nodes-operators');
    const json = operators === undefined ? '' : Testing.synth(operators);
    expect(json).toContain('"repository": "oci://registry.k8s.io/lws/charts"');
    expect(json).toContain('"chart": "lws"');
  });

  it('waits for the servers where they are owned', () => {
    const owned = stacksOf('giant', 'colo-nodes');
    const operators = owned.get('shapes-colo-nodes-operators');
    expect(operators?.dependencies.map(({ node }) => node.id)).toEqual(['shapes-colo-nodes-hardware']);
  });
});

describe('slices on owned servers', () => {
  it('are cut by the label under which the nodes register', () => {
    const hardware = stacksOf('chat', 'colo-slices').get('shapes-colo-slices-hardware');
    const json = hardware === undefined ? '' : Testing.synth(hardware);
    expect(json).toContain('landfall/pool=gpu,nvidia.com/mig.config=all-3g.40gb');
    expect(json).toContain('"value": "landfall/pool=cpu"');
  });
});
