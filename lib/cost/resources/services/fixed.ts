import type { Category } from '#lib/catalog/purchase';
import { aws, components, type ResourcePricing } from '#lib/cost/resources/component';
import type { Line } from '#lib/cost/resources/services/by-use';

/** A fixed amount of something each month. */
function fixed(
  types: readonly string[],
  service: string,
  category: Category,
  line: Line,
  quantityPerMonth: number | null,
): ResourcePricing {
  const [key, label, sku, unit] = line;
  return {
    types,
    cost: (_, context) => {
      const quantity = quantityPerMonth ?? context.hours;
      const price = aws(service, sku, unit, context);
      const basis = quantityPerMonth === null ? `${context.hours} h` : `${quantityPerMonth} each month`;
      return components({ key, label, category, price, quantityPerMonth: quantity, basis });
    },
  };
}

/** Resources with one fixed amount each month. */
export const fixedAmounts: readonly ResourcePricing[] = [
  fixed(
    ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'aws_kms_key', 'aws_kms_replica_key'],
    'kms',
    'platform',
    ['key', 'customer-managed key', 'Customer managed key', 'key-month'],
    1,
  ),
  fixed(
    ['AWS::CloudWatch::Alarm', 'aws_cloudwatch_metric_alarm'],
    'cloudwatch',
    'platform',
    ['alarm', 'alarm, standard resolution', 'Alarm standard resolution', 'alarm-month'],
    1,
  ),
  fixed(
    ['AWS::CloudWatch::Dashboard', 'aws_cloudwatch_dashboard'],
    'cloudwatch',
    'platform',
    ['dashboard', 'dashboard', 'Dashboard', 'dashboard-month'],
    1,
  ),
  fixed(
    ['AWS::SecretsManager::Secret', 'aws_secretsmanager_secret'],
    'secretsmanager',
    'platform',
    ['secret', 'secret', 'Secret', 'secret-month'],
    1,
  ),
  fixed(
    ['AWS::Route53::HostedZone', 'aws_route53_zone'],
    'route53',
    'network',
    ['zone', 'hosted zone', 'Hosted zone', 'zone-month'],
    1,
  ),
  fixed(
    ['AWS::WAFv2::WebACL', 'aws_wafv2_web_acl'],
    'waf',
    'platform',
    ['acl', 'web ACL', 'Web ACL', 'acl-month'],
    1,
  ),
  fixed(
    [
      'AWS::EC2::TransitGatewayAttachment',
      'AWS::EC2::TransitGatewayVpcAttachment',
      'aws_ec2_transit_gateway_vpc_attachment',
    ],
    'vpc',
    'network',
    ['hours', 'transit gateway attachment', 'Transit gateway attachment', 'hour'],
    null,
  ),
  fixed(
    ['AWS::EC2::VPNConnection', 'aws_vpn_connection'],
    'vpc',
    'network',
    ['hours', 'VPN connection', 'VPN connection', 'hour'],
    null,
  ),
  fixed(
    ['AWS::GlobalAccelerator::Accelerator', 'aws_globalaccelerator_accelerator'],
    'globalaccelerator',
    'network',
    ['hours', 'accelerator', 'Accelerator', 'hour'],
    null,
  ),
];
