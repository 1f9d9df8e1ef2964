import type { ReadResource } from '#lib/artifacts/unresolved';
import { aws, stated, used, type Component, type PricingContext } from '#lib/cost/resources/component';
import { numberAt, resourceAt, textAt } from '#lib/cost/resources/facts';

/** Facts of a database, by their names in CloudFormation. */
export interface DatabaseFacts {
  readonly text: (path: string) => string | undefined;
  readonly number: (path: string) => number | undefined;
}

/** What the resource states; what a read replica leaves out is as its source has it. */
export function databaseFacts(resource: ReadResource, context: PricingContext): DatabaseFacts {
  const named = resource.format === 'terraform' ? 'ReplicateSourceDb' : 'SourceDBInstanceIdentifier';
  const source = resourceAt(resource, named, context);
  if (source === undefined || source.address === resource.address) {
    return { text: (path) => textAt(resource, path), number: (path) => numberAt(resource, path) };
  }
  return {
    text: (path) => textAt(resource, path) ?? textAt(source, path),
    number: (path) => numberAt(resource, path) ?? numberAt(source, path),
  };
}

/** Storage of an instance that is not Aurora's: what is allocated, and the speed that is paid beside it. */
export function databaseStorage(
  { text, number }: DatabaseFacts,
  isMulti: boolean,
  context: PricingContext,
): readonly (Component | null)[] {
  const gib = number('AllocatedStorage');
  const iops = number('Iops') ?? 0;
  const type = text('StorageType') ?? (iops > 0 ? 'io1' : 'gp2');
  const suffix = isMulti ? ' Multi-AZ' : '';
  const sku = `${type === 'standard' ? 'magnetic' : type} storage${suffix}`;
  const price = (name: string, unit: string) => aws('rds', name, unit, context);
  const label = `database ${sku}`;
  return [
    gib === undefined
      ? used('storage', label, price(sku, 'GB-month'), 'storage')
      : stated('storage', label, price(sku, 'GB-month'), 'storage', gib, `${gib} GB`),
    type === 'standard'
      ? used('io', 'database requests', price('magnetic IO', '1M requests'), 'storage')
      : null,
    type.startsWith('io') && iops > 0
      ? stated('iops', 'database IOPS', price(`${type} IOPS${suffix}`, 'IOPS-month'), 'storage', iops)
      : null,
    ...(type === 'gp3'
      ? aboveBaseline(gp3Baseline(text('Engine') ?? '', gib ?? 0), iops, number('StorageThroughput') ?? 0, {
          iops: price(`gp3 IOPS above baseline${suffix}`, 'IOPS-month'),
          mibPerSecond: price(`gp3 throughput above baseline${suffix}`, 'MiBps-month'),
        })
      : []),
  ];
}

interface Gp3Speed<T> {
  readonly iops: T;
  readonly mibPerSecond: T;
}

/** From these sizes on a volume is striped over four, which have four times the speed: GiB by the engine's beginning. */
const STRIPED_FROM_GIB: readonly (readonly [engine: string, gib: number])[] = [
  ['sqlserver', Number.POSITIVE_INFINITY],
  ['oracle', 200],
  ['', 400],
];

/** Amazon RDS User Guide, "General Purpose SSD storage": what the price of gp3 storage includes. */
function gp3Baseline(engine: string, gib: number): Gp3Speed<number> {
  const [, from = 0] = STRIPED_FROM_GIB.find(([beginning]) => engine.startsWith(beginning)) ?? [];
  return gib >= from ? { iops: 12_000, mibPerSecond: 500 } : { iops: 3000, mibPerSecond: 125 };
}

function aboveBaseline(
  included: Gp3Speed<number>,
  iops: number,
  mibPerSecond: number,
  price: Gp3Speed<Component['price']>,
): readonly (Component | null)[] {
  const moreIops = iops - included.iops;
  const more = mibPerSecond - included.mibPerSecond;
  return [
    moreIops > 0
      ? stated(
          'iops',
          'database gp3 IOPS above baseline',
          price.iops,
          'storage',
          moreIops,
          `${iops} IOPS, ${included.iops} of them included`,
        )
      : null,
    more > 0
      ? stated(
          'throughput',
          'database gp3 throughput above baseline',
          price.mibPerSecond,
          'storage',
          more,
          `${mibPerSecond} MiB/s, ${included.mibPerSecond} of them included`,
        )
      : null,
  ];
}
