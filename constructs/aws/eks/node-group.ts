import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { privateSubnets } from '#constructs/aws/network';
import { LandfallError } from '#lib/errors/landfall-error';
import type { NodePool } from '#lib/plan/plan';

/** Terms that change how EC2 launches a node. Reservations and savings plans are matters of the bill. */
const CAPACITY_TYPES: Readonly<Record<string, string>> = { spot: 'SPOT' };

/** Sent by an operator once the block is bought: its reservation id is in no plan. */
const NEEDS_RESERVATION = new Set(['capacity-block']);

/**
 * How EC2 is asked for the nodes of this pool.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE for a capacity block, which CloudFormation can neither buy nor find
 */
export function capacityType(scope: Construct, pool: NodePool): string {
  if (NEEDS_RESERVATION.has(pool.purchase)) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: scope.node.path,
      got: `purchase ${pool.purchase}`,
      expected: 'capacity that a node group can ask for: on-demand, reserved or spot',
      fix: 'choose purchase on-demand for the deployment, or compare only',
    });
  }
  return CAPACITY_TYPES[pool.purchase] ?? 'ON_DEMAND';
}

/**
 * Private subnets in the pool's zones; in all zones where the plan names none.
 *
 * @throws LandfallError ZONE_NOT_IN_NETWORK where the network does not reach a zone
 */
export function subnetsOf(scope: Construct, vpc: ec2.IVpc, zones: readonly string[]): string[] {
  const subnets = privateSubnets(vpc);
  const reachable = subnets.map(({ availabilityZone }) => availabilityZone);
  const missing = zones.filter((zone) => !reachable.includes(zone));
  if (missing.length > 0) {
    throw new LandfallError({
      code: 'ZONE_NOT_IN_NETWORK',
      at: scope.node.path,
      got: missing.join(', '),
      expected: `zones among ${reachable.join(', ')}`,
      fix: 'drop the zone from the option or add a private subnet there',
    });
  }
  return subnets
    .filter(({ availabilityZone }) => zones.length === 0 || zones.includes(availabilityZone))
    .map(({ subnetId }) => subnetId);
}

export function scalingConfig({ nodes }: NodePool): {
  minSize: number;
  desiredSize: number;
  maxSize: number;
} {
  return { minSize: nodes.min, desiredSize: nodes.desired, maxSize: Math.max(nodes.max, 1) };
}
