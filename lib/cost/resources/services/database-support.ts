import { stated, used, aws, type Component, type PricingContext } from '#lib/cost/resources/component';

/** A major version that is past its standard support, or that knows the day on which it will be. */
interface Lifecycle {
  /** The last day of standard support. */
  readonly ends: string;
  /** The day from which extended support is billed. @default - the day after `ends` */
  readonly billedFrom?: string;
  /** The day from which the dearer third year is billed. `null` where the third year costs what the first did. */
  readonly thirdYearFrom: string | null;
}

const POSTGRES: Readonly<Record<string, Lifecycle>> = {
  11: { ends: '2024-02-29', billedFrom: '2024-04-01', thirdYearFrom: '2026-04-01' },
  12: { ends: '2025-02-28', thirdYearFrom: '2027-03-01' },
  13: { ends: '2026-02-28', thirdYearFrom: '2028-03-01' },
  14: { ends: '2027-02-28', thirdYearFrom: '2029-03-01' },
  15: { ends: '2028-02-29', thirdYearFrom: '2030-03-01' },
  16: { ends: '2029-02-28', thirdYearFrom: '2031-03-01' },
};

/**
 * Sources: the release calendars of RDS for MySQL, RDS for PostgreSQL and Aurora PostgreSQL, and "Amazon RDS Extended
 * Support charges", as they stood in August 2026. MariaDB and the commercial engines have no such support.
 */
const LIFECYCLES: Readonly<Record<string, Readonly<Record<string, Lifecycle>>>> = {
  postgres: POSTGRES,
  'aurora-postgresql': POSTGRES,
  mysql: {
    '5.7': { ends: '2024-02-29', thirdYearFrom: '2026-03-01' },
    '8.0': { ends: '2026-07-31', thirdYearFrom: '2028-08-01' },
    '8.4': { ends: '2029-07-31', thirdYearFrom: '2031-08-01' },
  },
  'aurora-mysql': { '5.7': { ends: '2024-10-31', billedFrom: '2024-12-01', thirdYearFrom: null } },
};

export interface SupportedDatabase {
  /** `aurora-postgresql`. */
  readonly engine: string;
  /** `11.22`, `5.7.mysql_aurora.2.11.2`. @default - that of the day, which has standard support */
  readonly version: string | undefined;
  /** `open-source-rds-extended-support-disabled` has it upgraded instead. */
  readonly lifecycleSupport: string | undefined;
}

/** The price of a vCPU in extended support, and since when. `null` in standard support. */
function extendedSupport(
  { engine, version, lifecycleSupport }: SupportedDatabase,
  asOf: string,
): { readonly sku: string; readonly why: string } | null {
  if (version === undefined || lifecycleSupport === 'open-source-rds-extended-support-disabled') return null;
  const major = engine.includes('mysql') ? /^\d+\.\d+/.exec(version)?.[0] : /^\d+/.exec(version)?.[0];
  return extendedIn(LIFECYCLES[engine]?.[major ?? ''], major ?? '', asOf);
}

function extendedIn(
  lifecycle: Lifecycle | undefined,
  major: string,
  asOf: string,
): { readonly sku: string; readonly why: string } | null {
  if (lifecycle === undefined || asOf <= lifecycle.ends || asOf < (lifecycle.billedFrom ?? '')) return null;
  const isThird = lifecycle.thirdYearFrom !== null && asOf >= lifecycle.thirdYearFrom;
  return {
    sku: `Extended support year ${isThird ? 3 : 1}`,
    why: `standard support of ${major} ended on ${lifecycle.ends}${isThird ? `, the third year began on ${lifecycle.thirdYearFrom}` : ''}`,
  };
}

/** vCPUs of a class of instances: those of the type of EC2 that it is named after. @returns `undefined` where no table tells */
export function vcpusOf(instanceClass: string, context: PricingContext): number | undefined {
  return context.nodeSizes().get(instanceClass.replace(/^db\./, ''))?.vcpus;
}

/**
 * What a database past its standard support costs beside its instances.
 *
 * @param count - Instances, standby ones included, which are billed too
 */
export function supportOfInstances(
  database: SupportedDatabase,
  instanceClass: string,
  count: number,
  context: PricingContext,
): Component | null {
  const extended = extendedSupport(database, context.asOf);
  if (extended === null) return null;
  const price = aws('rds', extended.sku, 'vCPU-hour', context);
  const vcpus = vcpusOf(instanceClass, context);
  const label = 'RDS Extended Support';
  if (vcpus === undefined) return used('extended-support', label, price, 'storage');
  const basis = `${count === 1 ? '' : `${count} × `}${vcpus} vCPUs × ${context.hours} h; ${extended.why}`;
  return stated('extended-support', label, price, 'storage', count * vcpus * context.hours, basis);
}

/** Major versions of DocumentDB whose standard support ends on a day that is known. Source: its developer guide, as of November 2026. */
const DOCUMENT_LIFECYCLES: Readonly<Record<string, Lifecycle>> = {
  '3.6': { ends: '2026-03-30', thirdYearFrom: '2028-03-31' },
};

/** The same for an instance of DocumentDB, whose vCPUs have a price for each family of instances. */
export function supportOfDocuments(
  version: string | undefined,
  instanceClass: string,
  context: PricingContext,
): Component | null {
  const major = /^\d+\.\d+/.exec(version ?? '')?.[0] ?? '';
  const extended = extendedIn(DOCUMENT_LIFECYCLES[major], major, context.asOf);
  if (extended === null) return null;
  const family = instanceClass.split('.')[1] ?? '';
  const price = aws('docdb', `${extended.sku} ${family}`, 'vCPU-hour', context);
  const vcpus = vcpusOf(instanceClass, context);
  const label = 'DocumentDB Extended Support';
  if (vcpus === undefined) return used('extended-support', label, price, 'retrieval');
  const basis = `${vcpus} vCPUs × ${context.hours} h; ${extended.why}`;
  return stated('extended-support', label, price, 'retrieval', vcpus * context.hours, basis);
}

/** The same for capacity of Aurora Serverless v2, in ACU-hours. */
export function supportOfCapacity(
  database: SupportedDatabase,
  acuHours: number,
  context: PricingContext,
): Component | null {
  const extended = extendedSupport(database, context.asOf);
  if (extended === null) return null;
  const price = aws('rds', extended.sku, 'ACU-hour', context);
  const basis = `the least capacity; ${extended.why}`;
  return {
    ...stated('extended-support', 'RDS Extended Support', price, 'storage', acuHours, basis),
    isFloor: true,
  };
}
