import type { Construct } from 'constructs';
import { InferenceEndpoint } from '#constructs/aws/inference-endpoint';
import { readerAccess } from '#constructs/aws/reader-access';
import { fleetOfReader } from '#lib/plan/serving/fleets';
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
  const network = networkOnDemand(scope, plan);
  const stack = new OfflineStack(scope, 'Serving', { plan });
  const place = {
    // Without a way out the container would never get its weights.
    vpc: plan.network.natGateways > 0 ? network().vpc : undefined,
    region: regionOf(plan),
  };
  const { alarms } = new InferenceEndpoint(stack, 'Endpoint', {
    ...place,
    serving,
    pool,
    concurrency: sizing.concurrency,
    scaling: plan.scaling,
  });
  for (const [id, reader] of [
    ['Embedding', plan.retrieval?.embedding],
    ['Reranker', plan.retrieval?.reranker],
  ] as const) {
    const fleet = reader == null ? null : fleetOfReader(plan, reader);
    if (fleet === null) continue;
    const own = plan.nodePools.find((each) => each.id === fleet.nodePool);
    if (own === undefined) throw new Error(`the plan has no node pool ${fleet.nodePool}`);
    new InferenceEndpoint(stack, id, { ...place, serving: fleet, pool: own, concurrency: 1, alarms });
  }
  readerAccess(stack, plan);
  retrievalStack(scope, plan, network);
}
