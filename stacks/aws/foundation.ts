import type { Construct } from 'constructs';
import { Network, type BuiltNetwork } from '#constructs/aws/network';
import { storeBuilder } from '#constructs/aws/vector-stores/builders';
import type { Plan } from '#lib/plan/plan';
import { OfflineStack } from '#stacks/aws/offline-stack';
import { regionOf } from '#stacks/aws/region';

export function networkStack(scope: Construct, plan: Plan): BuiltNetwork {
  const stack = new OfflineStack(scope, 'Network', { plan });
  return new Network(stack, { network: plan.network, zones: stack.availabilityZones });
}

/** The network where something asks for it: a model or a store that the provider runs may need none. */
export function networkOnDemand(scope: Construct, plan: Plan): () => BuiltNetwork {
  let network: BuiltNetwork | undefined;
  return () => (network ??= networkStack(scope, plan));
}

/** The store that AWS runs, in a stack of its own: it outlives the model server. Nothing where the plan has none. */
export function retrievalStack(scope: Construct, plan: Plan, network: () => BuiltNetwork): void {
  const { retrieval } = plan;
  if (retrieval?.runsOn !== 'aws') return;
  const build = storeBuilder(retrieval.store);
  if (build === undefined) throw new Error(`no construct for the vector store ${retrieval.store}`);
  const stack = new OfflineStack(scope, 'Retrieval', { plan });
  build(stack, 'Store', {
    retrieval,
    network,
    region: regionOf(plan),
    names: [plan.environment, plan.option],
  });
}
