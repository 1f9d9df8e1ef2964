import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { BoughtPool } from '#lib/cost/kubernetes/bought-pools';

/** Nodes of one type that a pool buys. */
export interface PoolOrder {
  readonly pool: BoughtPool;
  readonly size: NodeSize;
  readonly term: 'on-demand' | 'spot';
  readonly usdPerHour: number;
  readonly nodes: number;
  /** For which they are bought. */
  readonly pods: number;
  /** What the models that its pods serve need of a GPU, in words; `null` where none is known. */
  readonly gpu: string | null;
}

/** Label of nodes that EKS Auto Mode runs. */
export const AUTO_LABEL = 'eks.amazonaws.com/compute-type';

/** Bought nodes as a cluster would list them: `count` of them, with what they are counted by. */
export function boughtNode(order: PoolOrder): ReadResource {
  const { pool, size, term, nodes, usdPerHour } = order;
  return {
    address: `nodes/${pool.name}/${size.id}${term === 'spot' ? '/spot' : ''}`,
    path: null,
    format: 'kubernetes',
    type: 'v1/Node',
    region: null,
    properties: {
      metadata: {
        labels: {
          'node.kubernetes.io/instance-type': size.id,
          'karpenter.sh/capacity-type': term,
          ...(pool.isAuto ? { [AUTO_LABEL]: 'auto' } : {}),
          ...Object.fromEntries(pool.labels),
        },
      },
      spec: { taints: pool.taints.map((taint) => ({ ...taint })) },
      count: nodes,
      counted: whyCounted(order),
      isAssumed: pool.by === 'usual',
      diskGib: pool.diskGib,
      ...(pool.isAuto ? { usdPerHour } : {}),
    },
    references: [],
    presence: null,
  };
}

export function whyCounted({ pool, pods, gpu }: Pick<PoolOrder, 'pool' | 'pods' | 'gpu'>): string {
  const held = gpu === null ? '' : `; its GPUs hold ${gpu}`;
  return `what ${pods} pods request takes so many${CHOSEN[pool.by](pool.name)}${held}`;
}

const CHOSEN: Readonly<Record<BoughtPool['by'], (name: string) => string>> = {
  object: (name) => ` of the cheapest type that NodePool ${name} allows`,
  stated: () => ' of the type that the usage file names',
  usual: () => '; no node is in these artifacts: assumed is the cheapest type of AWS that holds them',
};
