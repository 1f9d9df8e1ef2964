import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge, allControls } from '#constructs/aws/acknowledged';
import { flowLogs } from '#constructs/aws/flow-logs';
import { GroupedNatGateways } from '#constructs/aws/nat-gateways';
import type { NetworkPlan } from '#lib/plan/plan';

export interface NetworkProps {
  readonly network: NetworkPlan;
  /** Zones to spread over, in order. */
  readonly zones: readonly string[];
}

/** A VPC, and its addresses as text: rules of security groups that name them so can be read by whoever checks them. */
export interface BuiltNetwork {
  readonly vpc: ec2.IVpc;
  readonly cidr: string;
}

/** A VPC with private subnets in every planned zone. Built straight into the scope: `Vpc` and `Endpoints` are addresses. */
export class Network implements BuiltNetwork {
  public readonly vpc: ec2.Vpc;
  public readonly cidr: string;

  public constructor(scope: Construct, props: NetworkProps) {
    const { network, zones } = props;
    const egress = network.natGateways > 0;
    this.cidr = network.vpcCidr ?? ec2.Vpc.DEFAULT_CIDR_RANGE;
    this.vpc = new ec2.Vpc(scope, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(this.cidr),
      availabilityZones: [...zones],
      natGateways: network.natGateways,
      natGatewayProvider: new GroupedNatGateways(),
      subnetConfiguration: egress ? [PUBLIC, PRIVATE] : [ISOLATED],
      // Costs nothing and keeps weights and image layers off the NAT gateways.
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
      restrictDefaultSecurityGroup: false,
    });
    for (const subnet of [...this.vpc.publicSubnets, ...privateSubnets(this.vpc)]) {
      acknowledge(
        subnet,
        ['CloudFormation-Validate::W3010'],
        'the plan names the zones: taken in whatever order an account has them, subnets would be replaced',
      );
    }
    acknowledge(
      this.vpc,
      allControls('VPCDefaultSecurityGroupClosed'),
      'nothing stands in the default group: each interface has a group of its own, and CloudFormation cannot empty it',
    );
    for (const subnet of this.vpc.publicSubnets) {
      acknowledge(
        subnet.node.findChild('DefaultRoute'),
        allControls('VPCNoUnrestrictedRouteToIGW'),
        'the way out of the NAT gateway, which alone stands in this subnet and takes no connection from outside',
      );
    }
    flowLogs(this.vpc);
    interfaceEndpoints(scope, this, network.interfaceEndpoints);
  }
}

const PUBLIC: ec2.SubnetConfiguration = {
  name: 'Public',
  subnetType: ec2.SubnetType.PUBLIC,
  cidrMask: 24,
  mapPublicIpOnLaunch: false,
};
const PRIVATE: ec2.SubnetConfiguration = {
  name: 'Private',
  subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS,
};
const ISOLATED: ec2.SubnetConfiguration = {
  name: 'Private',
  subnetType: ec2.SubnetType.PRIVATE_ISOLATED,
};

/** Private subnets with or without a way out: whatever the network has. */
export function privateSubnets(vpc: ec2.IVpc): ec2.ISubnet[] {
  return vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets;
}

function interfaceEndpoints(
  scope: Construct,
  { vpc, cidr }: BuiltNetwork,
  services: readonly string[],
): void {
  if (services.length === 0) return;
  const endpoints = new Construct(scope, 'Endpoints');
  const securityGroup = new ec2.SecurityGroup(endpoints, 'SecurityGroup', {
    vpc,
    description: 'HTTPS from the VPC to the interface endpoints',
    allowAllOutbound: false,
  });
  securityGroup.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.HTTPS, 'HTTPS from the VPC');
  for (const service of services) {
    new ec2.InterfaceVpcEndpoint(endpoints, service.replaceAll('.', '-'), {
      vpc,
      service: new ec2.InterfaceVpcEndpointAwsService(service),
      subnets: { subnets: privateSubnets(vpc) },
      securityGroups: [securityGroup],
      open: false,
      privateDnsEnabled: true,
    });
  }
}
