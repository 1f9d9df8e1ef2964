import { own } from '#lib/artifacts/json';
import type { BoughtPool } from '#lib/cost/kubernetes/bought-pools';
import type { PoolOrder } from '#lib/cost/kubernetes/bought-node';
import { holdsModel, type GpuNeed } from '#lib/cost/kubernetes/gpu-memory';
import { accepts } from '#lib/cost/kubernetes/node-labels';
import type { Offer } from '#lib/cost/kubernetes/offers';
import { leastNodes, nodesFor, type PodsToPack } from '#lib/cost/kubernetes/packing';
import type { PodDemand } from '#lib/cost/kubernetes/pod-demand';
import type { Workload } from '#lib/cost/kubernetes/workloads';

/** Pods of one kind that look for nodes. */
export interface Asked extends PodsToPack {
  readonly workload: Workload;
  readonly gpu: GpuNeed;
}

export interface Choice {
  readonly pool: BoughtPool;
  readonly offers: readonly Offer[];
}

export interface Choosing {
  /** The pool of most weight first. */
  readonly order: readonly BoughtPool[];
  readonly offers: ReadonlyMap<BoughtPool, readonly Offer[]>;
  /** Keys of labels that any node declares. */
  readonly declared: ReadonlySet<string>;
  /** What the agents of every node take. */
  readonly agents: readonly PodDemand[];
}

/** Chooses a pool; pods that ask for the same of a node have the same: an app has thousands of a few kinds. */
export function poolChooser(
  choosing: Choosing,
): (asked: Asked, full: ReadonlySet<BoughtPool>) => Choice | null {
  const known = new Map<string, Choice | null>();
  return (asked, full) => {
    const { pod } = asked.workload;
    const wishes = ['nodeSelector', 'affinity', 'tolerations'].map((field) => own(pod, field));
    const names = [...full].map(({ name }) => name);
    const key = JSON.stringify([asked.demand, asked.gpu, ...wishes, ...names]);
    let choice = known.get(key);
    if (choice === undefined) known.set(key, (choice = chosenPool(asked, full, choosing)));
    return choice;
  };
}

/** The pool of most weight that takes a pod; of equal ones that whose cheapest node costs least. */
function chosenPool(
  asked: Asked,
  full: ReadonlySet<BoughtPool>,
  { order, offers, declared, agents }: Choosing,
): Choice | null {
  let best: (Choice & { readonly usdPerHour: number }) | null = null;
  for (const pool of order) {
    if (full.has(pool)) continue;
    if (best !== null && pool.weight < best.pool.weight) break;
    const open = (offers.get(pool) ?? []).filter(
      (offer) =>
        hasGpus(offer, asked) &&
        accepts(offer.traits, asked.workload.pod, declared) &&
        nodesFor([{ ...asked, count: 1 }], agents, offer.size) !== null,
    );
    if (open.length === 0) continue;
    const usdPerHour = Math.min(...open.map((offer) => offer.usdPerHour));
    if (best === null || usdPerHour < best.usdPerHour) best = { pool, offers: open, usdPerHour };
  }
  return best;
}

/** GPUs that hold the model, cut into the slices that the pod asks for. */
function hasGpus({ gpuGib }: Offer, { demand, gpu }: Asked): boolean {
  if (demand.accelerators === 0) return true;
  const gib = gpuGib(demand.slice);
  return gib !== null && holdsModel(gib, gpu);
}

/**
 * The type whose whole nodes hold all of the pods for the least; of equal ones the fewest nodes.
 *
 * @param mostNodes - of a type that may be bought. @default - as many as it takes
 * @returns `null` where no type does within that
 */
export function cheapestOf(
  offers: readonly Offer[],
  asked: readonly Asked[],
  agents: readonly PodDemand[],
  mostNodes: (offer: Offer) => number = () => Number.POSITIVE_INFINITY,
): Omit<PoolOrder, 'pool' | 'gpu'> | null {
  const bounded = offers
    .map((offer) => ({ ...offer, leastUsd: leastNodes(asked, offer.size) * offer.usdPerHour }))
    .toSorted((a, b) => a.leastUsd - b.leastUsd);
  const pods = asked.reduce((sum, { count }) => sum + count, 0);
  let best: Omit<PoolOrder, 'pool' | 'gpu'> | null = null;
  for (const offer of bounded) {
    const { size, term, usdPerHour, leastUsd } = offer;
    const least = best === null ? Number.POSITIVE_INFINITY : best.nodes * best.usdPerHour;
    if (leastUsd > least) break;
    const nodes = nodesFor(asked, agents, size);
    if (nodes === null || nodes > mostNodes(offer)) continue;
    const cost = nodes * usdPerHour;
    if (cost < least || (cost === least && nodes < (best?.nodes ?? 0))) {
      best = { size, term, usdPerHour, nodes, pods };
    }
  }
  return best;
}
