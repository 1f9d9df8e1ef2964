import { loadCatalog } from '#lib/catalog/load';

/** Base of an assumption of the catalog. */
export function base(id: string): number {
  return loadCatalog().assumptions.get(id)?.base ?? Number.NaN;
}

/**
 * Replicas with spares, so that as many as are needed are up with the availability asked for. Nodes are independent; the
 * replicas of one are down together in some share of the time that each is down. How many replicas of a node are up is
 * written down, and the nodes are added one after the other.
 */
export function replicasFor(needed: number, availability: number, perNode = 1): number {
  const down = base('replica.mttr-hours') / (base('replica.mtbf-hours') + base('replica.mttr-hours'));
  const withNode = perNode === 1 ? 0 : base('replica.node-failure-share') * down;
  for (let total = needed; ; total += 1) {
    const nodes = Math.ceil(total / perNode);
    const held = Array.from({ length: nodes }, (_, node) => Math.floor((total + node) / nodes));
    const up = held.map((count) => upOf(count, down - withNode, withNode)).reduce(both);
    const enough = up.slice(needed).reduce((sum, share) => sum + share, 0);
    if (enough >= availability) return total;
  }
}

/** Shares of time in which 0, 1, 2 … replicas of a node are up. */
function upOf(count: number, down: number, nodeDown: number): number[] {
  const alone = Array.from({ length: count }, () => [down, 1 - down]).reduce(both, [1]);
  return alone.map((share, up) => (1 - nodeDown) * share + (up === 0 ? nodeDown : 0));
}

function both(one: readonly number[], other: readonly number[]): number[] {
  const sums = Array.from({ length: one.length + other.length - 1 }, () => 0);
  one.forEach((a, i) => other.forEach((b, j) => (sums[i + j] = (sums[i + j] ?? 0) + a * b)));
  return sums;
}
