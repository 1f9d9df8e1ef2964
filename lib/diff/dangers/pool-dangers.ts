import { danger, type Danger } from '#lib/diff/dangers/danger';
import type { Move } from '#lib/diff/moves';
import type { NodePool, Plan } from '#lib/plan/plan';

/** Accelerators that are given back may not be had again; those that one owns stay, whatever is planned with them. */
export function poolDangers(from: Plan, to: Plan, moves: readonly Move[]): Danger[] {
  const isCloud = from.network.region !== null;
  const isRented = isCloud || from.facility === null;
  return from.nodePools
    .filter((pool) => pool.role === 'gpu')
    .flatMap((pool) => {
      const after = to.nodePools.find((other) => other.id === pool.id);
      const isAnew = after !== undefined && isCloud && moves.length === 0 && !isSameGroup(pool, after);
      const isLess = after === undefined || after.shape !== pool.shape || standing(after) < standing(pool);
      const isLost = isRented && ((moves.length > 0 && isCloud) || isAnew || isLess);
      const pair = [described(pool), after === undefined ? 'released' : described(after)] as const;
      const path = `nodePools[${pool.id}]`;
      return [
        ...(isLost ? [danger('capacity-loss', pool.id, pair, path)] : []),
        ...(isAnew ? [danger('replace', pool.id, pair, path)] : []),
      ];
    });
}

/** What a group of nodes of a cloud is made with, and cannot change while it stands. */
function isSameGroup(a: NodePool, b: NodePool): boolean {
  return (
    a.shape === b.shape &&
    capacityOf(a) === capacityOf(b) &&
    a.architecture === b.architecture &&
    a.zones.toSorted().join() === b.zones.toSorted().join()
  );
}

/** A savings plan is a way to pay for nodes on demand, and no other kind of node. */
function capacityOf({ purchase }: NodePool): string {
  return purchase.startsWith('savings-plan') ? 'on-demand' : purchase;
}

/** GPUs that stand whatever the load: what scales away at night is given back every night. */
function standing({ gpusPerNode, nodes }: NodePool): number {
  return gpusPerNode * Math.min(nodes.min, nodes.desired);
}

function described(pool: NodePool): string {
  const { min, desired } = pool.nodes;
  const nodes = min < desired ? `${min} to ${desired}` : String(desired);
  const gpus = pool.gpusPerNode * desired;
  return `${nodes} × ${pool.shape} (${pool.purchase}, ${gpus} ${gpus === 1 ? 'GPU' : 'GPUs'})`;
}
