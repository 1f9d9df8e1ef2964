import { isList, isObject, own, ownObject } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { acceleratorOfResource, type AcceleratorResource } from '#lib/cost/kubernetes/accelerator-resources';
import { BYTES_PER_GIB, quantityOf } from '#lib/cost/kubernetes/quantity';

/** What one pod keeps of a node, whether it uses it or not. */
export interface PodDemand {
  readonly cpus: number;
  readonly memoryGib: number;
  /** Whole accelerators; a slice is a part of one. */
  readonly accelerators: number;
  /** `null` without accelerators. */
  readonly maker: AcceleratorResource['maker'] | null;
  /** MIG profile of its slices; `null` where it asks for whole ones. */
  readonly slice: string | null;
}

/** A request that the deployment decides, or that is no quantity. The message says which. */
export class OpenRequest extends Error {}

const NOTHING: PodDemand = { cpus: 0, memoryGib: 0, accelerators: 0, maker: null, slice: null };

/**
 * What the scheduler sets aside for a pod, by its rule (kubernetes.io, "Pod scheduling readiness" and "Init containers"):
 * the containers together, sidecars among them, or the largest step of the start beside the sidecars before it, whichever
 * is more; and the overhead of its runtime. Without a request the limit counts. Requests of the pod itself go before
 * those of its containers.
 *
 * @param spec - `spec` of the pod
 * @throws OpenRequest
 */
export function podDemand(spec: unknown): PodDemand {
  const containers = containersOf(spec, 'containers').map(demandOf);
  let sidecars = NOTHING;
  let start = NOTHING;
  for (const container of containersOf(spec, 'initContainers')) {
    const demand = demandOf(container);
    start = largest(start, sum(sidecars, demand));
    if (own(container, 'restartPolicy') === 'Always') sidecars = sum(sidecars, demand);
  }
  const running = containers.reduce(sum, sidecars);
  const needed = sum(largest(running, start), listed(ownObject(spec, 'overhead')));
  const ofPod = own(spec, 'resources') === undefined ? null : demandOf(spec);
  if (ofPod === null) return needed;
  return {
    ...needed,
    cpus: ofPod.cpus > 0 ? ofPod.cpus : needed.cpus,
    memoryGib: ofPod.memoryGib > 0 ? ofPod.memoryGib : needed.memoryGib,
  };
}

function containersOf(spec: unknown, field: string): readonly unknown[] {
  const containers = own(spec, field);
  if (containers instanceof Unresolved) throw new OpenRequest(`${field} depend on ${containers.dependsOn}`);
  return isList(containers) ? containers : [];
}

function demandOf(container: unknown): PodDemand {
  const resources = own(container, 'resources');
  if (resources instanceof Unresolved) throw new OpenRequest(`resources depend on ${resources.dependsOn}`);
  return listed({ ...ownObject(resources, 'limits'), ...ownObject(resources, 'requests') });
}

function listed(amounts: object): PodDemand {
  let demand = NOTHING;
  for (const [name, value] of Object.entries(amounts)) {
    if (value instanceof Unresolved) throw new OpenRequest(`${name} depends on ${value.dependsOn}`);
    const accelerator = acceleratorOfResource(name);
    if (accelerator === null && name !== 'cpu' && name !== 'memory') continue;
    const amount = quantityOf(value);
    if (amount === null) throw new OpenRequest(`${name} is no quantity`);
    if (name === 'cpu') demand = { ...demand, cpus: amount };
    else if (name === 'memory') demand = { ...demand, memoryGib: amount / BYTES_PER_GIB };
    else if (accelerator !== null && amount > 0) {
      demand = {
        ...demand,
        accelerators: demand.accelerators + amount * accelerator.share,
        maker: accelerator.maker,
        slice: accelerator.slice ?? null,
      };
    }
  }
  return demand;
}

function sum(one: PodDemand, other: PodDemand): PodDemand {
  return combined(one, other, (a, b) => a + b);
}

function largest(one: PodDemand, other: PodDemand): PodDemand {
  return combined(one, other, Math.max);
}

function combined(one: PodDemand, other: PodDemand, by: (a: number, b: number) => number): PodDemand {
  return {
    cpus: by(one.cpus, other.cpus),
    memoryGib: by(one.memoryGib, other.memoryGib),
    accelerators: by(one.accelerators, other.accelerators),
    maker: one.maker ?? other.maker,
    slice: one.slice ?? other.slice,
  };
}

/** The `spec` of the pods that a template makes, where there is one. */
export function podSpecOf(template: unknown): unknown {
  const spec = own(template, 'spec');
  return isObject(spec) ? spec : undefined;
}
