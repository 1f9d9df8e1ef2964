import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, allControls } from '#constructs/aws/acknowledged';

export interface EfaCards {
  /** Interfaces with EFA. */
  readonly interfaces: number;
  /** `false` where card 0 has no EFA, and the first card with it is card 1. @default true */
  readonly primaryCarriesEfa?: boolean;
  readonly securityGroups: readonly string[];
}

/**
 * Interfaces of a node, one per network card. Card 0 carries the primary interface, which has addresses and so cannot
 * be `efa-only`; the others carry no IP, which saves addresses of the subnet.
 */
export function efaInterfaces(cards: EfaCards): ec2.CfnLaunchTemplate.NetworkInterfaceProperty[] {
  const { interfaces, primaryCarriesEfa = true, securityGroups } = cards;
  const groups = { groups: [...securityGroups], deleteOnTermination: true };
  const primary = { networkCardIndex: 0, deviceIndex: 0, ...groups };
  const others = (count: number, deviceIndex: number) =>
    Array.from({ length: count }, (_, index) => ({
      networkCardIndex: index + 1,
      deviceIndex,
      interfaceType: 'efa-only',
      ...groups,
    }));
  return primaryCarriesEfa
    ? [{ ...primary, interfaceType: 'efa' }, ...others(interfaces - 1, 1)]
    : [{ ...primary, interfaceType: 'interface' }, ...others(interfaces, 0)];
}

/** EFA's own traffic is checked by security groups only: the group must name itself, in and out. */
export function efaSecurityGroup(scope: Construct, vpc: ec2.IVpc): ec2.CfnSecurityGroup {
  const group = new ec2.CfnSecurityGroup(scope, 'EfaSecurityGroup', {
    groupDescription: 'EFA traffic between GPU nodes',
    vpcId: vpc.vpcId,
  });
  const self = { groupId: group.attrGroupId, ipProtocol: '-1', description: 'EFA between GPU nodes' };
  const ingress = new ec2.CfnSecurityGroupIngress(scope, 'EfaIngress', {
    ...self,
    sourceSecurityGroupId: group.attrGroupId,
  });
  acknowledge(
    ingress,
    allControls('EC2RestrictedCommonPorts'),
    'EFA has no ports to name: the rule lets in the nodes of this group alone, from no address',
  );
  new ec2.CfnSecurityGroupEgress(scope, 'EfaEgress', {
    ...self,
    destinationSecurityGroupId: group.attrGroupId,
  });
  return group;
}
