import { aws_ec2 as ec2, aws_logs as logs, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GroupedNatGateways } from '#constructs/aws/nat-gateways';
import type { NetworkPlan } from '#lib/plan/plan';

export interface NetworkProps {
  readonly network: NetworkPlan;
  /** Zones to spread over, in order. */
  readonly zones: readonly string[];
}

/** A VPC with private subnets in every planned zone. Built straight into the scope: `Vpc` and `Endpoints` are addresses. */
export class Network {
  public readonly vpc: ec2.Vpc;

  public constructor(scope: Construct, props: NetworkProps) {
    const { network, zones } = props;
    const egress = network.natGateways > 0;
    this.vpc = new ec2.Vpc(scope, 'Vpc', {
      ...(network.vpcCidr === null ? {} : { ipAddresses: ec2.IpAddresses.cidr(network.vpcCidr) }),
      availabilityZones: [...zones],
      natGateways: network.natGateways,
      natGatewayProvider: new GroupedNatGateways(),
      subnetConfiguration: egress ? [PUBLIC, PRIVATE] : [ISOLATED],
      // Costs nothing and keeps weights and image layers off the NAT gateways.
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
      restrictDefaultSecurityGroup: false,
    });
    Validations.of(this.vpc).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason:
        'the plan names the zones: taken in whatever order an account has them, subnets would be replaced',
    });
    flowLogs(this.vpc);
    interfaceEndpoints(scope, this.vpc, network.interfaceEndpoints);
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

/** Refused connections only: what an investigation asks for, at a share of the volume. */
function flowLogs(vpc: ec2.Vpc): void {
  const group = new logs.LogGroup(vpc, 'FlowLogGroup', {
    retention: logs.RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  vpc.addFlowLog('FlowLog', {
    destination: ec2.FlowLogDestination.toCloudWatchLogs(group),
    trafficType: ec2.FlowLogTrafficType.REJECT,
  });
}

function interfaceEndpoints(scope: Construct, vpc: ec2.Vpc, services: readonly string[]): void {
  if (services.length === 0) return;
  const endpoints = new Construct(scope, 'Endpoints');
  const securityGroup = new ec2.SecurityGroup(endpoints, 'SecurityGroup', {
    vpc,
    description: 'HTTPS from the VPC to the interface endpoints',
    allowAllOutbound: false,
  });
  securityGroup.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.HTTPS, 'HTTPS from the VPC');
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
