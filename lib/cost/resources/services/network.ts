import {
  aws,
  components,
  free,
  perContext,
  standing,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { listAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { isOn } from '#lib/cost/resources/services/ec2';
import { freeOf, hourly } from '#lib/cost/resources/services/meters';
import { publicAddresses } from '#lib/cost/resources/services/public-address';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** Interface endpoints stand in this many zones where the template names none. */
const LEAST_ZONES = 1;

const natGateway = hourly(
  ['AWS::EC2::NatGateway', 'aws_nat_gateway'],
  'vpc',
  'network',
  ['hours', 'NAT gateway', 'NAT gateway', 'hour'],
  [['data', 'data through the NAT gateway', 'NAT gateway data processed', 'GB']],
);

const endpoint: ResourcePricing = {
  types: ['AWS::EC2::VPCEndpoint', 'aws_vpc_endpoint'],
  cost: (resource, context) => {
    const kind = textAt(resource, 'VpcEndpointType') ?? 'Gateway';
    if (kind === 'Gateway') return free('gateway endpoints have no charge');
    const zones = Math.max(LEAST_ZONES, listAt(resource, 'SubnetIds').length);
    const isBalanced = kind === 'GatewayLoadBalancer';
    const hours = isBalanced ? 'Gateway Load Balancer endpoint' : 'Interface endpoint';
    const data = isBalanced ? 'Gateway Load Balancer endpoint data' : 'Interface endpoint data first 1 PB';
    return components(
      {
        key: 'hours',
        label: isBalanced ? 'gateway load balancer endpoint' : 'interface endpoint',
        category: 'network',
        price: aws('vpc', hours, 'endpoint-AZ-hour', context),
        quantityPerMonth: zones * context.hours,
        basis: `${zones} zones × ${context.hours} h`,
      },
      used('data', 'data through the endpoint', aws('vpc', data, 'GB', context)),
    );
  },
};

const address: ResourcePricing = {
  types: ['AWS::EC2::EIP', 'aws_eip'],
  cost: (_, context) =>
    components({
      key: 'hours',
      label: 'public IPv4 address',
      category: 'network',
      price: aws('vpc', 'Public IPv4 address', 'hour', context),
      quantityPerMonth: context.hours,
      basis: `${context.hours} h`,
    }),
};

/** Zones that a balancer spans where its subnets are not listed: an application load balancer takes two at least. */
const BALANCED_ZONES = { ALB: 2, NLB: 1, CLB: 1 } as const;

/** A balancer that the internet reaches holds an address in each of its subnets. */
function balancerAddresses(
  resource: ReadResource,
  kind: keyof typeof BALANCED_ZONES,
  context: PricingContext,
): Component | null {
  const isTerraform = resource.format === 'terraform';
  const isInternal = isTerraform
    ? isOn(valueAt(resource, 'Internal'))
    : textAt(resource, 'Scheme') === 'internal';
  if (isInternal) return null;
  const lists = isTerraform
    ? ['Subnets', 'SubnetMapping', 'AvailabilityZones']
    : ['Subnets', 'SubnetMappings', 'AvailabilityZones'];
  const subnets = lists.map((name) => valueAt(resource, name)).find((value) => Array.isArray(value));
  const count = Math.max(BALANCED_ZONES[kind], subnets?.length ?? 0);
  return publicAddresses(count, context);
}

const loadBalancer: ResourcePricing = {
  types: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'aws_lb', 'aws_alb'],
  cost: (resource, context) => {
    const named = resource.format === 'terraform' ? 'LoadBalancerType' : 'Type';
    const type = textAt(resource, named);
    if (type === 'gateway') return gatewayBalancer(context);
    const kind = type === 'network' ? 'NLB' : 'ALB';
    return components(
      {
        key: 'hours',
        label: kind,
        category: 'network',
        price: aws('elb', kind, 'hour', context),
        quantityPerMonth: context.hours,
        basis: `${context.hours} h`,
      },
      used('capacity', `${kind} capacity units`, aws('elb', `${kind} LCU`, 'LCU-hour', context)),
      balancerAddresses(resource, kind, context),
    );
  },
};

/** It passes traffic on to appliances and has no address of its own. */
const gatewayBalancer = perContext((context) =>
  components(
    standing('hours', 'GWLB', aws('elb', 'GWLB', 'hour', context), 'network', context),
    used('capacity', 'GWLB capacity units', aws('elb', 'GWLB LCU', 'LCU-hour', context)),
  ),
);

const classic: ResourcePricing = {
  types: ['AWS::ElasticLoadBalancing::LoadBalancer', 'aws_elb'],
  cost: (resource, context) =>
    components(
      standing('hours', 'classic load balancer', aws('elb', 'CLB', 'hour', context), 'network', context),
      used('data', 'data through the load balancer', aws('elb', 'CLB data', 'GB', context)),
      balancerAddresses(resource, 'CLB', context),
    ),
};

const transitAttachment = hourly(
  [
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::TransitGatewayPeeringAttachment',
    'AWS::EC2::TransitGatewayVpcAttachment',
    'aws_ec2_transit_gateway_peering_attachment',
    'aws_ec2_transit_gateway_vpc_attachment',
  ],
  'vpc',
  'network',
  ['hours', 'transit gateway attachment', 'Transit gateway attachment', 'hour'],
  [['data', 'data through the attachment', 'Transit gateway data', 'GB']],
);

/** A connection to a transit gateway is an attachment of it too. */
const vpn: ResourcePricing = {
  types: ['AWS::EC2::VPNConnection', 'aws_vpn_connection'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('vpc', sku, unit, context);
    const isAttached = valueAt(resource, 'TransitGatewayId') !== undefined;
    return components(
      standing('hours', 'VPN connection', price('VPN connection', 'hour'), 'network', context),
      isAttached
        ? standing(
            'attachment',
            'transit gateway attachment',
            price('Transit gateway attachment', 'hour'),
            'network',
            context,
          )
        : null,
      isAttached ? used('data', 'data through the attachment', price('Transit gateway data', 'GB')) : null,
    );
  },
};

const clientVpn = hourly(
  ['AWS::EC2::ClientVpnTargetNetworkAssociation', 'aws_ec2_client_vpn_network_association'],
  'vpc',
  'network',
  ['hours', 'client VPN association', 'Client VPN association', 'hour'],
);

const mirror = hourly(
  ['AWS::EC2::TrafficMirrorSession', 'aws_ec2_traffic_mirror_session'],
  'vpc',
  'network',
  ['hours', 'traffic mirror session', 'Traffic mirror session', 'hour'],
);

const firewall: ResourcePricing = {
  types: ['AWS::NetworkFirewall::Firewall', 'aws_networkfirewall_firewall'],
  cost: (resource, context) => {
    const mapped = listAt(
      resource,
      resource.format === 'terraform' ? 'SubnetMapping' : 'SubnetMappings',
    ).length;
    const count = Math.max(1, mapped);
    const price = (sku: string, unit: string) => aws('networkfirewall', sku, unit, context);
    return components(
      standing('hours', 'firewall endpoints', price('Endpoint', 'hour'), 'network', context, count),
      used('data', 'data through the firewall', price('Data', 'GB')),
    );
  },
};

const lattice: ResourcePricing = {
  types: ['AWS::VpcLattice::Service', 'aws_vpclattice_service'],
  cost: (_, context) => {
    const price = (sku: string, unit: string) => aws('vpclattice', sku, unit, context);
    return components(
      standing('hours', 'service of the lattice', price('Service', 'hour'), 'network', context),
      used('data', 'data through the service', price('Data', 'GB')),
    );
  },
};

const definitions = freeOf('a setting of the network; what passes is billed where it passes', [
  'AWS::EC2::ClientVpnAuthorizationRule',
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::ClientVpnRoute',
  'AWS::EC2::InstanceConnectEndpoint',
  'AWS::EC2::SubnetCidrBlock',
  'AWS::EC2::TransitGateway',
  'AWS::EC2::TransitGatewayRouteTableAssociation',
  'AWS::EC2::TransitGatewayRouteTablePropagation',
  'AWS::EC2::VPCEndpointService',
  'AWS::EC2::VPCEndpointServicePermissions',
  'AWS::EC2::VPNConnectionRoute',
  'AWS::EC2::VPNGatewayRoutePropagation',
  'AWS::NetworkFirewall::FirewallPolicy',
  'AWS::NetworkFirewall::LoggingConfiguration',
  'AWS::NetworkFirewall::RuleGroup',
  'AWS::VpcLattice::Listener',
  'AWS::VpcLattice::Rule',
  'AWS::VpcLattice::ServiceNetwork',
  'AWS::VpcLattice::ServiceNetworkServiceAssociation',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation',
  'AWS::VpcLattice::TargetGroup',
  'aws_ec2_client_vpn_authorization_rule',
  'aws_ec2_client_vpn_endpoint',
  'aws_ec2_instance_connect_endpoint',
  'aws_ec2_transit_gateway',
  'aws_ec2_transit_gateway_route',
  'aws_ec2_transit_gateway_route_table',
  'aws_ec2_transit_gateway_route_table_association',
  'aws_ec2_transit_gateway_route_table_propagation',
  'aws_networkfirewall_firewall_policy',
  'aws_networkfirewall_logging_configuration',
  'aws_networkfirewall_rule_group',
]);

export const network: readonly ResourcePricing[] = [
  natGateway,
  endpoint,
  address,
  loadBalancer,
  classic,
  transitAttachment,
  vpn,
  clientVpn,
  mirror,
  firewall,
  lattice,
  definitions,
];
