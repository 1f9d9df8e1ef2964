import { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import type { Plan } from '#lib/plan/plan';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { stackBuilder } from '#stacks/index';
import { awsPlan } from '../../_support/aws-plan';
import { awsTargets, plannedFor } from '../../_support/planned';

async function pathsOf(plan: Plan): Promise<ReadonlySet<string>> {
  const app = new App();
  const build = await stackBuilder(plan, 'cdk');
  build?.(app, plan);
  return new Set(app.node.findAll().map(({ node }: Construct) => node.path));
}

describe('addresses of a bill', () => {
  it.each(awsTargets().map((id) => [id, id] as const))(
    'all stand in the tree of what %s plans, with every store that it can carry',
    async (_, target) => {
      const plans = plannedFor(target);
      expect(plans.length).toBeGreaterThan(1);
      for (const plan of plans) {
        const paths = await pathsOf(plan);
        const billed = plan.purchases.flatMap(({ resources }) => resources);
        expect(billed.length).toBeGreaterThan(0);
        expect(billed.filter((address) => !paths.has(address))).toEqual([]);
      }
    },
  );

  it('stand in the tree of EKS for what a network may have beside the usual', async () => {
    const paths = await pathsOf(awsPlan());
    const wanted = [...Object.values(ADDRESSES.network), ...Object.values(ADDRESSES.cluster)];
    expect(wanted.filter((address) => !paths.has(address))).toEqual([]);
  });
});
