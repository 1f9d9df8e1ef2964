import { nodesOfFleets } from '#lib/plan/nodes/place';
import { peakMultiple, trafficMultiples, type TrafficPath } from '#lib/cash/traffic-path';
import type { OwnLoad } from '#lib/catalog/purchase';
import { serversOf } from '#lib/cash/fleet-course';
import { sparesInDomains, type FailureDomains } from '#lib/sizing/failure-domains';
import { wholeReplicas } from '#lib/sizing/replicas';

/** Replicas that are alike, as demand asks for them. */
export interface GrowingReplicas {
  /** Replicas that the peak of the described traffic takes, not rounded. */
  readonly perDescribedPeak: number;
  /** What the sizing adds to the load's, so that waiting requests meet the objectives. */
  readonly beyondLoad: number;
  /** Share of time in which those that the load takes must be up. */
  readonly availability: number;
  readonly domains: FailureDomains;
  readonly gpusPerReplica: number;
  readonly nodesPerReplica: number;
}

/** What decides how many nodes a demand takes, by the rules that the deployed fleet was sized with. */
export interface FleetGrowth {
  /** Nodes that are deployed. */
  readonly nodes: number;
  readonly gpusPerNode: number;
  /** What replicas are placed by: the GPUs, or the parts that they are cut into. */
  readonly partsPerNode: number;
  readonly minimumNodes: number;
  /** GPUs, or parts, that models around the served one take. @default - none */
  readonly takenParts?: number;
  /** The loads by which those grow. @default - they stay */
  readonly readers?: readonly OwnLoad[];
  /** Month whose peak the deployed fleet carries. */
  readonly sizeForMonth: number;
  /** One fleet, or answers and prompts. */
  readonly replicas: readonly GrowingReplicas[];
}

/** A quotient that is whole but for rounding must not cost one more replica: as in the sizing. */
const ROUNDING = 1e-9;

/** Nodes that a multiple of the described traffic takes: replicas for the load, for waiting, and spares, in whole nodes. */
export function nodeCounter(growth: FleetGrowth): (multiple: number) => number {
  const { replicas, minimumNodes, partsPerNode } = growth;
  const neededOf = ({ perDescribedPeak, beyondLoad }: GrowingReplicas, multiple: number) =>
    wholeReplicas(multiple * perDescribedPeak) + beyondLoad;
  const nodesFor = (multiple: number) => {
    const taken = partsTaken(growth, multiple);
    const around = taken === 0 ? [] : [{ replicas: taken, gpusPerReplica: 1, nodesPerReplica: 1 }];
    const fleets = replicas.map((each) => ({
      replicas: withSpares(neededOf(each, multiple), each),
      gpusPerReplica: each.gpusPerReplica,
      nodesPerReplica: each.nodesPerReplica,
    }));
    return Math.max(minimumNodes, nodesOfFleets([...fleets, ...around], { gpus: partsPerNode }));
  };
  // Draws of the growth ask for the same few counts again and again; two fleets hardly for the same pair.
  const [only, ...others] = replicas;
  if (only === undefined || others.length > 0) return nodesFor;
  const known = new Map<number, number>();
  return (multiple) => {
    const needed = neededOf(only, multiple) + partsTaken(growth, multiple) / MOST_TAKEN;
    const nodes = known.get(needed) ?? nodesFor(multiple);
    known.set(needed, nodes);
    return nodes;
  };
}

/** Of parts that readers take: tells two counts of them apart beside whole replicas. */
const MOST_TAKEN = 2 ** 20;

/** Parts of nodes that readers take at a multiple of the described traffic: never fewer than are deployed. */
function partsTaken({ takenParts = 0, readers = [] }: FleetGrowth, multiple: number): number {
  const needed = readers.reduce((sum, reader) => sum + serversOf(reader, multiple), 0);
  return Math.max(takenParts, needed);
}

/** Up to here spares are counted; beyond it they stay in proportion, since they are a few in a thousand by then. */
const MOST_COUNTED = 10_000;

function withSpares(needed: number, { domains, availability }: GrowingReplicas): number {
  const counted = Math.min(needed, MOST_COUNTED);
  const spares = sparesInDomains(counted, domains, availability);
  // More than a thousand spares for so many: replicas that are down most of the time, which no sizing accepts.
  const share = (spares ?? counted) / counted;
  return needed + Math.ceil(needed * share - ROUNDING);
}

/**
 * Nodes that stand in each month, index 1 the first; index 0 is the launch. The deployed fleet carries the peak of
 * `sizeForMonth` from the first day; nodes are added for the first month whose demand takes more, and never taken away.
 */
export function nodesByMonth(
  nodesAt: (multiple: number) => number,
  { sizeForMonth }: Pick<FleetGrowth, 'sizeForMonth'>,
  path: TrafficPath,
  horizonMonths: number,
): number[] {
  let standing = nodesAt(peakMultiple(path, sizeForMonth));
  let most = 0;
  return trafficMultiples(path, horizonMonths).map((multiple) => {
    if (multiple <= most) return standing;
    most = multiple;
    standing = Math.max(standing, nodesAt(multiple));
    return standing;
  });
}

/** The most that traffic has been of the described one, by the same months. */
export function mostByMonth(
  { sizeForMonth }: Pick<FleetGrowth, 'sizeForMonth'>,
  path: TrafficPath,
  horizonMonths: number,
): number[] {
  let most = peakMultiple(path, sizeForMonth);
  return trafficMultiples(path, horizonMonths).map((multiple) => (most = Math.max(most, multiple)));
}
