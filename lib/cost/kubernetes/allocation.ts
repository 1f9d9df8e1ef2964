import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import type { NodeAllocation, WorkloadShare } from '#lib/cost/estimate';
import { accepts } from '#lib/cost/kubernetes/node-labels';
import { nodePools, type NodePool } from '#lib/cost/kubernetes/node-pools';
import { OpenRequest, type PodDemand } from '#lib/cost/kubernetes/pod-demand';
import { canHold, dominantShare } from '#lib/cost/kubernetes/pod-fit';
import { workloadDemand, workloadsOf, type Workload } from '#lib/cost/kubernetes/workloads';
import { roundUsd } from '#lib/units/money';

export interface AllocationContext {
  /** Sizes of nodes. */
  readonly nodeSizes: () => ReadonlyMap<string, NodeSize>;
  /** True where the nodes are bought by contract, outside of the artifacts. @default false */
  readonly areNodesElsewhere?: boolean;
}

interface Placed {
  readonly workload: Workload;
  readonly demand: PodDemand | null;
  readonly pool: NodePool | null;
  /** Of one pod; 0 without a pool. */
  readonly nodeShare: number;
  readonly by: WorkloadShare['by'];
  readonly pods: Workload['pods'];
  readonly why: string;
}

/**
 * How the pods of an app share the nodes that its bill pays for. A pod takes the largest of its shares of a node's
 * accelerators, processors and memory (what it keeps from others), by its requests. The shares of a pool are shares of
 * its own cost, so they and what is idle add up to the line of the bill; where the pods would take more nodes than are
 * billed, each pays its part of those that are.
 *
 * @returns `null` where the app has no pods
 */
export function allocateNodes(
  resources: readonly ReadResource[],
  lines: readonly ArtifactLine[],
  { nodeSizes, areNodesElsewhere = false }: AllocationContext,
): NodeAllocation | null {
  const workloads = workloadsOf(resources);
  if (workloads.length === 0) return null;
  const pools = nodePools(resources, lines, nodeSizes());
  const declared = new Set(pools.flatMap(({ labels }) => [...labels.keys()]));
  const taken = new Map<string, number>();
  // Pods with accelerators choose first: others must not fill their nodes where there are more.
  const order = workloads.toSorted((a, b) => acceleratorsOf(b) - acceleratorsOf(a));
  const nowhere = areNodesElsewhere ? 'on nodes that are bought by contract' : UNNAMED;
  const placed = new Map<Workload, readonly Placed[]>();
  for (const workload of order) {
    const shares = place(workload, pools, { declared, taken, nowhere });
    placed.set(workload, shares);
    for (const { pool, nodeShare, pods, workload: own } of shares) {
      if (pool === null || own.runs === 'for-a-time') continue;
      taken.set(pool.key, (taken.get(pool.key) ?? 0) + nodeShare * pods.base);
    }
  }
  const rows = grown(
    workloads.flatMap((workload) => placed.get(workload) ?? []),
    pools,
    taken,
  );
  return {
    pools: pools.map((pool) => {
      const takenNodes = taken.get(pool.key) ?? 0;
      const usedShare = pool.nodes > 0 ? Math.min(1, takenNodes / pool.nodes) : 0;
      const { key, instanceType, nodes, monthlyUsd } = pool;
      return {
        key,
        instanceType,
        nodes,
        takenNodes: rounded(takenNodes),
        monthlyUsd,
        allocatedUsd: monthlyUsd === null ? null : roundUsd(monthlyUsd * usedShare),
        idleUsd: monthlyUsd === null ? null : roundUsd(monthlyUsd * (1 - usedShare)),
      };
    }),
    workloads: rows.map((row) => shareOf(row, taken)),
  };
}

/**
 * Autoscalers make pods until the nodes that are billed for them are full, as far as their most allows; those that share
 * a pool grow by the same part of what each may still make.
 */
function grown(rows: readonly Placed[], pools: readonly NodePool[], taken: Map<string, number>): Placed[] {
  const growth = ({ pods, nodeShare }: Placed) => (pods.high - pods.base) * nodeShare;
  const parts = new Map<string, number>();
  for (const { key, nodes } of pools) {
    const room = nodes - (taken.get(key) ?? 0);
    const wanted = rows.reduce((sum, row) => sum + (row.pool?.key === key ? growth(row) : 0), 0);
    if (room > 0 && wanted > 0) parts.set(key, Math.min(1, room / wanted));
  }
  return rows.map((row) => {
    const part = row.pool === null ? undefined : parts.get(row.pool.key);
    if (row.pool === null || part === undefined || growth(row) === 0) return row;
    const { low, base, high } = row.pods;
    // Room for a whole number of pods must not be lost to the last bit of a division.
    const more = Math.floor(part * (high - base) + 1e-9);
    taken.set(row.pool.key, (taken.get(row.pool.key) ?? 0) + more * row.nodeShare);
    return { ...row, pods: { low, base: base + more, high } };
  });
}

