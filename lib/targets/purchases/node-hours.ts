import type { FollowsFleet, Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import { flatCurve, hoursAbove, hoursUnused, type NodeCurve } from '#lib/targets/port/node-curve';
import type { NodeOffering } from '#lib/targets/port/offering';
import type { PlacedFleet } from '#lib/targets/target';

type PlacedNodes = PlacedFleet['nodes'][number];
type Follows = Extract<FollowsFleet, { by: 'nodes' }>;

/** Nodes that are added too late for a term to pay: they are bought by the hour instead. */
export interface AddedNodes {
  readonly byTheHour: NodeOffering;
  /** Months until the horizon from which on the term of the others costs no more than the hours. */
  readonly termPaysFromMonths: number;
}

interface NodeLine {
  readonly key: string;
  /** Of nodes that are added and bought otherwise than the deployed ones. */
  readonly addedKey?: string;
  /** @default - added nodes are bought as the deployed ones */
  readonly additions?: AddedNodes;
  /** Of the nodes that are committed to, where the target sells terms. */
  readonly committedKey?: string;
  readonly resources: readonly string[];
}

/**
 * Rented nodes by the hour, by the node or by its accelerators as the price list has it; those that are committed to in
 * a line of their own.
 */
export function nodeHours(fleet: PlacedFleet, line: NodeLine): Purchase[] {
  return fleet.nodes.flatMap((nodes, index): Purchase[] => {
    const suffix = index === 0 ? '' : `-${index + 1}`;
    return [
      ...hourlyLine(nodes, line, suffix),
      ...committedLine(nodes, line, suffix),
      ...(fleet.grows === true ? addedLine(nodes, line, suffix) : []),
    ];
  });
}

function hourlyLine(nodes: PlacedNodes, line: NodeLine, suffix: string): Purchase[] {
  const { offering, count, standing, committed } = nodes;
  if (offering.price === null) return [];
  const perNode = unitsPerNode(offering);
  const { low, base, high } = standingOf(nodes);
  const held = committed?.count ?? 0;
  const hours = (curve: NodeCurve) => roundTo(perNode * hoursAbove(curve, held), 3);
  const above = held === 0 ? '' : ` beyond the ${held} committed`;
  const always = `${count - held} nodes${above} × ${accelerators(perNode)}${HOURS_PER_MONTH} h`;
  const most = (count - held) * HOURS_PER_MONTH;
  return [
    {
      kind: 'recurring',
      key: `${line.key}${suffix}`,
      label: `${offering.shape}, ${offering.purchase}`,
      category: 'compute',
      quantityPerMonth: hours(base),
      quantityBand: { low: Math.min(hours(low), hours(base)), high: Math.max(hours(high), hours(base)) },
      ...(committed === undefined ? { follows: followsOf(nodes, line) } : {}),
      price: offering.price,
      ...(offering.priceFactor === undefined ? {} : { priceFactor: offering.priceFactor }),
      ...(standing === undefined ? {} : { comesAndGoes: true }),
      basis:
        standing === undefined || most === 0
          ? always
          : `${always} × ${percent(hoursAbove(base, held) / most)} of the hours`,
      resources: line.resources,
    },
  ];
}

function committedLine(nodes: PlacedNodes, line: NodeLine, suffix: string): Purchase[] {
  const { committed } = nodes;
  if (committed === undefined || line.committedKey === undefined || committed.offering.price === null)
    return [];
  const { offering, count } = committed;
  const perNode = unitsPerNode(offering);
  const unused = hoursUnused(standingOf(nodes).base, count) / (count * HOURS_PER_MONTH);
  return [
    {
      kind: 'recurring',
      key: `${line.committedKey}${suffix}`,
      label: `${offering.shape}, ${offering.purchase}`,
      category: 'compute',
      quantityPerMonth: count * perNode * HOURS_PER_MONTH,
      price: committed.offering.price,
      ...(offering.priceFactor === undefined ? {} : { priceFactor: offering.priceFactor }),
      basis: `${count} nodes × ${accelerators(perNode)}${HOURS_PER_MONTH} h, ${percent(unused)} of them unused`,
      resources: line.resources,
    },
  ];
}

/** Nodes are never committed to for a demand that has not come: what is added to a base load is bought by the hour. */
function addedLine(nodes: PlacedNodes, line: NodeLine, suffix: string): Purchase[] {
  const { additions, addedKey } = line;
  const { committed, count, ownLoad } = nodes;
  // What has a load of its own is added in its own line.
  if (ownLoad !== undefined) return [];
  const offering = committed === undefined ? additions?.byTheHour : nodes.offering;
  if (addedKey === undefined || offering === undefined || offering.price === null) return [];
  const hours = hoursAbove(standingOf(nodes).base, 0);
  return [
    {
      kind: 'recurring',
      key: `${addedKey}${suffix}`,
      label: `${offering.shape}, added, ${offering.purchase}`,
      category: 'compute',
      quantityPerMonth: roundTo(unitsPerNode(offering) * hours, 3),
      follows: {
        by: 'nodes',
        additionsOnly: true,
        ...(committed !== undefined || additions === undefined
          ? {}
          : { monthsLeft: { lessThan: additions.termPaysFromMonths } }),
      },
      price: offering.price,
      ...(offering.priceFactor === undefined ? {} : { priceFactor: offering.priceFactor }),
      basis: `as many again as the ${count} deployed are ${roundTo(hours, 3)} node-hours`,
      resources: [],
    },
  ];
}

function followsOf({ ownLoad, count }: PlacedNodes, line: NodeLine): FollowsFleet {
  return ownLoad === undefined ? deployedFollows(line) : { by: 'own-load', deployed: count, ...ownLoad };
}

/** The deployed nodes and those of the added ones that are bought alike. */
function deployedFollows({ additions }: NodeLine): Follows {
  return additions === undefined
    ? { by: 'nodes' }
    : { by: 'nodes', monthsLeft: { atLeast: additions.termPaysFromMonths } };
}

function unitsPerNode({ price, gpus }: PlacedNodes['offering']): number {
  return price?.unit === 'accelerator-hour' ? gpus : 1;
}

function accelerators(perNode: number): string {
  return perNode === 1 ? '' : `${perNode} accelerators × `;
}

/** Nodes that stand on average: what their volumes are paid by. */
export function meanNodes({ nodes }: PlacedFleet): { low: number; base: number; high: number } {
  const at = (end: 'low' | 'base' | 'high') =>
    nodes.reduce((sum, each) => sum + hoursAbove(standingOf(each)[end], 0) / HOURS_PER_MONTH, 0);
  return { low: at('low'), base: at('base'), high: at('high') };
}

function standingOf({ count, low, high, standing }: PlacedNodes) {
  return standing ?? { low: flatCurve(low), base: flatCurve(count), high: flatCurve(high) };
}

function percent(share: number): string {
  return `${roundTo(100 * share, 1)} %`;
}
