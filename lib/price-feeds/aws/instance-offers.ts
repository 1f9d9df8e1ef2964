import type { Attributes, OfferRule } from '#lib/price-feeds/aws/offer-rule';

const HOURS = { Hrs: 1 };

/** The type that a usage type ends with: `EUC1-InstanceUsage:db.m5.large`. */
function typeIn(usagetype: RegExp, sku: (type: string, attributes: Attributes) => string): OfferRule['sku'] {
  return (attributes) => {
    const type = usagetype.exec(attributes['usagetype'] ?? '')?.[1];
    return type === undefined ? null : sku(type, attributes);
  };
}

function hourly(
  service: string,
  usagetype: RegExp,
  where: OfferRule['where'],
  sku: (type: string, attributes: Attributes) => string,
): OfferRule {
  return {
    service,
    unit: 'instance-hour',
    perOurUnit: HOURS,
    where: { usagetype, ...where },
    sku: typeIn(usagetype, sku),
  };
}

const ENGINES = { databaseEngine: /^(?:MySQL|MariaDB|PostgreSQL)$/ };
const engineOf = ({ databaseEngine = '' }: Attributes) => databaseEngine;

/** Databases that are no cluster of Aurora, in one zone and in two. */
export const RDS_INSTANCES: readonly OfferRule[] = [
  hourly(
    'rds',
    /(?:^|-)InstanceUsage:(db\.[a-z0-9]+\.[a-z0-9]+)$/,
    { ...ENGINES, deploymentOption: 'Single-AZ' },
    (type, attributes) => `${engineOf(attributes)} ${type}`,
  ),
  hourly(
    'rds',
    /(?:^|-)Multi-AZUsage:(db\.[a-z0-9]+\.[a-z0-9]+)$/,
    { ...ENGINES, deploymentOption: 'Multi-AZ' },
    (type, attributes) => `${engineOf(attributes)} ${type} Multi-AZ`,
  ),
];

/** Nodes of caches. */
export const CACHE_NODES: readonly OfferRule[] = [
  hourly(
    'elasticache',
    /(?:^|-)NodeUsage:(cache\.[a-z0-9]+\.[a-z0-9]+)$/,
    { cacheEngine: /^(?:Redis|Memcached|Valkey)$/ },
    (type, { cacheEngine = '' }) => `${cacheEngine} ${type}`,
  ),
];

/** Nodes of MemoryDB: those for Valkey have a name of their own, as in the catalog. */
export const MEMORY_NODES: readonly OfferRule[] = [
  hourly(
    'memorydb',
    /(?:^|-)NodeUsage:(db\.[a-z0-9]+\.[a-z0-9]+)$/,
    { engine: /^(?:Redis|Valkey)$/ },
    (type, { engine }) => (engine === 'Valkey' ? `Valkey ${type}` : type),
  ),
];

/** What EMR takes of an instance, beside the instance. */
export const EMR_FEES: readonly OfferRule[] = [
  hourly('emr', /(?:^|-)BoxUsage:([a-z0-9-]+\.[a-z0-9-]+)$/, { softwareType: 'EMR' }, (type) => type),
];
