import { aws, components, free, stated, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt, textAt } from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

/** Servers and databases cost what their bundle says, by the month: `medium_3_0`, `nano_win_3_0`, `micro_2_0`. */
const instance: ResourcePricing = {
  types: ['AWS::Lightsail::Instance', 'aws_lightsail_instance'],
  cost: (resource, context) => {
    const bundle = needed(textAt(resource, 'BundleId'), 'BundleId');
    const price = aws('lightsail', `Instance ${bundle}`, 'instance-month', context);
    return components(stated('instance', `bundle ${bundle}`, price, 'compute', 1));
  },
};

const database: ResourcePricing = {
  types: ['AWS::Lightsail::Database', 'aws_lightsail_database'],
  cost: (resource, context) => {
    const bundle = needed(
      textAt(resource, 'RelationalDatabaseBundleId') ?? textAt(resource, 'BundleId'),
      'RelationalDatabaseBundleId',
    );
    const price = aws('lightsail', `Database ${bundle}`, 'instance-month', context);
    return components(stated('database', `bundle ${bundle}`, price, 'platform', 1));
  },
};

const container: ResourcePricing = {
  types: ['AWS::Lightsail::Container', 'aws_lightsail_container_service'],
  cost: (resource, context) => {
    const power = needed(textAt(resource, 'Power'), 'Power');
    const nodes = needed(numberAt(resource, 'Scale'), 'Scale');
    const price = aws('lightsail', `Container ${power}`, 'instance-month', context);
    return components(stated('nodes', `containers, ${power}`, price, 'compute', nodes));
  },
};

const disk: ResourcePricing = {
  types: ['AWS::Lightsail::Disk', 'aws_lightsail_disk'],
  cost: (resource, context) => {
    const gib = needed(numberAt(resource, 'SizeInGb'), 'SizeInGb');
    const price = aws('lightsail', 'Disk', 'GB-month', context);
    return components(stated('storage', 'disk', price, 'storage', gib));
  },
};

const balancer: ResourcePricing = {
  types: ['AWS::Lightsail::LoadBalancer', 'aws_lightsail_lb'],
  cost: (_, context) =>
    components(
      stated(
        'balancer',
        'load balancer',
        aws('lightsail', 'Load balancer', 'instance-month', context),
        'network',
        1,
      ),
    ),
};

const bucket: ResourcePricing = {
  types: [
    'AWS::Lightsail::Bucket',
    'aws_lightsail_bucket',
    'AWS::Lightsail::Distribution',
    'aws_lightsail_distribution',
  ],
  cost: (resource, context) => {
    const bundle = needed(textAt(resource, 'BundleId'), 'BundleId');
    const price = aws('lightsail', `Bundle ${bundle}`, 'instance-month', context);
    return components(stated('bundle', `bundle ${bundle}`, price, 'storage', 1));
  },
};

const snapshots = byUse(
  ['AWS::Lightsail::InstanceSnapshot', 'AWS::Lightsail::DiskSnapshot', 'AWS::Lightsail::DatabaseSnapshot'],
  'lightsail',
  'storage',
  [['storage', 'snapshots kept', 'Snapshot', 'GB-month']],
);

const address: ResourcePricing = {
  types: ['AWS::Lightsail::StaticIp', 'aws_lightsail_static_ip'],
  cost: () => free('has no charge while an instance has it'),
};

const definitions = freeOf('a setting of Lightsail, whose bundles are billed', [
  'AWS::Lightsail::Alarm',
  'AWS::Lightsail::Certificate',
  'AWS::Lightsail::ContactMethod',
  'AWS::Lightsail::Domain',
  'AWS::Lightsail::KeyPair',
  'AWS::Lightsail::LoadBalancerTlsCertificate',
  'aws_lightsail_bucket_access_key',
  'aws_lightsail_bucket_resource_access',
  'aws_lightsail_certificate',
  'aws_lightsail_container_service_deployment_version',
  'aws_lightsail_disk_attachment',
  'aws_lightsail_domain',
  'aws_lightsail_domain_entry',
  'aws_lightsail_instance_public_ports',
  'aws_lightsail_key_pair',
  'aws_lightsail_lb_attachment',
  'aws_lightsail_lb_certificate',
  'aws_lightsail_lb_certificate_attachment',
  'aws_lightsail_lb_https_redirection_policy',
  'aws_lightsail_lb_stickiness_policy',
  'aws_lightsail_static_ip_attachment',
]);

export const lightsail: readonly ResourcePricing[] = [
  instance,
  database,
  container,
  disk,
  balancer,
  bucket,
  snapshots,
  address,
  definitions,
];
