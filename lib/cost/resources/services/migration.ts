import { aws, components, standing, stated, used, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { isOn } from '#lib/cost/resources/services/ec2';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

/** GB of storage that an instance of DMS brings along: less on burstable types. */
const INCLUDED_GIB = { burstable: 50, other: 100 } as const;

const replication: ResourcePricing = {
  types: ['AWS::DMS::ReplicationInstance', 'aws_dms_replication_instance'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'ReplicationInstanceClass'), 'ReplicationInstanceClass');
    const copies = isOn(valueAt(resource, 'MultiAZ')) ? 2 : 1;
    const included = /^dms\.t\d/.test(type) ? INCLUDED_GIB.burstable : INCLUDED_GIB.other;
    const beyond = Math.max(0, (numberAt(resource, 'AllocatedStorage') ?? 0) - included);
    const price = (sku: string, unit: string) => aws('dms', sku, unit, context);
    return components(
      standing('instance', type, price(type, 'instance-hour'), 'platform', context, copies),
      beyond > 0
        ? stated(
            'storage',
            `storage beyond ${included} GB`,
            price('gp2 storage', 'GB-month'),
            'storage',
            copies * beyond,
            `${copies} × ${beyond} GB`,
          )
        : null,
    );
  },
};

const serverless: ResourcePricing = {
  types: ['AWS::DMS::ReplicationConfig', 'aws_dms_replication_config'],
  cost: (_, context) =>
    components(
      used('capacity', 'capacity units while it replicates', aws('dms', 'DCU', 'hour', context), 'platform'),
    ),
};

const dataSync = byUse(['AWS::DataSync::Task', 'aws_datasync_task'], 'datasync', 'network', [
  ['data', 'data copied', 'Data copied', 'GB'],
]);

const definitions = freeOf('a definition; what copies by it is billed', [
  'AWS::DMS::Certificate',
  'AWS::DMS::DataMigration',
  'AWS::DMS::DataProvider',
  'AWS::DMS::Endpoint',
  'AWS::DMS::EventSubscription',
  'AWS::DMS::InstanceProfile',
  'AWS::DMS::MigrationProject',
  'AWS::DMS::ReplicationSubnetGroup',
  'AWS::DMS::ReplicationTask',
  'AWS::DataSync::Agent',
  'AWS::DataSync::Location*',
  'aws_datasync_agent',
  'aws_datasync_location_*',
  'aws_dms_certificate',
  'aws_dms_endpoint',
  'aws_dms_event_subscription',
  'aws_dms_replication_subnet_group',
  'aws_dms_replication_task',
  'aws_dms_s3_endpoint',
]);

export const migration: readonly ResourcePricing[] = [replication, serverless, dataSync, definitions];
