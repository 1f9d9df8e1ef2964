import type { ReadResource } from '#lib/artifacts/unresolved';
import {
  aws,
  components,
  standing,
  stated,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { blocksAt, listAt, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { isRegion } from '#lib/cost/resources/plain-word';
import { isOn } from '#lib/cost/resources/services/ec2';
import { freeOf, hourly, monthly } from '#lib/cost/resources/services/meters';

const accelerator = hourly(
  ['AWS::GlobalAccelerator::Accelerator', 'aws_globalaccelerator_accelerator'],
  'globalaccelerator',
  'network',
  ['hours', 'accelerator', 'Accelerator', 'hour'],
);

const zone = monthly(
  ['AWS::Route53::HostedZone', 'aws_route53_zone'],
  'route53',
  'network',
  ['zone', 'hosted zone', 'Hosted zone', 'zone-month'],
  [['queries', 'queries', 'Standard queries first 1B', '1M requests']],
);

/** HTTPS, a text to find, latency and an interval of ten seconds are options of a check, each with a price of its own. */
const healthCheck: ResourcePricing = {
  types: ['AWS::Route53::HealthCheck', 'aws_route53_health_check'],
  cost: (resource, context) => {
    const at = (name: string) => (resource.format === 'terraform' ? name : `HealthCheckConfig.${name}`);
    const type = textAt(resource, at('Type')) ?? '';
    const options = [
      type.startsWith('HTTPS'),
      type.endsWith('STR_MATCH'),
      isOn(valueAt(resource, at('MeasureLatency'))),
      numberAt(resource, at('RequestInterval')) === FAST_INTERVAL_S,
    ].filter(Boolean).length;
    const price = (sku: string) => aws('route53', sku, 'check-month', context);
    return components(
      stated('check', 'health check', price('Health check'), 'network', 1),
      options > 0
        ? stated('options', 'options of the check', price('Health check option'), 'network', options)
        : null,
    );
  },
};

const FAST_INTERVAL_S = 10;

const resolver: ResourcePricing = {
  types: ['AWS::Route53Resolver::ResolverEndpoint', 'aws_route53_resolver_endpoint'],
  cost: (resource, context) => {
    const listed = listAt(resource, resource.format === 'terraform' ? 'IpAddress' : 'IpAddresses').length;
    const count = Math.max(2, listed);
    const price = (sku: string, unit: string) => aws('route53', sku, unit, context);
    return components(
      standing('hours', 'resolver interfaces', price('Resolver endpoint', 'hour'), 'network', context, count),
      used('queries', 'queries', price('Resolver queries first 1B', '1M requests')),
    );
  },
};

const distribution: ResourcePricing = {
  types: ['AWS::CloudFront::Distribution', 'aws_cloudfront_distribution'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('cloudfront', sku, unit, context);
    const isTerraform = resource.format === 'terraform';
    const method = isTerraform
      ? 'ViewerCertificate.SslSupportMethod'
      : 'DistributionConfig.ViewerCertificate.SslSupportMethod';
    return components(
      textAt(resource, method) === 'vip'
        ? stated(
            'addresses',
            'addresses of its own for a certificate',
            price('Dedicated IP certificate', 'certificate'),
            'network',
            1,
          )
        : null,
      used('data', 'data to viewers', price('Data out first 10 TB', 'GB')),
      used('requests', 'HTTPS requests', price('HTTPS requests', '10k requests')),
      ...shields(resource, isTerraform ? 'Origin' : 'DistributionConfig.Origins', context),
    );
  },
};

/** A layer of caches in one region before an origin, billed by the requests that go to it beside those of viewers. */
function shields(distribution: ReadResource, path: string, context: PricingContext): readonly Component[] {
  const regions = blocksAt(distribution, path)
    .filter((origin) => isOn(valueAt(origin, 'OriginShield.Enabled')))
    .map((origin) => valueAt(origin, 'OriginShield.OriginShieldRegion'))
    .map((region) => (typeof region === 'string' && isRegion(region) ? region : context.region));
  return [...new Set(regions)].map((region) => {
    const price = aws('cloudfront', 'Origin Shield requests', '10k requests', { ...context, region });
    return used(`origin-shield-${region}`, `requests to Origin Shield in ${region}`, price);
  });
}

const edgeFunction: ResourcePricing = {
  types: ['AWS::CloudFront::Function', 'aws_cloudfront_function'],
  cost: (_, context) => {
    const price = aws('cloudfront', 'Function invocations', '1M requests', context);
    return components(used('invocations', 'invocations of the function', price));
  },
};

const definitions = freeOf('a setting of what delivers to viewers, which is billed', [
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::CloudFrontOriginAccessIdentity',
  'AWS::CloudFront::ConnectionGroup',
  'AWS::CloudFront::ContinuousDeploymentPolicy',
  'AWS::CloudFront::DistributionTenant',
  'AWS::CloudFront::KeyGroup',
  'AWS::CloudFront::KeyValueStore',
  'AWS::CloudFront::MonitoringSubscription',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::OriginRequestPolicy',
  'AWS::CloudFront::PublicKey',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudFront::VpcOrigin',
  'AWS::GlobalAccelerator::EndpointGroup',
  'AWS::GlobalAccelerator::Listener',
  'AWS::Route53::DNSSEC',
  'AWS::Route53::KeySigningKey',
  'AWS::Route53::QueryLoggingConfig',
  'AWS::Route53::RecordSet',
  'AWS::Route53::RecordSetGroup',
  'AWS::Route53Resolver::ResolverRule',
  'AWS::Route53Resolver::ResolverRuleAssociation',
  'aws_cloudfront_cache_policy',
  'aws_cloudfront_key_group',
  'aws_cloudfront_origin_access_control',
  'aws_cloudfront_origin_access_identity',
  'aws_cloudfront_origin_request_policy',
  'aws_cloudfront_public_key',
  'aws_cloudfront_response_headers_policy',
  'aws_globalaccelerator_endpoint_group',
  'aws_globalaccelerator_listener',
  'aws_route53_record',
  'aws_route53_resolver_rule',
  'aws_route53_resolver_rule_association',
]);

export const delivery: readonly ResourcePricing[] = [
  accelerator,
  zone,
  healthCheck,
  resolver,
  distribution,
  edgeFunction,
  definitions,
];
