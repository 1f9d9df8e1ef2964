import {
  aws,
  components,
  free,
  perContext,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { listAt, textAt, within } from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** Storage classes as lifecycle rules name them, and the SKU of each. */
const CLASSES: Readonly<Record<string, string>> = {
  STANDARD_IA: 'Standard-IA',
  ONEZONE_IA: 'One Zone-IA',
  INTELLIGENT_TIERING: 'Intelligent-Tiering frequent',
  GLACIER_IR: 'Glacier Instant Retrieval',
  GLACIER: 'Glacier Flexible Retrieval',
  DEEP_ARCHIVE: 'Glacier Deep Archive',
};

/** Classes that the rules of this bucket move objects to, in the order of the table. */
function movedTo(bucket: ReadResource): readonly string[] {
  const rules = listAt(bucket, 'LifecycleConfiguration.Rules');
  if (rules.length === 0) return [];
  const named = new Set(
    rules.flatMap((rule) =>
      listAt(within(bucket, rule), 'Transitions').map((each) => textAt(within(bucket, each), 'StorageClass')),
    ),
  );
  return Object.keys(CLASSES).filter((name) => named.has(name));
}

function storageOf(name: string, context: PricingContext): Component {
  const sku = `${CLASSES[name] ?? name} storage`;
  const key = `storage-${name.toLowerCase().replaceAll('_', '-')}`;
  return used(key, `S3 ${sku}`, aws('s3', sku, 'GB-month', context), 'storage');
}

const bucket: ResourcePricing = {
  types: ['AWS::S3::Bucket', 'aws_s3_bucket'],
  cost: (resource, context) =>
    components(...ofEveryBucket(context), ...movedTo(resource).map((name) => storageOf(name, context))),
};

const ofEveryBucket = perContext((context): readonly Component[] => {
  const price = (sku: string, unit: string) => aws('s3', sku, unit, context);
  return [
    used('storage', 'S3 Standard storage', price('Standard storage first 50 TB', 'GB-month'), 'storage'),
    used('writes', 'S3 writes and lists', price('PUT, COPY, POST, LIST', '1k requests'), 'storage'),
    used('reads', 'S3 reads', price('GET', '1k requests'), 'storage'),
  ];
});

const directory = byUse(['AWS::S3Express::DirectoryBucket', 'aws_s3_directory_bucket'], 's3', 'storage', [
  ['storage', 'S3 Express One Zone storage', 'Express One Zone storage', 'GB-month'],
]);
const tables = byUse(['AWS::S3Tables::TableBucket', 'aws_s3tables_table_bucket'], 's3', 'storage', [
  ['storage', 'S3 Tables storage', 'Tables storage', 'GB-month'],
]);

const vectors = byUse(['AWS::S3Vectors::Index', 'aws_s3vectors_index'], 's3vectors', 'retrieval', [
  ['storage', 'vectors stored', 'storage', 'GB-month'],
  ['puts', 'vectors written', 'PUT (logical GB, 128 KB minimum per PUT)', 'GB'],
  ['queries', 'queries', 'QueryVectors API', '1M requests'],
]);

const intelligent: ResourcePricing = {
  types: ['AWS::S3::StorageLens', 'aws_s3control_storage_lens_configuration'],
  cost: () => free('its free metrics; advanced metrics are billed by object'),
};

const definitions = freeOf('part of a bucket, whose storage and requests are billed', [
  'AWS::S3::AccessGrant',
  'AWS::S3::AccessGrantsInstance',
  'AWS::S3::AccessGrantsLocation',
  'AWS::S3::AccessPoint',
  'AWS::S3::BucketPolicy',
  'AWS::S3::MultiRegionAccessPointPolicy',
  'AWS::S3::StorageLensGroup',
  'AWS::S3Express::AccessPoint',
  'AWS::S3Express::BucketPolicy',
  'AWS::S3Tables::Namespace',
  'AWS::S3Tables::Table',
  'AWS::S3Tables::TableBucketPolicy',
  'AWS::S3Tables::TablePolicy',
  'AWS::S3Vectors::VectorBucket',
  'AWS::S3Vectors::VectorBucketPolicy',
  'aws_s3_access_point',
  'aws_s3_bucket_*',
  'aws_s3_object',
  'aws_s3vectors_vector_bucket',
  'aws_s3vectors_vector_bucket_policy',
]);

export const s3: readonly ResourcePricing[] = [bucket, directory, tables, vectors, intelligent, definitions];
