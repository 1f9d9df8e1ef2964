import type { Template } from 'aws-cdk-lib/assertions';
import { storeBuilder } from '#constructs/aws/vector-stores/builders';
import type { RetrievalPlan } from '#lib/plan/plan';
import { twoZones } from './aws-network';
import { retrieval } from './aws-plan';
import { inStack } from './template';

/** Template of a stack with one store. */
export function stored(store: string, changes: Partial<RetrievalPlan> = {}): Template {
  const build = storeBuilder(store);
  if (build === undefined) throw new Error(`no construct for ${store}`);
  return inStack((stack) => {
    build(stack, 'Store', {
      retrieval: { ...retrieval(store), ...changes },
      network: () => ({ vpc: twoZones(stack), cidr: '10.0.0.0/16' }),
      region: 'us-east-1',
      names: ['support', 'answers'],
    });
  });
}
