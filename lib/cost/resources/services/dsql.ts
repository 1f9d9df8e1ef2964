import type { ResourcePricing } from '#lib/cost/resources/component';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

/** What statements take and what the data takes; a peer in another region bills its own replicated writes. */
const cluster = byUse(['AWS::DSQL::Cluster', 'aws_dsql_cluster'], 'dsql', 'platform', [
  ['work', 'units of work', 'DPU', '1M units'],
  ['storage', 'data kept', 'Storage', 'GB-month'],
]);

const peering = freeOf('joins clusters, which are billed', ['aws_dsql_cluster_peering']);

export const dsql: readonly ResourcePricing[] = [cluster, peering];
