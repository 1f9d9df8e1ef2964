import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import { awsOnDemand } from '#lib/targets/price-references';
import type { Site } from '#lib/targets/site';
import type { PlacedFleet } from '#lib/targets/target';
import type { StoreSizing } from '#lib/vector-stores/vector-store';

/** Kubelet, log and metrics agents of one node. */
export const AGENTS = { vcpus: 1, memoryGib: 2 };

const NONE = { count: 0, vcpus: 0, memoryGib: 0, instanceType: null } as const;

/**
 * One homogeneous pool for the system pods and, where it runs in the cluster, the store: every node is large enough for
 * one store pod and the node's agents.
 */
export function cpuNodesOf(
  site: Site,
  store: StoreSizing['nodes'],
  catalog: Catalog,
  prices: PriceBook,
): PlacedFleet['cpuNodes'] {
  const system = site.systemNodes;
  if (system === null) return NONE;
  const count = system.count + (store?.count ?? 0);
  const vcpus = Math.max(system.vcpus, Math.ceil((store?.vcpus ?? 0) + AGENTS.vcpus));
  const memoryGib = Math.max(system.memoryGib, Math.ceil((store?.memoryGib ?? 0) + AGENTS.memoryGib));
  if (site.cpuSeller === null || site.region === null) return { count, vcpus, memoryGib, instanceType: null };
  const region = site.region;
  const fitting = [...catalog.instances.values()]
    .filter((shape) => shape.seller === site.cpuSeller && shape.accelerator === null)
    .filter((shape) => shape.architecture === 'x86_64')
    .filter((shape) => shape.vcpus >= vcpus && shape.memoryGib >= memoryGib)
    .map((shape) => {
      return { shape, usd: instanceUsdPerHour(shape.id, region, prices) };
    })
    .toSorted((a, b) => (a.usd === b.usd ? a.shape.memoryGib - b.shape.memoryGib : a.usd - b.usd));
  const best = fitting[0]?.shape;
  if (best === undefined) return { count, vcpus, memoryGib, instanceType: null };
  return { count, vcpus: best.vcpus, memoryGib: best.memoryGib, instanceType: best.id };
}

/** Infinite without a price. */
export function instanceUsdPerHour(instance: string, region: string, prices: PriceBook): number {
  const price = prices.price(awsOnDemand('ec2', instance, region, 'instance-hour'));
  return price.state === 'priced' ? price.usd.base : Number.POSITIVE_INFINITY;
}
