import { describe, expect, it } from 'vitest';
import { amounts, catalog, read } from '../../_support/read-price-list';

describe('the price list of FSx', () => {
  const system = (family: string, unit: string, price: number, attributes: Record<string, string>) => ({
    family,
    attributes: { regionCode: 'us-east-1', ...attributes },
    unit,
    price,
  });

  it('gives file systems by their kind, zones and disks, and none whose kind it does not know', () => {
    const ontap = { fileSystemType: 'ONTAP', deploymentOption: 'Multi-AZ' };
    const { rows } = read('AmazonFSx', [
      system('Storage', 'GB-Mo', 0.25, { ...ontap, storageType: 'SSD' }),
      system('Provisioned IOPS', 'IOPS-Mo', 0.034, ontap),
      system('Provisioned Throughput', 'MiBps-Mo', 1.2, ontap),
      system('Provisioned Throughput', 'MiBps-Mo', 2.5, { ...ontap, deploymentOption: 'Multi-AZ 2' }),
      system('Storage', 'GB-Mo', 0.145, {
        fileSystemType: 'Lustre',
        deploymentOption: 'Persistent',
        storageType: 'SSD',
        throughputCapacity: '125',
      }),
      system('Storage', 'GB-Mo', 0.09, {
        fileSystemType: 'OpenZFS',
        deploymentOption: 'Single-AZ',
        storageType: 'SSD',
      }),
      system('Storage', 'GB-Mo', 0.025, {
        fileSystemType: 'Windows',
        deploymentOption: 'Multi-AZ',
        storageType: 'HDD',
      }),
    ]);
    expect(amounts(rows)).toEqual({
      'fsx/ONTAP multi-AZ SSD storage/GB-month': 0.25,
      'fsx/ONTAP multi-AZ IOPS/IOPS-month': 0.034,
      'fsx/ONTAP multi-AZ throughput/MBps-month': 1.2,
      'fsx/Lustre persistent SSD 125 MBps per TiB/GB-month': 0.145,
      'fsx/OpenZFS SSD storage/GB-month': 0.09,
      'fsx/Windows multi-AZ HDD storage/GB-month': 0.025,
    });
    const bundled = new Set(catalog.prices('aws', 'fsx').map(({ sku }) => sku));
    expect(rows.filter(({ sku }) => !bundled.has(sku))).toEqual([]);
  });
});
