import { own } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { awsSeller } from '#lib/catalog/aws-sellers';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { PriceBook } from '#lib/catalog/prices';
import type { BoughtPool } from '#lib/cost/kubernetes/bought-pools';
import { boughtNode, type PoolOrder } from '#lib/cost/kubernetes/bought-node';
import { meetsTerm } from '#lib/cost/kubernetes/label-terms';
import { accepts, type NodeTraits } from '#lib/cost/kubernetes/node-labels';
import { leastNodes, nodesFor, type PodsToPack } from '#lib/cost/kubernetes/packing';
import { OpenRequest, podDemand, type PodDemand } from '#lib/cost/kubernetes/pod-demand';
import { SIZE_LABELS, sizeLabels } from '#lib/cost/kubernetes/size-labels';
import type { Workload } from '#lib/cost/kubernetes/workloads';

/** Nodes for pods that no node of the artifacts takes. */
export interface BoughtNodes {
  /** As a cluster would list them, so that they are billed and shared like any other. */
  readonly nodes: readonly ReadResource[];
  /** What runs for a time, by the address of its object: the nodes that it takes while it does. */
  readonly runs: ReadonlyMap<string, PoolOrder>;
  /** Objects whose pods no pool takes, and why. */
  readonly unplaced: ReadonlyMap<string, string>;
}

export const NO_BOUGHT_NODES: BoughtNodes = { nodes: [], runs: new Map(), unplaced: new Map() };

export interface BuyingContext {
  readonly nodeSizes: () => ReadonlyMap<string, NodeSize>;
  readonly prices: PriceBook;
  readonly region: string;
}

/** A type that a pool may buy, at a price that is known. */
interface Offer {
  readonly size: NodeSize;
  readonly term: 'on-demand' | 'spot';
  readonly usdPerHour: number;
  readonly traits: NodeTraits;
}

interface Asked extends PodsToPack {
  readonly workload: Workload;
}

/**
 * Buys nodes as a cluster autoscaler of Karpenter's kind would: pods go to the pool of most weight that takes them, those
 * with the same choice of types together, on the one type whose whole nodes hold them for the least.
 *
 * @param workloads - those without a node, and the agents of every node
 */
export function boughtNodes(
  workloads: readonly Workload[],
  pools: readonly BoughtPool[],
  context: BuyingContext,
): BoughtNodes {
  const offers = new Map(pools.map((pool) => [pool, offersOf(pool, context)]));
  const declared = new Set([
    ...SIZE_LABELS,
    CAPACITY_TYPE,
    ...pools.flatMap(({ labels }) => [...labels.keys()]),
  ]);
  const agents = workloads
    .filter(({ runs }) => runs === 'every-node')
    .map(demandOf)
    .filter((demand): demand is PodDemand => !(demand instanceof OpenRequest));
  const order = pools.toSorted((a, b) => b.weight - a.weight);
  const choose = remembered((asked) => chosenPool(asked, { order, offers, declared, agents }));
  const groups = new Map<string, { pool: BoughtPool; offers: readonly Offer[]; asked: Asked[] }>();
  const runs = new Map<string, PoolOrder>();
  const unplaced = new Map<string, string>();
  for (const workload of workloads) {
    if (workload.runs === 'every-node') continue;
    const demand = demandOf(workload);
    const { address } = workload.resource;
    if (demand instanceof OpenRequest) {
      unplaced.set(address, demand.message);
      continue;
    }
    const asked: Asked = { workload, demand, count: workload.pods.base };
    const choice = choose(asked);
    if (choice === null) {
      unplaced.set(address, whyNone(demand, order));
    } else if (workload.runs === 'for-a-time') {
      const cheapest = cheapestOf(choice.offers, [asked], agents);
      if (cheapest !== null) runs.set(address, { pool: choice.pool, ...cheapest });
    } else if (asked.count > 0) {
      const key = [choice.pool.name, ...choice.offers.map(({ size, term }) => `${size.id}/${term}`)].join(
        ' ',
      );
      const group = groups.get(key) ?? { ...choice, asked: [] };
      groups.set(key, group);
      group.asked.push(asked);
    }
  }
  const orders = new Map<string, PoolOrder>();
  for (const { pool, offers: choice, asked } of groups.values()) {
    const cheapest = cheapestOf(choice, asked, agents);
    if (cheapest === null) continue;
    const pods = asked.reduce((sum, { count }) => sum + count, 0);
    const key = `${pool.name}/${cheapest.size.id}/${cheapest.term}`;
    const known = orders.get(key);
    orders.set(key, {
      pool,
      ...cheapest,
      nodes: cheapest.nodes + (known?.nodes ?? 0),
      pods: pods + (known?.pods ?? 0),
    });
  }
  return { nodes: [...orders.values()].map(boughtNode), runs, unplaced };
}

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';

