import type { Catalog } from '#lib/catalog/catalog';
import type { ReaderNodes } from '#lib/plan/placed-fleet';
import type { NodePool } from '#lib/plan/plan';
import { CPU_POOL } from '#lib/plan/retrieval/retrieval-plan';
import type { PlacedFleet } from '#lib/targets/target';

/** Nodes of the system pods, of a store in the cluster, and of models that read on CPUs; none without a cluster. */
export function cpuPool(
  cpu: PlacedFleet['cpuNodes'],
  zones: readonly string[],
  diskGib: number,
  catalog: Catalog,
): NodePool[] {
  if (cpu.count === 0) return [];
  return [
    {
      ...poolOf(cpu.instanceType ?? '', cpu.count, zones, diskGib, catalog),
      id: CPU_POOL,
      role: 'cpu',
      shape: cpu.instanceType ?? `cpu-${cpu.vcpus}-${cpu.memoryGib}gib`,
      accelerator: null,
      productLabel: null,
      gpusPerNode: 0,
      nodes: { min: cpu.count, desired: cpu.count, max: cpu.count + 1 },
      purchase: 'on-demand',
      localDiskGb: 0,
    },
  ];
}

/** Nodes that a model around the served one has to itself. */
export function readerPool(
  { id, offering, count }: ReaderNodes,
  zones: readonly string[],
  diskGib: number,
  catalog: Catalog,
): NodePool {
  return {
    ...poolOf(offering.shape, count, zones, diskGib, catalog),
    id,
    role: 'gpu',
    shape: offering.shape,
    accelerator: offering.accelerator,
    productLabel: catalog.accelerators.get(offering.accelerator)?.productLabel ?? null,
    gpusPerNode: offering.gpus,
    purchase: offering.purchase,
    localDiskGb: offering.localDiskGb,
  };
}

function poolOf(
  instance: string,
  count: number,
  zones: readonly string[],
  rootDiskGib: number,
  catalog: Catalog,
) {
  return {
    nodes: { min: count, desired: count, max: count },
    zones,
    rootDiskGib,
    architecture: catalog.instances.get(instance)?.architecture ?? 'x86_64',
    efaInterfaces: 0,
    efaOnPrimary: false,
  } as const;
}
