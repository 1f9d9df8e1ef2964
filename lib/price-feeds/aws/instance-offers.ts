import type { Attributes, OfferRule } from '#lib/price-feeds/aws/offer-rule';

const HOURS = { Hrs: 1 };

/**
 * The type that a usage type ends with: `EUC1-InstanceUsage:db.m5.large`. A region's short name may stand before it;
 * what has another word there (Outposts, extended support) is another product.
 */
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

const DEPLOYMENTS = [
  { usagetype: /^(?:[A-Z0-9]+-)?InstanceUsage:(db\.[a-z0-9]+\.[a-z0-9]+)$/, option: 'Single-AZ', suffix: '' },
  {
    usagetype: /^(?:[A-Z0-9]+-)?Multi-AZUsage:(db\.[a-z0-9]+\.[a-z0-9]+)$/,
    option: 'Multi-AZ',
    suffix: ' Multi-AZ',
  },
] as const;
/** Engines of one kind with the licence of their products, and how our names say it. */
const ENGINES: readonly (readonly [where: OfferRule['where'], suffix: string])[] = [
  [{ databaseEngine: /^(?:MySQL|MariaDB|PostgreSQL)$/ }, ''],
  [{ databaseEngine: /^(?:SQL Server|Oracle)$/, licenseModel: 'License included' }, ''],
  [{ databaseEngine: /^(?:Oracle|Db2)$/, licenseModel: 'Bring your own license' }, ' BYOL'],
];

/** Databases that are no cluster of Aurora, in one zone and in two, by engine, edition and licence. */
export const RDS_INSTANCES: readonly OfferRule[] = DEPLOYMENTS.flatMap(({ usagetype, option, suffix }) =>
  ENGINES.map(([where, byol]) =>
    hourly(
      'rds',
      usagetype,
      { ...where, deploymentOption: option },
      (type, { databaseEngine = '', databaseEdition }) =>
        `${databaseEngine}${databaseEdition === undefined ? '' : ` ${databaseEdition}`}${byol} ${type}${suffix}`,
    ),
  ),
);

/** Versions past their standard support: the list has a row for each, at one price a year; one version stands for all. */
export const RDS_SUPPORT: readonly OfferRule[] = [
  ['Yr1-Yr2', 'PostgreSQL12', '1'],
  ['Yr3', 'PostgreSQL11', '3'],
].map(([years = '', version = '', year = '']) => ({
  service: 'rds',
  unit: 'vCPU-hour',
  perOurUnit: { 'vCPU-Hours': 1, 'vCPU-hour': 1, ...HOURS },
  where: { usagetype: new RegExp(`(?:^|-)ExtendedSupport:${years}:${version}$`) },
  sku: () => `Extended support year ${year}`,
}));

/** Nodes of caches. */
export const CACHE_NODES: readonly OfferRule[] = [
  hourly(
    'elasticache',
    /^(?:[A-Z0-9]+-)?NodeUsage:(cache\.[a-z0-9]+\.[a-z0-9]+)$/,
    { cacheEngine: /^(?:Redis|Memcached|Valkey)$/ },
    (type, { cacheEngine = '' }) => `${cacheEngine} ${type}`,
  ),
  ...(['Yr1_Yr2', 'Yr3'] as const).map((years) =>
    hourly(
      'elasticache',
      new RegExp(`(?:^|-)ExtendedSupport${years}-NodeUsage:(cache\\.[a-z0-9]+\\.[a-z0-9]+)$`),
      { cacheEngine: /^Redis$/ },
      (type) => `Redis ${type} extended support year ${years === 'Yr3' ? 3 : 1}`,
    ),
  ),
];

/** Nodes of MemoryDB: those for Valkey have a name of their own, as in the catalog. */
export const MEMORY_NODES: readonly OfferRule[] = [
  hourly(
    'memorydb',
    /^(?:[A-Z0-9]+-)?NodeUsage:(db\.[a-z0-9]+\.[a-z0-9]+)$/,
    { engine: /^(?:Redis|Valkey)$/ },
    (type, { engine }) => (engine === 'Valkey' ? `Valkey ${type}` : type),
  ),
];

/** What EMR takes of an instance, beside the instance. */
export const EMR_FEES: readonly OfferRule[] = [
  hourly(
    'emr',
    /^(?:[A-Z0-9]+-)?BoxUsage:([a-z0-9-]+\.[a-z0-9-]+)$/,
    { softwareType: 'EMR' },
    (type) => type,
  ),
];
