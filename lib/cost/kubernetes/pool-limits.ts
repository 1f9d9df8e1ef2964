import { ownObject } from '#lib/artifacts/json';
import type { NodeSize } from '#lib/catalog/node-sizes';
import { acceleratorOfResource } from '#lib/cost/kubernetes/accelerator-resources';
import { BYTES_PER_GIB, quantityOf } from '#lib/cost/kubernetes/quantity';

/** The most of each resource that all nodes of a pool may have together: CPUs, bytes, accelerators, nodes. */
export type PoolLimits = ReadonlyMap<string, number>;

/** `spec.limits` of a NodePool, `spec.limits.resources` of what was before. What is no quantity limits nothing. */
export function limitsOf(spec: unknown): PoolLimits {
  const limits = ownObject(spec, 'limits');
  const listed = { ...limits, ...ownObject(limits, 'resources') };
  return new Map(
    Object.entries(listed).flatMap(([name, value]): [string, number][] => {
      const most = quantityOf(value);
      return most === null ? [] : [[name, most]];
    }),
  );
}

/** What one node counts against a limit: all that it has, not what pods may take of it. */
export function amountOf(name: string, size: NodeSize): number {
  if (name === 'cpu') return size.vcpus;
  if (name === 'memory') return size.memoryGib * BYTES_PER_GIB;
  if (name === 'nodes') return 1;
  return acceleratorOfResource(name)?.maker === size.maker ? (size.gpus ?? 0) : 0;
}
