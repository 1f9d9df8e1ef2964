import type { PriceBook } from '#lib/catalog/prices';
import type { ReplicaFailures } from '#lib/sizing/failure-domains';

/** How often serving replicas fail, for how long, and how often their node fails with them: the catalog's assumptions. */
export function replicaFailures(prices: PriceBook): ReplicaFailures {
  return {
    mtbfHours: prices.assumption('replica.mtbf-hours').base,
    mttrHours: prices.assumption('replica.mttr-hours').base,
    nodeShare: prices.assumption('replica.node-failure-share').base,
  };
}
