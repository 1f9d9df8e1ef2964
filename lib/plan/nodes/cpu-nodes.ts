import type { Catalog } from '#lib/catalog/catalog';
import { AGENTS, podRoom } from '#lib/vector-stores/pod-room';
import type { PriceBook } from '#lib/catalog/prices';
import { awsOnDemand } from '#lib/targets/purchases/price-references';
import type { Site } from '#lib/targets/port/site';
import type { PlacedFleet } from '#lib/targets/target';
import type { StoreSizing } from '#lib/vector-stores/vector-store';

const NONE = { count: 0, vcpus: 0, memoryGib: 0, instanceType: null } as const;

/**
 * One homogeneous pool for the system pods and, where it runs in the cluster, the store: every node is one that the
 * store was sized in, so its pod (`podRoom`) and the node's agents fit. Reasons where nothing that is sold is so large.
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
  const vcpus = Math.max(system.vcpus, store?.vcpus ?? 0);
  const memoryGib = Math.max(system.memoryGib, store?.memoryGib ?? 0);
  if (site.cpuSeller === null || site.region === null) return { count, vcpus, memoryGib, instanceType: null };
  const region = site.region;
  const isFit = (shape: Shape) => shape.vcpus >= vcpus && shape.memoryGib >= memoryGib;
  const best =
    store === null
      ? cheapest(usualTypes(site.cpuSeller, catalog).filter(isFit), region, prices)
      : cheapest(typesFor(store, catalog).filter(isFit), region, prices);
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

function usualTypes(seller: string, catalog: Catalog): readonly Shape[] {
  return [...catalog.instances.values()].filter(
    (shape) => shape.seller === seller && shape.accelerator === null && shape.architecture === 'x86_64',
  );
}

/** Their price is of a part of their vCPUs (T3: 40 % of eight); what a busy store takes beyond it is billed apart. */
const BURSTABLE = /^t\d/;

/** Virtual machines of the whole list of EC2 that give a store's pod its room: stores want much memory for few vCPUs. */
function typesFor(store: NonNullable<StoreSizing['nodes']>, catalog: Catalog): readonly Shape[] {
  const pod = podRoom(store);
  return [...catalog.nodeSizes().values()].filter(
    ({ id, architecture, accelerator, allocatableCpus, allocatableGib }) =>
      architecture === 'amd64' &&
      accelerator === undefined &&
      !id.includes('.metal') &&
      !BURSTABLE.test(id) &&
      allocatableCpus >= pod.vcpus + AGENTS.vcpus &&
      allocatableGib >= pod.memoryGib + AGENTS.memoryGib,
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
