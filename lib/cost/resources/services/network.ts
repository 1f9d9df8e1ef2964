import { aws, components, free, type Component, type ResourcePricing } from '#lib/cost/resources/component';
import { listAt, textAt } from '#lib/cost/resources/facts';

/** Interface endpoints stand in this many zones where the template names none. */
const LEAST_ZONES = 1;

const natGateway: ResourcePricing = {
  types: ['AWS::EC2::NatGateway', 'aws_nat_gateway'],
  cost: (_, context) =>
    components(
      {
        key: 'hours',
        label: 'NAT gateway',
        category: 'network',
        price: aws('vpc', 'NAT gateway', 'hour', context),
        quantityPerMonth: context.hours,
        basis: `${context.hours} h`,
      },
      used('data', 'data through the NAT gateway', aws('vpc', 'NAT gateway data processed', 'GB', context)),
    ),
};

const endpoint: ResourcePricing = {
  types: ['AWS::EC2::VPCEndpoint', 'aws_vpc_endpoint'],
  cost: (resource, context) => {
    const kind = textAt(resource, 'VpcEndpointType') ?? 'Gateway';
    if (kind === 'Gateway') return free('gateway endpoints have no charge');
    const zones = Math.max(LEAST_ZONES, listAt(resource, 'SubnetIds').length);
    return components(
      {
        key: 'hours',
        label: 'interface endpoint',
        category: 'network',
        price: aws('vpc', 'Interface endpoint', 'endpoint-AZ-hour', context),
        quantityPerMonth: zones * context.hours,
        basis: `${zones} zones × ${context.hours} h`,
      },
      used(
        'data',
        'data through the endpoint',
        aws('vpc', 'Interface endpoint data first 1 PB', 'GB', context),
      ),
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

const loadBalancer: ResourcePricing = {
  types: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'aws_lb', 'aws_alb'],
  cost: (resource, context) => {
    const named = resource.format === 'terraform' ? 'LoadBalancerType' : 'Type';
    const kind = textAt(resource, named) === 'network' ? 'NLB' : 'ALB';
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
    );
  },
};

/** A component that only usage decides. */
export function used(
  key: string,
  label: string,
  price: Component['price'],
  category: Component['category'] = 'network',
): Component {
  return { key, label, category, price, quantityPerMonth: null, basis: 'by use' };
}

export const network: readonly ResourcePricing[] = [natGateway, endpoint, address, loadBalancer];
