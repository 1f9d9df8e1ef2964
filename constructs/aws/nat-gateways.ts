import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** NAT gateways under `Vpc/NatGateway`, so that a bill can name them all by one address. */
export class GroupedNatGateways extends ec2.NatProvider {
  private readonly gateways: ec2.GatewayConfig[] = [];

  public override get configuredGateways(): ec2.GatewayConfig[] {
    return [...this.gateways];
  }

  public override configureNat(options: ec2.ConfigureNatOptions): void {
    const group = new Construct(options.vpc, 'NatGateway');
    for (const [index, subnet] of options.natSubnets.entries()) {
      const address = new ec2.CfnEIP(group, `Address${index + 1}`, { domain: 'vpc' });
      const gateway = new ec2.CfnNatGateway(group, `Gateway${index + 1}`, {
        subnetId: subnet.subnetId,
        allocationId: address.attrAllocationId,
      });
      gateway.node.addDependency(subnet.internetConnectivityEstablished);
      this.gateways.push({ az: subnet.availabilityZone, gatewayId: gateway.attrNatGatewayId });
    }
    for (const subnet of options.privateSubnets) this.configureSubnet(subnet);
  }

  /** Through the gateway of its own zone where there is one, else through the first. */
  public override configureSubnet(subnet: ec2.PrivateSubnet): void {
    const own = this.gateways.find(({ az }) => az === subnet.availabilityZone) ?? this.gateways[0];
    if (own === undefined) throw new Error('a private subnet needs a NAT gateway');
    subnet.addRoute('DefaultRoute', {
      routerType: ec2.RouterType.NAT_GATEWAY,
      routerId: own.gatewayId,
      enablesInternetConnectivity: true,
    });
  }
}
