import type { PriceBook } from '#lib/catalog/prices';
import type { ReplicaFailures } from '#lib/sizing/failure-domains';

/** Accelerators of the servers whose failures `replica.node-failure-share` was counted on. */
const COUNTED_GPUS = 8;

/** What is not known of nodes larger than those servers: a rack that is one node. */
export function largeNodeNotes(shape: string, gpus: number, replicasPerNode: number): string[] {
  return gpus <= COUNTED_GPUS || replicasPerNode < 2
    ? []
    : [
        `replicas share ${shape} with ${gpus} accelerators: how often all of it fails is taken from servers of ${COUNTED_GPUS} (replica.node-failure-share), as nobody publishes it for racks`,
      ];
}

/** How often serving replicas fail, for how long, and how often their node fails with them: the catalog's assumptions. */
export function replicaFailures(prices: PriceBook): ReplicaFailures {
  return {
    mtbfHours: prices.assumption('replica.mtbf-hours').base,
    mttrHours: prices.assumption('replica.mttr-hours').base,
    nodeShare: prices.assumption('replica.node-failure-share').base,
  };
}
