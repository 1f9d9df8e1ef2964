import { aws, components, standing, used, type ResourcePricing } from '#lib/cost/resources/component';
import { textAt } from '#lib/cost/resources/facts';
import { freeOf } from '#lib/cost/resources/services/meters';

/** An application of Flink keeps one more unit than its job uses, to orchestrate it. */
const application: ResourcePricing = {
  types: [
    'AWS::KinesisAnalytics::Application',
    'AWS::KinesisAnalyticsV2::Application',
    'aws_kinesis_analytics_application',
    'aws_kinesisanalyticsv2_application',
  ],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('kinesisanalytics', sku, unit, context);
    const isFlink = textAt(resource, 'RuntimeEnvironment')?.startsWith('FLINK') === true;
    return components(
      isFlink
        ? standing('orchestration', 'unit that orchestrates', price('KPU', 'KPU-hour'), 'compute', context)
        : null,
      used('processing', 'units that process', price('KPU', 'KPU-hour'), 'compute'),
      isFlink
        ? used('storage', 'state that it keeps', price('Running storage', 'GB-month'), 'storage')
        : null,
      isFlink ? used('backup', 'backups of its state', price('Backup', 'GB-month'), 'storage') : null,
    );
  },
};

const consumer: ResourcePricing = {
  types: ['AWS::Kinesis::StreamConsumer', 'aws_kinesis_stream_consumer'],
  cost: (_, context) => {
    const price = (sku: string, unit: string) => aws('kinesis', sku, unit, context);
    return components(
      used('shards', 'hours of shards that it reads', price('Enhanced fan-out', 'shard-hour'), 'platform'),
      used('data', 'data that it reads', price('Enhanced fan-out data', 'GB'), 'platform'),
    );
  },
};

const definitions = freeOf('part of an application, which is billed by its units', [
  'AWS::KinesisAnalytics::ApplicationOutput',
  'AWS::KinesisAnalytics::ApplicationReferenceDataSource',
  'AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption',
  'AWS::KinesisAnalyticsV2::ApplicationOutput',
  'AWS::KinesisAnalyticsV2::ApplicationReferenceDataSource',
  'aws_kinesisanalyticsv2_application_snapshot',
]);

export const streamProcessing: readonly ResourcePricing[] = [application, consumer, definitions];
