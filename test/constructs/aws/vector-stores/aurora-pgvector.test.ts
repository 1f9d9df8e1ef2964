import { describe, expect, it } from 'vitest';
import { retrieval } from '../../../_support/aws-plan';
import { propertiesOf } from '../../../_support/properties';
import { stored } from '../../../_support/stored';

const template = stored('aurora-pgvector');
const cluster = propertiesOf(template, 'AWS::RDS::DBCluster');

function largestAcu(count: number): unknown {
  const { sizing } = retrieval('aurora-pgvector');
  const changed = stored('aurora-pgvector', {
    sizing: { ...sizing, capacityUnits: { name: 'ACU', count } },
  });
  const scaling = propertiesOf(changed, 'AWS::RDS::DBCluster')['ServerlessV2ScalingConfiguration'];
  return (scaling as { MaxCapacity: number }).MaxCapacity;
}

describe('AuroraPgvectorStore', () => {
  it.each([
    [6.2, 6.5],
    [8, 8],
    [0.1, 1],
    [400, 256],
  ])('rounds %d planned units to what is sold, %d', (units, sold) => {
    expect(largestAcu(units)).toBe(sold);
  });

  it('has a copy for each planned one', () => {
    const instances = (copies: number) =>
      Object.keys(stored('aurora-pgvector', { copies }).findResources('AWS::RDS::DBInstance')).length;
    expect([instances(1), instances(3)]).toEqual([1, 3]);
  });

  it('is encrypted, backed up, and guarded against deletion', () => {
    expect(cluster).toMatchObject({
      StorageEncrypted: true,
      BackupRetentionPeriod: 14,
      DeletionProtection: true,
      EnableHttpEndpoint: true,
    });
  });

  it('has no password: RDS makes it, keeps it under the key of the store, and changes it', () => {
    expect(cluster['MasterUserPassword']).toBeUndefined();
    expect(cluster).toMatchObject({
      ManageMasterUserPassword: true,
      MasterUserSecret: { KmsKeyId: expect.anything() as unknown },
    });
  });

  it('has no public address', () => {
    const instances = Object.values(template.findResources('AWS::RDS::DBInstance')) as {
      Properties: { PubliclyAccessible?: boolean };
    }[];
    expect(instances.filter(({ Properties }) => Properties.PubliclyAccessible === true)).toEqual([]);
  });
});
