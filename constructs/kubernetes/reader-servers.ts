import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { disruptionBudgets } from '#constructs/kubernetes/model-server/disruption-budget';
import type { FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';
import { fleetPolicy, service } from '#constructs/kubernetes/model-server/network';
import { workload } from '#constructs/kubernetes/model-server/workload';
import { fleetOfReader } from '#lib/plan/serving/fleets';
import type { Plan } from '#lib/plan/plan';
import type { ReaderPlan } from '#lib/plan/retrieval/reader-plan';

/** Names of the Deployments and of everything that belongs to them. Changing one replaces deployed resources. */
const NAMES = { embedding: 'embedding-server', reranker: 'reranker' } as const;

/**
 * Servers of the embedding model and of the reranker that a plan runs itself, in the namespace of the model server and
 * under its account: the model server's objects come before. Nothing where the provider runs them.
 */
export function readerServers(plan: Plan): readonly KubernetesObject[] {
  const { retrieval } = plan;
  if (retrieval === null) return [];
  return [
    ...serverOf(plan, retrieval.embedding, NAMES.embedding),
    ...serverOf(plan, retrieval.reranker, NAMES.reranker),
  ];
}

function serverOf(plan: Plan, reader: ReaderPlan | null, name: string): readonly KubernetesObject[] {
  const slice = readerSlice(plan, reader, name);
  if (slice === null) return [];
  return [fleetPolicy(slice), workload(slice, { on: 'node' }), service(slice), ...disruptionBudgets(slice)];
}

function readerSlice(plan: Plan, reader: ReaderPlan | null, name: string): FleetSlice | null {
  const { cluster, environment, option } = plan;
  if (reader === null || cluster === null) return null;
  const serving = fleetOfReader(plan, reader);
  if (serving === null) return null;
  const nodePool = plan.nodePools.find(({ id }) => id === serving.nodePool);
  if (nodePool === undefined) throw new Error(`the plan has no node pool ${serving.nodePool}`);
  return { environment, option, cluster, serving, nodePool, name, fleetLabels: {} };
}