/** What a reader of the shares should know before they rely on them. */
export function allocationNotes({ pools }: NodeAllocation): readonly string[] {
  return pools
    .filter(({ nodes, takenNodes }) => takenNodes > nodes)
    .map(
      ({ key, nodes, takenNodes }) =>
        `${key}: pods request ${Number(takenNodes.toFixed(2))} nodes and ${nodes} are billed: the cluster would grow, or pods would wait`,
    );
}

function shareOf(
  { workload, demand, pool, nodeShare, by, pods, why }: Placed,
  taken: ReadonlyMap<string, number>,
): WorkloadShare {
  const { resource, kind, namespace, name, runs } = workload;
  const nodes = nodeShare * pods.base;
  const isCosted = pool !== null && pool.monthlyUsd !== null && runs !== 'for-a-time' && by !== null;
  const perNode = isCosted ? (pool.monthlyUsd ?? 0) / Math.max(pool.nodes, taken.get(pool.key) ?? 0) : null;
  return {
    key: resource.address,
    kind,
    namespace,
    name,
    pods,
    perPod:
      demand === null
        ? null
        : {
            cpus: rounded(demand.cpus),
            memoryGib: rounded(demand.memoryGib),
            accelerators: rounded(demand.accelerators),
          },
    pool: pool?.key ?? null,
    nodes: by === null ? null : rounded(nodes),
    by,
    monthlyUsd: perNode === null ? null : roundUsd(perNode * nodes),
    why,
  };
}

const UNNAMED = 'no nodes in these artifacts: name them under `nodes` of a usage file';

interface PlacingContext {
  /** Keys of labels that any node declares. */
  readonly declared: ReadonlySet<string>;
  /** Nodes of each pool that are taken already. */
  readonly taken: ReadonlyMap<string, number>;
  /** Why a pod stands on no node where the app has none. */
  readonly nowhere: string;
}

function place(
  workload: Workload,
  pools: readonly NodePool[],
  { declared, taken, nowhere }: PlacingContext,
): readonly Placed[] {
  const unplaced = { workload, pool: null, nodeShare: 0, by: null, pods: workload.pods };
  let demand: PodDemand;
  try {
    demand = workloadDemand(workload);
  } catch (error) {
    if (!(error instanceof OpenRequest)) throw error;
    return [{ ...unplaced, demand: null, why: error.message }];
  }
  if (pools.length === 0) return [{ ...unplaced, demand, why: nowhere }];
  const open = pools.filter((pool) => accepts(pool, workload.pod, declared) && canHold(pool.shape, demand));
  if (workload.runs === 'every-node') {
    return open.map((pool) => {
      const pods = { low: pool.nodes, base: pool.nodes, high: pool.nodes };
      return on(pool, { workload, demand, pods });
    });
  }
  const room = (pool: NodePool) => pool.nodes - (taken.get(pool.key) ?? 0);
  const fits = (pool: NodePool) =>
    room(pool) >= dominantShare(pool.shape, demand).nodeShare * workload.pods.base;
  // A pod without accelerators stands on a node with some only where there is no other.
  const plain = demand.accelerators > 0 ? open : open.filter(({ shape }) => (shape?.gpus ?? 0) === 0);
  const pool = plain.find(fits) ?? plain[0] ?? open.find(fits) ?? open[0];
  if (pool === undefined) return [{ ...unplaced, demand, why: 'no node of these artifacts takes its pods' }];
  return [on(pool, { workload, demand, pods: workload.pods })];
}

function on(pool: NodePool, row: Pick<Placed, 'workload' | 'demand' | 'pods'>): Placed {
  const { workload, demand } = row;
  if (pool.shape === null || demand === null) {
    const why = `the size of a ${pool.instanceType} is not in the catalog`;
    return { ...row, pool, nodeShare: 0, by: null, why };
  }
  const { nodeShare, by } = dominantShare(pool.shape, demand);
  if (nodeShare === 0) return { ...row, pool, nodeShare, by: null, why: 'its pods request nothing' };
  const why = workload.runs === 'for-a-time' ? 'runs for a time that only use decides' : '';
  return { ...row, pool, nodeShare, by, why };
}

function acceleratorsOf(workload: Workload): number {
  try {
    return workloadDemand(workload).accelerators;
  } catch (error) {
    if (error instanceof OpenRequest) return 0;
    throw error;
  }
}

/** Shares of nodes to a millionth: sums of them are read by people. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
