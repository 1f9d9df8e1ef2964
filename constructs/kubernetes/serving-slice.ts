import { LandfallError } from '#lib/errors/landfall-error';
import type { ClusterPlan, NodePool, Plan, ScalingPlan, ServingPlan } from '#lib/plan/plan';

/** The part of a plan that a model server on Kubernetes is transcribed from. */
export interface ServingSlice {
  readonly environment: string;
  readonly option: string;
  readonly cluster: ClusterPlan;
  readonly serving: ServingPlan;
  /** Nodes that the pods run on. */
  readonly nodePool: NodePool;
  /** How replicas come and go. @default - they all stand, or use the room that their nodes have */
  readonly scaling?: ScalingPlan;
}

/**
 * Takes the slice out of a plan.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where the plan has no model server, or an engine that cannot span nodes does
 */
export function servingSlice(plan: Plan): ServingSlice {
  const { cluster, serving } = plan;
  if (cluster === null || serving === null) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `options.${plan.option}`,
      got: `target ${plan.target}`,
      expected: 'a plan with a model server on Kubernetes',
      fix: 'choose an option whose target leaves serving to you',
    });
  }
  for (const fleet of [serving, serving.prompts]) {
    if (fleet !== undefined && fleet.nodesPerReplica > 1 && fleet.launch.workerArgs === undefined) {
      throw new LandfallError({
        code: 'NOT_SYNTHESIZABLE',
        at: `options.${plan.option}.serving`,
        got: `a replica of ${serving.engine} on ${fleet.nodesPerReplica} nodes`,
        expected: `a replica that fits one node, or an engine that spans several: ${serving.engine} does not`,
        fix: 'choose engine vllm, a smaller weight format or a node with more GPU memory',
      });
    }
  }
  const nodePool = plan.nodePools.find(({ id }) => id === serving.nodePool);
  if (nodePool === undefined) throw new Error(`the plan has no node pool ${serving.nodePool}`);
  return {
    environment: plan.environment,
    option: plan.option,
    cluster,
    serving,
    nodePool,
    ...(plan.scaling === undefined ? {} : { scaling: plan.scaling }),
  };
}
