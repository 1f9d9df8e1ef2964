import type { Accelerator } from '#lib/catalog/accelerators';
import { podRoom } from '#lib/vector-stores/pod-room';
import type { Context } from '#lib/plan/plan-request';
import { instanceUsdPerHour } from '#lib/plan/nodes/cpu-nodes';
import type { Placement } from '#lib/plan/nodes/place';
import { staysWithin } from '#lib/plan/nodes/residency';
import type { NodeOffering } from '#lib/targets/port/offering';
import { readsOn } from '#lib/targets/port/reader-support';
import type { PlacedFleet } from '#lib/targets/target';
import { HOURS_PER_MONTH } from '#lib/units/money';

/** Nodes of the model server on which readers may stand too. */
export interface SharedNodes {
  readonly offering: NodeOffering;
  readonly accelerator: Accelerator;
  /** GPUs, or slices, that nothing runs on. */
  readonly idle: number;
}

/** Where a plan can put a model that only reads. */
export interface ReaderPlaces {
  /** `null` where prompts must not reach the provider. */
  readonly managedRegion: string | null;
  /** `null` where nodes are not shared, or follow the load of the model server. */
  readonly shared: SharedNodes | null;
  /** Nodes with one GPU that a reader may have to itself, by their id. */
  readonly nodes: readonly NodeOffering[];
  /** One more node of the CPU pool, with what a pod may have of it; `null` without such a pool. */
  readonly cpu: {
    readonly vcpus: number;
    readonly memoryGib: number;
    readonly usdPerHour: number;
  } | null;
}

/** Places beside a model server on nodes; without `placement` only what the provider runs. */
export function readerPlaces(
  context: Context,
  server: {
    readonly placement: Placement;
    readonly accelerator: Accelerator;
    readonly idle: number | null;
    readonly cpuNodes: PlacedFleet['cpuNodes'];
  } | null,
): ReaderPlaces {
  const { target, site, scenario, knobs, market } = context;
  const { forms, sharesNodes, nodes } = target.readers;
  const { residency } = scenario.objectives;
  const isManaged =
    forms.includes('managed') &&
    site.region !== null &&
    staysWithin(residency, { kind: 'node', region: site.region }, site);
  const hasGpus = forms.includes('gpu');
  return {
    managedRegion: isManaged ? site.region : null,
    shared:
      !hasGpus || !sharesNodes || server === null || server.idle === null || !readsOn(server.accelerator)
        ? null
        : { offering: server.placement.offering, accelerator: server.accelerator, idle: server.idle },
    nodes: hasGpus ? nodes(knobs, market).filter((one) => staysWithin(residency, one, site)) : [],
    cpu: forms.includes('cpu') && server !== null ? cpuPlace(context, server.cpuNodes) : null,
  };
}

function cpuPlace(
  { prices, site }: Context,
  { count, vcpus, memoryGib: gib, instanceType }: PlacedFleet['cpuNodes'],
): ReaderPlaces['cpu'] {
  if (count === 0) return null;
  return {
    ...podRoom({ vcpus, memoryGib: gib }),
    usdPerHour:
      instanceType === null || site.region === null
        ? // Owned hosts have no rent: that of leased ones stands in, for the choice alone.
          (prices.assumption('cpu-host.lease-usd-per-unit-month').base * vcpus) / HOURS_PER_MONTH
        : instanceUsdPerHour(instanceType, site.region, prices),
  };
}
