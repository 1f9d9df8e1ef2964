import { aws, stated, type Component, type PricingContext } from '#lib/cost/resources/component';
import { valueAt } from '#lib/cost/resources/facts';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** A password that RDS keeps is a secret of the account like any other, and billed so. */
export function keptSecret(resource: ReadResource, context: PricingContext): Component | null {
  const isKept = valueAt(resource, 'ManageMasterUserPassword');
  if (isKept !== true && isKept !== 'true') return null;
  const price = aws('secretsmanager', 'Secret', 'secret-month', context);
  return stated('secret', 'secret that RDS keeps', price, 'platform', 1);
}
