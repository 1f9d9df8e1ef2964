import type { ReadResource } from '#lib/artifacts/unresolved';
import type { PricingContext } from '#lib/cost/resources/component';
import { resourceAt, textAt } from '#lib/cost/resources/facts';

/** One that another resource keeps stopped costs its volumes and addresses alone. */
export function isStopped(instance: ReadResource, context: PricingContext): boolean {
  return context
    .ofTypes(['aws_ec2_instance_state'])
    .some(
      (state) =>
        textAt(state, 'State') === 'stopped' &&
        resourceAt(state, 'InstanceId', context)?.address === instance.address,
    );
}
