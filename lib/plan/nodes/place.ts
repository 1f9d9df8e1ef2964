import type { ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/port/offering';

/** Nodes that a sizing needs of an offering. */
export interface Placement {
  readonly offering: NodeOffering;
  /** 0 where a replica spans nodes. */
  readonly replicasPerNode: number;
  readonly nodes: { readonly low: number; readonly base: number; readonly high: number };
  /** GPUs on them that other models than the served one take. @default - none */
  readonly takenGpus?: number;
  /** USD of the nodes in a month-hour; `null` where the offering has no price. */
  readonly usdPerHour: number | null;
}

/** Packs replicas onto nodes: several on one where they are smaller than it, several nodes for one where larger. */
export function place(sizing: ServingSizing, offering: NodeOffering): Placement {
  const replicasPerNode =
    sizing.nodesPerReplica > 1 ? 0 : Math.max(1, Math.floor(offering.gpus / sizing.gpusPerReplica));
  const nodesFor = (replicas: number) =>
    Math.max(offering.minimumNodes, nodesOfFleets(fleetsOf(sizing, replicas), offering));
  const base = nodesFor(sizing.replicas);
  const { low, high } = sizing.replicasForLoadBand;
  return {
    offering,
    replicasPerNode,
    nodes: {
      low: Math.min(base, nodesFor(low + sizing.spares)),
      base,
      high: Math.max(base, nodesFor(high + sizing.spares)),
    },
    usdPerHour: offering.hourly.state === 'priced' ? base * offering.hourly.usd.base : null,
  };
}

/** GPUs of the nodes that no replica stands on. */
export function idleGpus(
  { nodes, offering }: Placement,
  { replicas, gpusPerReplica, prompts }: Pick<ServingSizing, 'replicas' | 'gpusPerReplica' | 'prompts'>,
): number {
  const used =
    replicas * gpusPerReplica + (prompts === undefined ? 0 : prompts.replicas * prompts.gpusPerReplica);
  return Math.max(0, nodes.base * offering.gpus - used);
}

/** The placement with so many nodes more, of which other models take so many GPUs. */
export function withNodes(placement: Placement, added: number, takenGpus: number): Placement {
  if (takenGpus === 0) return placement;
  const { nodes, usdPerHour, offering } = placement;
  return {
    ...placement,
    nodes: { low: nodes.low + added, base: nodes.base + added, high: nodes.high + added },
    takenGpus,
    usdPerHour: usdPerHour === null ? null : usdPerHour + added * hourlyUsd(offering),
  };
}

type Fleet = Pick<ServingSizing, 'replicas' | 'gpusPerReplica' | 'nodesPerReplica'>;

/** With `replicas` that answer; prompts have a fleet of their own where the sizing gives them one. */
function fleetsOf(sizing: ServingSizing, replicas: number): readonly Fleet[] {
  return [{ ...sizing, replicas }, ...(sizing.prompts === undefined ? [] : [sizing.prompts])];
}

/**
 * Replicas that span nodes have theirs to themselves. Of the others the larger are placed first, each where it still
 * fits, as a scheduler would: what one fleet leaves of a node is the next one's.
 */
export function nodesOfFleets(fleets: readonly Fleet[], { gpus }: Pick<NodeOffering, 'gpus'>): number {
  let nodes = 0;
  /** Nodes by the GPUs that are free on each. */
  let open: readonly FreeNodes[] = [];
  const largestFirst =
    fleets.length === 1 ? fleets : fleets.toSorted((a, b) => b.gpusPerReplica - a.gpusPerReplica);
  for (const { replicas, gpusPerReplica, nodesPerReplica } of largestFirst) {
    if (nodesPerReplica > 1) {
      nodes += replicas * nodesPerReplica;
      continue;
    }
    const placed = placedOn(open, replicas, gpusPerReplica);
    const perNode = Math.max(1, Math.floor(gpus / gpusPerReplica));
    const added = Math.ceil(placed.left / perNode);
    nodes += added;
    if (fleets.length === 1) break;
    open = [...placed.open, ...placedOn([{ free: gpus, count: added }], placed.left, gpusPerReplica).open];
  }
  return nodes;
}

interface FreeNodes {
  readonly free: number;
  readonly count: number;
}

/** Replicas on nodes that have room for them: those that find none, and what is then free. */
function placedOn(
  nodes: readonly FreeNodes[],
  replicas: number,
  gpusPerReplica: number,
): { readonly left: number; readonly open: readonly FreeNodes[] } {
  let left = replicas;
  const open: FreeNodes[] = [];
  for (const { free, count } of nodes) {
    const perNode = Math.floor(free / gpusPerReplica);
    const filled = perNode === 0 ? 0 : Math.min(count, Math.floor(left / perNode));
    left -= filled * perNode;
    const onLast = perNode > 0 && filled < count ? left : 0;
    left -= onLast;
    const partly = onLast > 0 ? 1 : 0;
    const after = [
      { free: free - perNode * gpusPerReplica, count: filled },
      { free: free - onLast * gpusPerReplica, count: partly },
      { free, count: count - filled - partly },
    ];
    open.push(...after.filter((one) => one.count > 0 && one.free > 0));
  }
  return { left, open };
}

/** Nodes that so many replicas take. */
export function nodesOfReplicas(
  replicas: number,
  { replicasPerNode }: Pick<Placement, 'replicasPerNode'>,
  { nodesPerReplica }: Pick<ServingSizing, 'nodesPerReplica'>,
): number {
  return replicasPerNode === 0 ? replicas * nodesPerReplica : Math.ceil(replicas / replicasPerNode);
}

/**
 * The offerings that none of the same shape (accelerator and count) is as good as. Rented nodes compare: by each of the
 * prices that one may pay, by a disk of their own, by the network between them, and by their memory where it is asked for.
 * Without a price the first.
 */
export function undominated(
  offerings: readonly NodeOffering[],
  hoursUsd: (offering: NodeOffering) => readonly number[],
  needsMemory: boolean,
): NodeOffering[] {
  const kept = new Map<string, { readonly offering: NodeOffering; readonly usd: readonly number[] }[]>();
  for (const offering of offerings) {
    const key = `${offering.accelerator} × ${offering.gpus}`;
    const alike = kept.get(key) ?? [];
    const one = { offering, usd: hoursUsd(offering) };
    const isAsGood = (a: typeof one, b: typeof one) =>
      a.offering.hourly.state === b.offering.hourly.state &&
      (a.offering.price !== null || a.offering.hourly.state === 'unpriced') &&
      a.usd.length === b.usd.length &&
      a.usd.every((usd, index) => usd <= (b.usd[index] ?? 0)) &&
      a.offering.minimumNodes <= b.offering.minimumNodes &&
      (a.offering.localDiskGb > 0 || b.offering.localDiskGb === 0) &&
      (a.offering.fabric?.gbps ?? 0) >= (b.offering.fabric?.gbps ?? 0) &&
      (!needsMemory || a.offering.memoryGib >= b.offering.memoryGib);
    if (alike.some((other) => isAsGood(other, one))) continue;
    kept.set(key, [...alike.filter((other) => !isAsGood(one, other)), one]);
  }
  return [...kept.values()].flatMap((alike) => alike.map(({ offering }) => offering));
}

/** Base price of a node-hour; infinite where there is none, so that it is chosen last. */
export function hourlyUsd({ hourly }: NodeOffering): number {
  return hourly.state === 'priced' ? hourly.usd.base : Number.POSITIVE_INFINITY;
}
