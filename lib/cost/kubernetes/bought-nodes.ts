import type { ReadResource } from '#lib/artifacts/unresolved';
import type { BoughtPool } from '#lib/cost/kubernetes/bought-pools';
import { boughtNode, type PoolOrder } from '#lib/cost/kubernetes/bought-node';
import { gpuNeed, needInWords, type GpuNeed } from '#lib/cost/kubernetes/gpu-memory';
import { OFFER_LABELS, offersOf, type BuyingContext, type Offer } from '#lib/cost/kubernetes/offers';
import { OpenRequest, type PodDemand } from '#lib/cost/kubernetes/pod-demand';
import { cheapestOf, poolChooser, type Asked } from '#lib/cost/kubernetes/pool-choice';
import { LimitedPool } from '#lib/cost/kubernetes/limited-pool';
import { workloadDemand, type Workload } from '#lib/cost/kubernetes/workloads';

/** Nodes for pods that no node of the artifacts takes. */
export interface BoughtNodes {
  /** As a cluster would list them, so that they are billed and shared like any other. */
  readonly nodes: readonly ReadResource[];
  /** What runs for a time, by the address of its object: the nodes that it takes while it does. */
  readonly runs: ReadonlyMap<string, PoolOrder>;
  /** Objects whose pods no pool takes, and why. */
  readonly unplaced: ReadonlyMap<string, string>;
  /** What a reader should know of the choice. */
  readonly notes: readonly string[];
}

export const NO_BOUGHT_NODES: BoughtNodes = { nodes: [], runs: new Map(), unplaced: new Map(), notes: [] };

interface Group {
  readonly pool: BoughtPool;
  readonly offers: readonly Offer[];
  readonly asked: Asked[];
}

/**
 * Buys nodes as a cluster autoscaler of Karpenter's kind would: pods go to the pool of most weight that takes them, those
 * with the same choice of types together, on the one type whose whole nodes hold them for the least. What a pool's limits
 * leave goes to the next pool. Types whose GPUs cannot hold the model that a pod serves are no choice.
 *
 * @param workloads - those without a node, and the agents of every node
 */
export function boughtNodes(
  workloads: readonly Workload[],
  pools: readonly BoughtPool[],
  context: BuyingContext,
): BoughtNodes {
  const declared = new Set([...OFFER_LABELS, ...pools.flatMap(({ labels }) => [...labels.keys()])]);
  const agents = workloads
    .filter(({ runs }) => runs === 'every-node')
    .map(demandOf)
    .filter((demand): demand is PodDemand => !(demand instanceof OpenRequest));
  const order = pools.toSorted((a, b) => b.weight - a.weight);
  const offers = new Map(pools.map((pool) => [pool, offersOf(pool, context)]));
  const choose = poolChooser({ order, offers, declared, agents });
  const limited = new Map(pools.map((pool) => [pool, new LimitedPool(pool.limits)]));
  const full = new Set<BoughtPool>();
  const runs = new Map<string, PoolOrder>();
  const unplaced = new Map<string, string>();
  const waiting: Asked[] = [];
  const orders = new Map<string, PoolOrder>();
  const unknown = new Map<string, string[]>();

  let queue: readonly Asked[] = workloads.flatMap((workload): Asked[] => {
    if (workload.runs === 'every-node') return [];
    const { address } = workload.resource;
    const demand = demandOf(workload);
    if (demand instanceof OpenRequest) {
      unplaced.set(address, demand.message);
      return [];
    }
    const gpu = demand.accelerators === 0 ? NO_GPU : gpuNeed(workload.pod, demand, context.catalog.models);
    if (gpu.state === 'unknown') unknown.set(gpu.why, [...(unknown.get(gpu.why) ?? []), workload.name]);
    return [{ workload, demand, gpu, count: workload.pods.base }];
  });
  while (queue.length > 0) {
    const left: Asked[] = [];
    const groups = new Map<string, Group>();
    for (const asked of queue) {
      const { workload, demand, gpu, count } = asked;
      const { address } = workload.resource;
      const choice = choose(asked, full);
      if (choice === null) {
        if (full.size === 0) unplaced.set(address, whyNone(demand, gpu, order));
        else waiting.push(asked);
      } else if (workload.runs === 'for-a-time') {
        const cheapest = cheapestOf(choice.offers, [asked], agents);
        if (cheapest !== null) runs.set(address, { pool: choice.pool, gpu: inWords([asked]), ...cheapest });
      } else if (count > 0) {
        const types = choice.offers.map(({ size, term }) => `${size.id}/${term}`);
        const key = [choice.pool.name, ...types].join(' ');
        const group = groups.get(key) ?? { ...choice, asked: [] };
        groups.set(key, group);
        group.asked.push(asked);
      }
    }
    for (const { pool, offers: choice, asked } of groups.values()) {
      const bought = limited.get(pool)?.buy(choice, asked, agents);
      if (bought === undefined) continue;
      if (bought.left.length > 0) full.add(pool);
      left.push(...bought.left);
      if (bought.order !== null) addOrder(orders, { pool, gpu: inWords(asked), ...bought.order });
    }
    queue = left;
  }
  for (const { workload } of waiting) {
    if (workload.pods.base === waitingOf(waiting, workload)) {
      unplaced.set(workload.resource.address, `the limits of ${namesOf(full)} leave no node for its pods`);
    }
  }
  return {
    nodes: [...orders.values()].map(boughtNode),
    runs,
    unplaced,
    notes: [...limitNotes(waiting, full), ...memoryNotes(unknown)],
  };
}

