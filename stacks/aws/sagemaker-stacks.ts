import type { Construct } from 'constructs';
import { InferenceEndpoint } from '#constructs/aws/inference-endpoint';
import type { Plan } from '#lib/plan/plan';
import { networkOnDemand, retrievalStack } from '#stacks/aws/foundation';
import { OfflineStack } from '#stacks/aws/offline-stack';
import { regionOf } from '#stacks/aws/region';

/** Stacks of a SageMaker endpoint: the endpoint, the vector store where the plan has one, and what network they need. */
export function sagemakerStacks(scope: Construct, plan: Plan): void {
  const { serving, sizing } = plan;
  const pool = plan.nodePools.find(({ id }) => id === serving?.nodePool);
  if (serving === null || sizing === null || pool === undefined) {
    throw new Error(`the plan of ${plan.option} has no model server with its instances`);
  }
  const vpc = networkOnDemand(scope, plan);
  new InferenceEndpoint(new OfflineStack(scope, 'Serving', { plan }), 'Endpoint', {
    serving,
    pool,
    // Without a way out the container would never get its weights.
    vpc: plan.network.natGateways > 0 ? vpc() : undefined,
    region: regionOf(plan),
    concurrency: sizing.concurrency,
    scaling: plan.scaling,
  });
  retrievalStack(scope, plan, vpc);
}
