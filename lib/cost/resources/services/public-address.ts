import type { ReadResource } from '#lib/artifacts/unresolved';
import { aws, standing, type Component, type PricingContext } from '#lib/cost/resources/component';
import { resourceAt, valueAt } from '#lib/cost/resources/facts';

/** Hours of public addresses of IPv4, which cost the same on whatever they are. */
export function publicAddresses(count: number, context: PricingContext): Component {
  const price = aws('vpc', 'Public IPv4 address', 'hour', context);
  return standing('addresses', 'public IPv4 addresses', price, 'network', context, count);
}

const STATED = ['AssociatePublicIpAddress', 'NetworkInterfaces.AssociatePublicIpAddress'] as const;
const SUBNETS = ['SubnetId', 'NetworkInterfaces.SubnetId'] as const;

/** Addresses of `count` instances: as their own words or their template's have it, or else as their subnet gives. */
export function instanceAddresses(
  count: number,
  context: PricingContext,
  ...sources: readonly (ReadResource | undefined)[]
): Component | null {
  const stated = firstOf(sources, STATED, valueAt);
  const subnet =
    stated === undefined
      ? firstOf(sources, SUBNETS, (source, path) => resourceAt(source, path, context))
      : undefined;
  const given = stated ?? (subnet === undefined ? false : valueAt(subnet, 'MapPublicIpOnLaunch'));
  return given === true || given === 'true' ? publicAddresses(count, context) : null;
}

/** The first of the sources that says it, by the first of its names. */
function firstOf<T>(
  sources: readonly (ReadResource | undefined)[],
  paths: readonly string[],
  said: (source: ReadResource, path: string) => T | undefined,
): T | undefined {
  for (const source of sources) {
    if (source === undefined) continue;
    for (const path of paths) {
      const found = said(source, path);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
