import {
  aws,
  components,
  stated,
  used,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { listAt, resourceAt, textAt } from '#lib/cost/resources/facts';
import { vcpusOf } from '#lib/cost/resources/services/database-support';
import { ReferenceTo, type ReadResource } from '#lib/artifacts/unresolved';

/** vCPUs that a proxy is billed for at least (Amazon RDS Proxy pricing). */
const LEAST_VCPUS = 2;

const TARGETS = ['AWS::RDS::DBProxyTargetGroup', 'aws_db_proxy_target'] as const;

/** Instances behind a proxy, as far as its targets name them. */
function instancesBehind(proxied: ReadResource, context: PricingContext): readonly ReadResource[] {
  return context.ofTypes(TARGETS).flatMap((target) => {
    const isTerraform = target.format === 'terraform';
    const name = isTerraform ? 'DbProxyName' : 'DBProxyName';
    if (resourceAt(target, name, context)?.address !== proxied.address) return [];
    if (isTerraform) {
      const instance = resourceAt(target, 'DbInstanceIdentifier', context);
      return instance === undefined ? [] : [instance];
    }
    return listAt(target, 'DBInstanceIdentifiers').flatMap((value) => {
      const instance = value instanceof ReferenceTo ? context.find(value.address) : undefined;
      return instance === undefined ? [] : [instance];
    });
  });
}

/** By the vCPUs of the instance behind it; what a cluster behind it has grows and shrinks, and is by use. */
export const proxy: ResourcePricing = {
  types: ['AWS::RDS::DBProxy', 'aws_db_proxy'],
  cost: (resource, context) => {
    const price = aws('rds', 'Proxy', 'vCPU-hour', context);
    const label = 'vCPU-hours of the databases behind it';
    const [instance, ...others] = instancesBehind(resource, context);
    const path = instance?.format === 'terraform' ? 'InstanceClass' : 'DBInstanceClass';
    const type = instance === undefined ? undefined : textAt(instance, path);
    const vcpus = type === undefined || others.length > 0 ? undefined : vcpusOf(type, context);
    if (vcpus === undefined) return components(used('hours', label, price, 'storage'));
    const billed = Math.max(LEAST_VCPUS, vcpus);
    const basis = `${billed} vCPUs × ${context.hours} h`;
    return components(stated('hours', label, price, 'storage', billed * context.hours, basis));
  },
};