/** Few prices of spare capacity are bundled, since they move by the hour. */
const SPOT_ONLY =
  '; spot alone is allowed: `landfall catalog refresh --live --provider aws-spot` brings its prices';
const NO_GPU: GpuNeed = { state: 'none' };

function addOrder(orders: Map<string, PoolOrder>, order: PoolOrder): void {
  const key = `${order.pool.name}/${order.size.id}/${order.term}`;
  const known = orders.get(key);
  const [nodes, pods] = [order.nodes + (known?.nodes ?? 0), order.pods + (known?.pods ?? 0)];
  orders.set(key, { ...order, nodes, pods, gpu: known?.gpu ?? order.gpu });
}

/** Of the models that pods serve, the one that needs most of a GPU. */
function inWords(asked: readonly Asked[]): string | null {
  const needs = asked.flatMap(({ gpu }) => (gpu.state === 'known' ? [gpu] : []));
  const [most] = needs.toSorted((a, b) => b.weightsGib + b.roomGib - a.weightsGib - a.roomGib);
  return most === undefined ? null : needInWords(most);
}

function waitingOf(waiting: readonly Asked[], workload: Workload): number {
  return waiting.reduce((sum, each) => sum + (each.workload === workload ? each.count : 0), 0);
}

function namesOf(pools: ReadonlySet<BoughtPool>): string {
  return [...pools].map(({ name }) => name).join(', ');
}

function limitNotes(waiting: readonly Asked[], full: ReadonlySet<BoughtPool>): readonly string[] {
  if (waiting.length === 0) return [];
  const pods = waiting.map(({ workload, count }) => `${count} of ${workload.pods.base} of ${workload.name}`);
  return [`the limits of ${namesOf(full)} leave pods without nodes, which would wait: ${pods.join(', ')}`];
}

function memoryNotes(unknown: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...unknown].map(
    ([why, names]) =>
      `GPU memory did not count in the choice of nodes for ${[...new Set(names)].join(', ')}: ${why}`,
  );
}

function demandOf(workload: Workload): PodDemand | OpenRequest {
  try {
    return workloadDemand(workload);
  } catch (error) {
    if (error instanceof OpenRequest) return error;
    throw error;
  }
}

function whyNone(
  { cpus, memoryGib, accelerators }: PodDemand,
  gpu: GpuNeed,
  pools: readonly BoughtPool[],
): string {
  const asks = `${accelerators > 0 ? `${accelerators} accelerators, ` : ''}${cpus} CPUs and ${Number(memoryGib.toFixed(2))} GiB`;
  const serves = gpu.state === 'known' ? `, nor GPUs that hold ${needInWords(gpu)}` : '';
  const spot = pools.every(({ terms }) => !terms.includes('on-demand')) ? SPOT_ONLY : '';
  return `no type with a known price of ${pools.map(({ name }) => name).join(', ')} takes a pod of ${asks} with its selectors${serves}${spot}`;
}
