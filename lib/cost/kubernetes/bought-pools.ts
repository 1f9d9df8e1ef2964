import { isList, isObject, own, ownObject, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { limitsOf, type PoolLimits } from '#lib/cost/kubernetes/pool-limits';
import { BYTES_PER_GIB, quantityOf } from '#lib/cost/kubernetes/quantity';
import type { Taint } from '#lib/cost/kubernetes/node-labels';
import { kindOf } from '#lib/cost/kubernetes/workloads';

/** Nodes that are bought as pods ask for them, and which types they may be of. */
export interface BoughtPool {
  readonly name: string;
  /** What says that there is such a pool: its object, what the user stated, or nothing but a usual cluster. */
  readonly by: 'object' | 'stated' | 'usual';
  /** Terms that the labels of a node meet: `{ key, operator, values }`. */
  readonly requirements: readonly unknown[];
  /** Labels that its nodes have besides those of their type. */
  readonly labels: ReadonlyMap<string, string>;
  readonly taints: readonly Taint[];
  /** Ways to buy that it allows, the usual one first. */
  readonly terms: readonly ('on-demand' | 'spot')[];
  /** Pods try pools of more weight first. */
  readonly weight: number;
  /** The most that its nodes may have together. */
  readonly limits: PoolLimits;
  /** Root volume of each node, in GiB. */
  readonly diskGib: number;
  /** True where EKS Auto Mode runs the nodes, for a share of their price. */
  readonly isAuto: boolean;
}

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';
/** Root volume in GiB that Karpenter gives to Amazon Linux (its `amifamily` package). */
const KARPENTER_DISK_GIB = 20;
/** `ephemeralStorage.size` of a NodeClass of Auto Mode where it states none (EKS user guide). */
const AUTO_DISK_GIB = 80;
const AUTO_GROUP = 'eks.amazonaws.com';

/** The NodePools among objects, and Provisioners as they were called before. */
export function poolsOfObjects(resources: readonly ReadResource[]): readonly BoughtPool[] {
  const objects = resources.filter(({ format }) => format === 'kubernetes');
  return objects.filter(isNodePool).map((resource): BoughtPool => {
    const spec = own(resource.properties, 'spec');
    // A Provisioner has at its top what a NodePool has in a template.
    const node = own(own(spec, 'template'), 'spec') ?? spec;
    const metadata = own(own(spec, 'template'), 'metadata') ?? spec;
    const name = ownText(ownObject(resource.properties, 'metadata'), 'name') ?? resource.address;
    const requirements = listOf(own(node, 'requirements'));
    const allowed = requirements
      .filter((term) => own(term, 'key') === CAPACITY_TYPE && own(term, 'operator') === 'In')
      .flatMap((term) => listOf(own(term, 'values')));
    const isAuto = ownText(own(node, 'nodeClassRef'), 'group') === AUTO_GROUP;
    return {
      name,
      by: 'object',
      requirements,
      labels: new Map([
        ['karpenter.sh/nodepool', name],
        ...Object.entries(ownObject(metadata, 'labels')).flatMap(([key, value]) =>
          typeof value === 'string' ? [[key, value] as const] : [],
        ),
      ]),
      taints: listOf(own(node, 'taints'))
        .filter(isObject)
        .map((taint) => ({
          key: ownText(taint, 'key') ?? '',
          value: ownText(taint, 'value') ?? '',
          effect: ownText(taint, 'effect') ?? '',
        })),
      terms: allowed.length === 0 ? ['on-demand'] : TERMS.filter((term) => allowed.includes(term)),
      weight: quantityOf(own(spec, 'weight')) ?? 0,
      limits: limitsOf(spec),
      diskGib: diskOf(node, objects, isAuto),
      isAuto,
    };
  });
}

const NO_LIMITS: PoolLimits = new Map();
const TERMS = ['on-demand', 'spot'] as const;

export function isNodePool({ type }: Pick<ReadResource, 'type'>): boolean {
  return type.startsWith('karpenter.sh/') && ['NodePool', 'Provisioner'].includes(kindOf(type));
}

function diskOf(node: unknown, objects: readonly ReadResource[], isAuto: boolean): number {
  const name = ownText(own(node, 'nodeClassRef'), 'name') ?? ownText(own(node, 'providerRef'), 'name');
  const spec = objects
    .filter(({ type }) => /^(?:EC2NodeClass|NodeClass|AWSNodeTemplate)$/.test(kindOf(type)))
    .filter(({ properties }) => ownText(own(properties, 'metadata'), 'name') === name)
    .map(({ properties }) => own(properties, 'spec'))[0];
  const sizes = isAuto
    ? [own(own(spec, 'ephemeralStorage'), 'size')]
    : listOf(own(spec, 'blockDeviceMappings')).map((mapping) => own(own(mapping, 'ebs'), 'volumeSize'));
  const gib = sizes
    .map((size) => (quantityOf(size) ?? 0) / BYTES_PER_GIB)
    .reduce((sum, each) => sum + each, 0);
  return gib > 0 ? gib : isAuto ? AUTO_DISK_GIB : KARPENTER_DISK_GIB;
}

const term = (name: string, operator: string, ...values: readonly string[]) => ({
  key: `karpenter.k8s.aws/instance-${name}`,
  operator,
  values,
});
const architecture = (name: string) => ({ key: 'kubernetes.io/arch', operator: 'In', values: [name] });

/**
 * What a cluster buys where nothing says: the general-purpose pool that EKS Auto Mode brings along (types of the
 * categories c, m and r from the fifth generation, amd64, on demand), the same with arm64 for pods that ask for it, and
 * types with accelerators for pods that claim some.
 */
export function usualPools(isAuto: boolean): readonly BoughtPool[] {
  const general = [term('category', 'In', 'c', 'm', 'r'), term('generation', 'Gt', '4')];
  const usual = (name: string, weight: number, requirements: readonly object[]): BoughtPool => ({
    name,
    by: 'usual',
    requirements,
    labels: new Map(),
    taints: [],
    terms: ['on-demand'],
    weight,
    limits: NO_LIMITS,
    diskGib: isAuto ? AUTO_DISK_GIB : KARPENTER_DISK_GIB,
    isAuto,
  });
  return [
    usual('general-purpose', 2, [...general, architecture('amd64')]),
    usual('accelerated', 1, [term('category', 'In', 'g', 'gr', 'p', 'inf', 'trn'), architecture('amd64')]),
    usual('general-purpose-arm64', 0, [...general, architecture('arm64')]),
  ];
}

/** A type that the user named without saying how many of it. */
export function statedPool(type: string, bought: 'on-demand' | 'spot'): BoughtPool {
  return {
    name: 'stated',
    by: 'stated',
    requirements: [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values: [type] }],
    labels: new Map(),
    taints: [],
    terms: [bought],
    weight: 0,
    limits: NO_LIMITS,
    diskGib: KARPENTER_DISK_GIB,
    isAuto: false,
  };
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}
