import { groupAvailability, replicaAvailability } from '#lib/sizing/availability';

/**
 * How replicas fail: each of its own causes, and all on a node with the node. Where they do not share a node the second
 * is no cause of its own.
 */
export interface FailureDomains {
  /** Share of time in which a replica is up as far as its own causes go. */
  readonly replicaUp: number;
  /** Share of time in which a node is up. */
  readonly nodeUp: number;
  /** Replicas that a full node holds. */
  readonly replicasPerNode: number;
}

export interface ReplicaFailures {
  /** Between failures and to repair of one replica, its node included. */
  readonly mtbfHours: number;
  readonly mttrHours: number;
  /** Of the failures of a replica, the share that takes its node down. */
  readonly nodeShare: number;
}

/**
 * Common causes by a share of all (the beta-factor model): of the time q in which a replica is down, nodeShare × q is its
 * node's and the rest its own. A replica over several nodes is down when any of them is.
 */
export function failureDomains(
  { mtbfHours, mttrHours, nodeShare }: ReplicaFailures,
  layout: { readonly nodesPerReplica: number; readonly replicasPerNode: number },
): FailureDomains {
  const up = replicaAvailability(mtbfHours / layout.nodesPerReplica, mttrHours);
  const replicasPerNode = layout.nodesPerReplica > 1 ? 1 : Math.max(1, Math.floor(layout.replicasPerNode));
  return replicasPerNode === 1
    ? { replicaUp: up, nodeUp: 1, replicasPerNode }
    : { replicaUp: 1 - (1 - nodeShare) * (1 - up), nodeUp: 1 - nodeShare * (1 - up), replicasPerNode };
}

/**
 * Probability that at least `needed` of `total` replicas are up, on as few nodes as hold them, spread evenly: over the
 * nodes that are down, how many of the replicas that are left stay up of their own.
 */
export function fleetAvailability(needed: number, total: number, domains: FailureDomains): number {
  const { replicaUp } = domains;
  return overNodes(needed, total, domains, (up) => groupAvailability(needed, up, replicaUp));
}

/** Sum over the nodes that may be down with enough replicas left: its probability × `weigh` of the replicas left. */
function overNodes(
  needed: number,
  total: number,
  { nodeUp, replicasPerNode }: FailureDomains,
  weigh: (left: number) => number,
): number {
  if (needed > total) return 0;
  if (nodeUp >= 1) return weigh(total);
  const nodes = Math.ceil(total / replicasPerNode);
  const each = Math.floor(total / nodes);
  const fuller = total - each * nodes;
  let sum = 0;
  for (let fullerDown = 0; fullerDown <= fuller; fullerDown += 1) {
    const left = total - fullerDown * (each + 1);
    if (left < needed) break;
    const ofFuller = exactlyDown(fullerDown, fuller, nodeUp);
    for (let othersDown = 0; othersDown <= nodes - fuller; othersDown += 1) {
      const up = left - othersDown * each;
      if (up < needed) break;
      sum += ofFuller * exactlyDown(othersDown, nodes - fuller, nodeUp) * weigh(up);
    }
  }
  return Math.min(1, sum);
}

/** Probability that exactly `down` of `count` are down; in logarithms, as powers of many would vanish. */
function exactlyDown(down: number, count: number, up: number): number {
  let log = (count - down) * Math.log(up);
  for (let one = 0; one < down; one += 1) log += Math.log((count - one) / (one + 1)) + Math.log1p(-up);
  return Math.exp(log);
}

/** Fewest replicas beyond `needed` that keep `needed` up for the asked share of time; `null` beyond `limit` spares. */
export function sparesInDomains(
  needed: number,
  domains: FailureDomains,
  asked: number,
  limit = 1_000,
): number | null {
  for (let spares = 0; spares <= limit; spares += 1) {
    // Cheap, and most counts of spares end here: the nodes alone already leave too few too often.
    if (overNodes(needed, needed + spares, domains, () => 1) < asked) continue;
    if (fleetAvailability(needed, needed + spares, domains) >= asked) return spares;
  }
  return null;
}

/** How replicas fail where a node takes none with it: no fleet of the same replicas is up for longer. */
export function withoutNodes(domains: FailureDomains): FailureDomains {
  return { ...domains, nodeUp: 1, replicasPerNode: 1 };
}
