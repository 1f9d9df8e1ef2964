import type { PlacedFleet } from '#lib/targets/target';

type CpuNodes = PlacedFleet['cpuNodes'];

const UNIT_GIB = 8;

/** CPU hosts in units of one vCPU with up to 8 GiB and its share of the disks: what their price is assumed by. */
export function hostUnits({ count, vcpus, memoryGib }: CpuNodes): number {
  return count * Math.max(vcpus, Math.ceil(memoryGib / UNIT_GIB));
}

export function hostUnitsBasis(cpu: CpuNodes): string {
  const { count, vcpus, memoryGib } = cpu;
  return `${count} hosts of ${vcpus} vCPU and ${memoryGib} GiB: ${hostUnits(cpu)} units of one vCPU with ${UNIT_GIB} GiB`;
}