/** Types of a pool that have a price in the region. */
function offersOf(pool: BoughtPool, { nodeSizes, prices, region }: BuyingContext): readonly Offer[] {
  const terms = pool.requirements.filter((term) => SIZE_LABELS.has(keyOf(term)));
  return [...nodeSizes().values()].flatMap((size): Offer[] => {
    const labels = sizeLabels(size);
    if (!terms.every((term) => meetsTerm(term, labels.get(keyOf(term))))) return [];
    return pool.terms.flatMap((term): Offer[] => {
      const service = term === 'spot' ? 'ec2-spot' : 'ec2';
      const seller = awsSeller(region);
      const price = prices.price({ seller, service, sku: size.id, region, term, unit: 'instance-hour' });
      if (price.state !== 'priced') return [];
      const traits = {
        labels: new Map([...labels, [CAPACITY_TYPE, term], ...pool.labels]),
        taints: pool.taints,
      };
      return [{ size, term, usdPerHour: price.usd.base, traits }];
    });
  });
}

function keyOf(term: unknown): string {
  const key = typeof term === 'object' && term !== null && 'key' in term ? term.key : '';
  return typeof key === 'string' ? key : '';
}

interface Choosing {
  readonly order: readonly BoughtPool[];
  readonly offers: ReadonlyMap<BoughtPool, readonly Offer[]>;
  readonly declared: ReadonlySet<string>;
  readonly agents: readonly PodDemand[];
}

interface Choice {
  readonly pool: BoughtPool;
  readonly offers: readonly Offer[];
  readonly usdPerHour: number;
}

/** Pods that ask for the same of a node have the same choice: an app has thousands of a few kinds. */
function remembered(choose: (asked: Asked) => Choice | null): (asked: Asked) => Choice | null {
  const known = new Map<string, Choice | null>();
  return (asked) => {
    const { pod } = asked.workload;
    const wishes = ['nodeSelector', 'affinity', 'tolerations'].map((field) => own(pod, field));
    const key = JSON.stringify([asked.demand, ...wishes]);
    let choice = known.get(key);
    if (choice === undefined) known.set(key, (choice = choose(asked)));
    return choice;
  };
}

/** The pool of most weight that takes a pod; of equal ones that whose cheapest node costs least. */
function chosenPool(asked: Asked, { order, offers, declared, agents }: Choosing): Choice | null {
  let best: Choice | null = null;
  for (const pool of order) {
    if (best !== null && pool.weight < best.pool.weight) break;
    const open = (offers.get(pool) ?? []).filter(
      ({ size, traits }) =>
        accepts(traits, asked.workload.pod, declared) &&
        nodesFor([{ ...asked, count: 1 }], agents, size) !== null,
    );
    if (open.length === 0) continue;
    const usdPerHour = Math.min(...open.map((offer) => offer.usdPerHour));
    if (best === null || usdPerHour < best.usdPerHour) best = { pool, offers: open, usdPerHour };
  }
  return best;
}

/** The type whose whole nodes hold all of the pods for the least; of equal ones the fewest nodes. */
function cheapestOf(
  offers: readonly Offer[],
  asked: readonly Asked[],
  agents: readonly PodDemand[],
): Omit<PoolOrder, 'pool'> | null {
  const bounded = offers
    .map((offer) => ({ ...offer, leastUsd: leastNodes(asked, offer.size) * offer.usdPerHour }))
    .toSorted((a, b) => a.leastUsd - b.leastUsd);
  const pods = asked.reduce((sum, { count }) => sum + count, 0);
  let best: Omit<PoolOrder, 'pool'> | null = null;
  for (const { size, term, usdPerHour, leastUsd } of bounded) {
    const least = best === null ? Number.POSITIVE_INFINITY : best.nodes * best.usdPerHour;
    if (leastUsd > least) break;
    const nodes = nodesFor(asked, agents, size);
    if (nodes === null) continue;
    const cost = nodes * usdPerHour;
    if (cost < least || (cost === least && nodes < (best?.nodes ?? 0))) {
      best = { size, term, usdPerHour, nodes, pods };
    }
  }
  return best;
}

function demandOf({ pod }: Workload): PodDemand | OpenRequest {
  try {
    return podDemand(pod);
  } catch (error) {
    if (error instanceof OpenRequest) return error;
    throw error;
  }
}

function whyNone({ cpus, memoryGib, accelerators }: PodDemand, pools: readonly BoughtPool[]): string {
  const asks = `${accelerators > 0 ? `${accelerators} accelerators, ` : ''}${cpus} CPUs and ${Number(memoryGib.toFixed(2))} GiB`;
  return `no type with a known price of ${pools.map(({ name }) => name).join(', ')} takes a pod of ${asks} with its selectors`;
}
