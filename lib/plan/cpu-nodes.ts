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
 * one store pod and the node's agents. Reasons where nothing that is sold is so large.
 */
export function cpuNodesOf(
  site: Site,
  store: StoreSizing['nodes'],
  catalog: Catalog,
  prices: PriceBook,
): PlacedFleet['cpuNodes'] | { readonly reasons: readonly string[] } {
  const system = site.systemNodes;
  if (system === null) return NONE;
  const count = system.count + (store?.count ?? 0);
  const vcpus = Math.max(system.vcpus, Math.ceil((store?.vcpus ?? 0) + AGENTS.vcpus));
  const memoryGib = Math.max(system.memoryGib, Math.ceil((store?.memoryGib ?? 0) + AGENTS.memoryGib));
  if (site.cpuSeller === null || site.region === null) return { count, vcpus, memoryGib, instanceType: null };
  const region = site.region;
  const isFit = (shape: Shape) => shape.vcpus >= vcpus && shape.memoryGib >= memoryGib;
  const usual = [...catalog.instances.values()]
    .filter((shape) => shape.seller === site.cpuSeller && shape.accelerator === null)
    .filter((shape) => shape.architecture === 'x86_64' && isFit(shape));
  const best =
    cheapest(usual, region, prices) ?? cheapest(largerTypes(catalog).filter(isFit), region, prices);
  if (best === undefined) {
    return { reasons: [`no CPU node that is sold holds ${vcpus} vCPU and ${memoryGib} GiB`] };
  }
  return { count, vcpus: best.vcpus, memoryGib: best.memoryGib, instanceType: best.id };
}

interface Shape {
  readonly id: string;
  readonly vcpus: number;
  readonly memoryGib: number;
}

/** Virtual machines of the whole list of EC2, for stores that need more than the instances of the catalog hold. */
function largerTypes(catalog: Catalog): readonly Shape[] {
  return [...catalog.nodeSizes().values()].filter(
    ({ id, architecture, accelerator }) =>
      architecture === 'amd64' && accelerator === undefined && !id.includes('.metal'),
  );
}

/** The one with the least price; of those without a price the smallest. */
function cheapest(shapes: readonly Shape[], region: string, prices: PriceBook): Shape | undefined {
  return shapes
    .map((shape) => {
      return { shape, usd: instanceUsdPerHour(shape.id, region, prices) };
    })
    .toSorted((a, b) => (a.usd === b.usd ? a.shape.memoryGib - b.shape.memoryGib : a.usd - b.usd))[0]?.shape;
}

/** Infinite without a price. */
export function instanceUsdPerHour(instance: string, region: string, prices: PriceBook): number {
  const price = prices.price(awsOnDemand('ec2', instance, region, 'instance-hour'));
  return price.state === 'priced' ? price.usd.base : Number.POSITIVE_INFINITY;
}
