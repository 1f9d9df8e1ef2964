/** The clusters that are asked: the one that serves, and the one that makes it of racked servers. */
export type ClusterRole = 'workload' | 'management';

/** Ids of the requirements that everything else of a cluster hangs on. */
export const CLUSTER = {
  workload: 'cluster.workload',
  management: 'cluster.management',
} as const satisfies Record<ClusterRole, string>;
