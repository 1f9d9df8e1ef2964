import { awsSeller } from '#lib/catalog/aws-sellers';
import type { AssumedPurchase, Purchase, RecurringPurchase, UsagePurchase } from '#lib/catalog/purchase';
import type { StorePlacement, StoreSizing } from '#lib/vector-stores/vector-store';

/** Address of the store in every synthesized tree. */
const RESOURCES: readonly string[] = ['Retrieval/Store'];

interface AwsLine {
  /** Part after `retrieval.`. */
  readonly key: string;
  readonly label: string;
  readonly basis: string;
  readonly quantityPerMonth: number;
  readonly service: string;
  readonly sku: string;
  readonly unit: string;
}

/** A level monthly quantity of an AWS service at its list price. */
export function recurring(line: AwsLine, placement: StorePlacement): RecurringPurchase {
  return { kind: 'recurring', ...purchase(line, placement) };
}

/** A quantity that follows the traffic. */
export function usage(line: AwsLine, placement: StorePlacement): UsagePurchase {
  return { kind: 'usage', ...purchase(line, placement) };
}

/** A quantity that is bought at the launch, and again where `everyMonths` says so, at its list price. */
export function once(
  {
    quantity,
    everyMonths,
    ...line
  }: Omit<AwsLine, 'quantityPerMonth'> & {
    readonly quantity: number;
    readonly everyMonths?: number | undefined;
  },
  placement: StorePlacement,
): AssumedPurchase {
  const { price, quantityPerMonth, ...rest } = purchase({ ...line, quantityPerMonth: quantity }, placement);
  return {
    kind: 'assumed',
    ...rest,
    tangible: true,
    quantity: quantityPerMonth,
    unit: line.unit,
    assumptions: [],
    shareOf: price,
    when: 'once',
    ...(everyMonths === undefined ? {} : { everyMonths }),
  };
}

/** The key that encrypts a store of AWS: one of the customer's own. */
export function encryptionKey(placement: StorePlacement): RecurringPurchase {
  return recurring(
    {
      key: 'key',
      label: 'Key of the vector store',
      basis: '1 key',
      quantityPerMonth: 1,
      service: 'kms',
      sku: 'Customer managed key',
      unit: 'key-month',
    },
    placement,
  );
}

/** Volumes of a store in the cluster: all of one use alike. */
export interface StoreVolumes {
  readonly count: number;
  readonly gib: number;
}

/** One volume for each of its nodes. */
export function volumePerNode({ nodes }: StoreSizing): readonly StoreVolumes[] {
  return nodes === null ? [] : [{ count: nodes.count, gib: Math.max(1, nodes.diskGib) }];
}

/** In a cluster the CPU node pool, which the plan buys, carries the store; its volumes are the nodes' own or EBS. */
export function carriedByNodes(volumes: readonly StoreVolumes[], placement: StorePlacement): Purchase {
  const line = {
    key: 'disk',
    label: 'Disk of the vector store',
    basis: volumes.map(({ count, gib }) => `${count} volumes × ${gib} GiB`).join(' + '),
  };
  if (placement.on === 'kubernetes' && placement.volumesFrom === null) {
    return {
      ...line,
      kind: 'free',
      key: `retrieval.${line.key}`,
      category: 'retrieval',
      resources: RESOURCES,
      why: "the disk is the node's own and paid for with the CPU node pool",
    };
  }
  // EBS bills GiB under the name of GB.
  const quantityPerMonth = volumes.reduce((sum, { count, gib }) => sum + count * gib, 0);
  return recurring(
    { ...line, quantityPerMonth, service: 'ebs', sku: 'gp3 storage', unit: 'GB-month' },
    placement,
  );
}

function purchase(line: AwsLine, placement: StorePlacement) {
  const region = placement.on === 'aws' ? placement.region : placement.volumesFrom;
  if (region === null) throw new Error(`${line.service} runs on AWS only`);
  const { key, label, basis, quantityPerMonth, service, sku, unit } = line;
  return {
    key: `retrieval.${key}`,
    label,
    category: 'retrieval' as const,
    basis,
    resources: RESOURCES,
    quantityPerMonth,
    price: {
      seller: awsSeller(region),
      service,
      sku,
      region,
      term: 'on-demand',
      unit,
    },
  };
}
