import type { Attributes, OfferRule } from '#lib/price-feeds/aws/offer-rule';

/** How lists call the zones of a file system, and we; other names (a second generation, servers in pairs) are not listed here. */
const ZONES: Readonly<Record<string, string>> = { 'Single-AZ': 'single-AZ', 'Multi-AZ': 'multi-AZ' };

function kindOf({ fileSystemType, deploymentOption = '' }: Attributes): string | null {
  const zones = ZONES[deploymentOption];
  if (zones === undefined) return null;
  if (fileSystemType === 'OpenZFS') return zones === 'single-AZ' ? 'OpenZFS' : `OpenZFS ${zones}`;
  return fileSystemType === 'ONTAP' || fileSystemType === 'Windows' ? `${fileSystemType} ${zones}` : null;
}

function storageOf(attributes: Attributes): string | null {
  const { fileSystemType, deploymentOption = '', storageType = '', throughputCapacity = '' } = attributes;
  if (storageType !== 'SSD' && storageType !== 'HDD') return null;
  if (fileSystemType === 'Lustre') {
    if (deploymentOption === 'Scratch') return storageType === 'SSD' ? 'Lustre scratch SSD' : null;
    return /^\d+$/.test(throughputCapacity)
      ? `Lustre persistent ${storageType} ${throughputCapacity} MBps per TiB`
      : null;
  }
  const kind = kindOf(attributes);
  return kind === null ? null : `${kind} ${storageType} storage`;
}

function rule(
  productFamily: string,
  unit: string,
  perOurUnit: OfferRule['perOurUnit'],
  sku: (attributes: Attributes) => string | null,
): OfferRule {
  return { service: 'fsx', unit, perOurUnit, where: { productFamily }, sku };
}

const named = (what: string) => (attributes: Attributes) => {
  const kind = kindOf(attributes);
  return kind === null ? null : `${kind} ${what}`;
};

/** File systems by their attributes: each kind, number of zones and disk has prices of its own. */
export const FSX: readonly OfferRule[] = [
  rule('Storage', 'GB-month', { 'GB-Mo': 1 }, storageOf),
  rule('Provisioned Throughput', 'MBps-month', { 'MBps-Mo': 1, 'MiBps-Mo': 1 }, named('throughput')),
  rule('Provisioned IOPS', 'IOPS-month', { 'IOPS-Mo': 1 }, named('IOPS')),
];
