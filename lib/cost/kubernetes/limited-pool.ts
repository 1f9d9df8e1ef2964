import type { NodeSize } from '#lib/catalog/node-sizes';
import type { PoolOrder } from '#lib/cost/kubernetes/bought-node';
import type { Offer } from '#lib/cost/kubernetes/offers';
import type { PodDemand } from '#lib/cost/kubernetes/pod-demand';
import { cheapestOf, type Asked } from '#lib/cost/kubernetes/pool-choice';
import { amountOf, type PoolLimits } from '#lib/cost/kubernetes/pool-limits';

export interface BoughtWithin {
  readonly order: Omit<PoolOrder, 'pool' | 'gpu'> | null;
  /** Pods that the limits leave without a node. */
  readonly left: readonly Asked[];
}

/** Nodes of one pool as far as its limits go, which later purchases of it share. */
export class LimitedPool {
  private readonly taken = new Map<string, number>();

  private readonly limits: PoolLimits;

  constructor(limits: PoolLimits) {
    this.limits = limits;
  }

  /** As many of the pods as nodes within the limits hold, in their order, and those that are left. */
  buy(offers: readonly Offer[], asked: readonly Asked[], agents: readonly PodDemand[]): BoughtWithin {
    const most = (offer: Offer) => this.mostNodes(offer);
    const whole = cheapestOf(offers, asked, agents, most);
    if (whole !== null) return { order: this.took(whole), left: [] };
    let [fits, tooMany] = [0, asked.reduce((sum, { count }) => sum + count, 0)];
    let order: BoughtWithin['order'] = null;
    while (tooMany - fits > 1) {
      const middle = Math.floor((fits + tooMany) / 2);
      const found = cheapestOf(offers, firstOf(asked, middle), agents, most);
      if (found === null) tooMany = middle;
      else [fits, order] = [middle, found];
    }
    return { order: order === null ? null : this.took(order), left: beyond(asked, fits) };
  }

  private mostNodes({ size }: Offer): number {
    const parts = [...this.limits].map(([name, most]) => {
      const amount = amountOf(name, size);
      return amount === 0 ? Number.POSITIVE_INFINITY : (most - (this.taken.get(name) ?? 0)) / amount;
    });
    return Math.floor(Math.min(Number.POSITIVE_INFINITY, ...parts) + 1e-9);
  }

  private took<T extends { readonly size: NodeSize; readonly nodes: number }>(order: T): T {
    for (const name of this.limits.keys()) {
      this.taken.set(name, (this.taken.get(name) ?? 0) + amountOf(name, order.size) * order.nodes);
    }
    return order;
  }
}

function firstOf(asked: readonly Asked[], pods: number): readonly Asked[] {
  let left = pods;
  return asked.flatMap((each) => {
    const count = Math.min(left, each.count);
    left -= count;
    return count > 0 ? [{ ...each, count }] : [];
  });
}

function beyond(asked: readonly Asked[], pods: number): readonly Asked[] {
  let skipped = pods;
  return asked.flatMap((each) => {
    const without = Math.min(skipped, each.count);
    skipped -= without;
    return each.count > without ? [{ ...each, count: each.count - without }] : [];
  });
}
