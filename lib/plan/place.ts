import type { ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/offering';

/** Nodes that a sizing needs of an offering. */
export interface Placement {
  readonly offering: NodeOffering;
  /** 0 where a replica spans nodes. */
  readonly replicasPerNode: number;
  readonly nodes: { readonly low: number; readonly base: number; readonly high: number };
  /** USD of the nodes in a month-hour; `null` where the offering has no price. */
  readonly usdPerHour: number | null;
}

/** Packs replicas onto nodes: several on one where they are smaller than it, several nodes for one where larger. */
export function place(sizing: ServingSizing, offering: NodeOffering): Placement {
  const replicasPerNode =
    sizing.nodesPerReplica > 1 ? 0 : Math.max(1, Math.floor(offering.gpus / sizing.gpusPerReplica));
  const nodesFor = (replicas: number) =>
    Math.max(offering.minimumNodes, nodesOfReplicas(replicas, { replicasPerNode }, sizing));
  const forPrompts = promptNodes(sizing, offering);
  const base = nodesFor(sizing.replicas) + forPrompts;
  const { low, high } = sizing.replicasForLoadBand;
  return {
    offering,
    replicasPerNode,
    nodes: {
      low: Math.min(base, nodesFor(low + sizing.spares) + forPrompts),
      base,
      high: Math.max(base, nodesFor(high + sizing.spares) + forPrompts),
    },
    usdPerHour: offering.hourly.state === 'priced' ? base * offering.hourly.usd.base : null,
  };
}

/** Nodes that so many replicas take. */
export function nodesOfReplicas(
  replicas: number,
  { replicasPerNode }: Pick<Placement, 'replicasPerNode'>,
  { nodesPerReplica }: Pick<ServingSizing, 'nodesPerReplica'>,
): number {
  return replicasPerNode === 0 ? replicas * nodesPerReplica : Math.ceil(replicas / replicasPerNode);
}

/** Nodes of the fleet for prompts, which shares none with the one for answers; 0 where there is one fleet. */
function promptNodes({ prompts }: ServingSizing, offering: NodeOffering): number {
  if (prompts === undefined) return 0;
  if (prompts.nodesPerReplica > 1) return prompts.replicas * prompts.nodesPerReplica;
  return Math.ceil(prompts.replicas / Math.max(1, Math.floor(offering.gpus / prompts.gpusPerReplica)));
}

/** The cheapest offering of every shape that sizes alike (accelerator and count); the first where none has a price. */
export function cheapestPerShape(offerings: readonly NodeOffering[]): NodeOffering[] {
  const best = new Map<string, NodeOffering>();
  for (const offering of offerings) {
    const key = `${offering.accelerator} × ${offering.gpus}`;
    const held = best.get(key);
    if (held === undefined || hourlyUsd(offering) < hourlyUsd(held)) best.set(key, offering);
  }
  return [...best.values()];
}

/** Base price of a node-hour; infinite where there is none, so that it is chosen last. */
export function hourlyUsd({ hourly }: NodeOffering): number {
  return hourly.state === 'priced' ? hourly.usd.base : Number.POSITIVE_INFINITY;
}
