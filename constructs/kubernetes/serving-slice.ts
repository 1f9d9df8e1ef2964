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
 * @throws LandfallError NOT_SYNTHESIZABLE where the plan has no model server, one that spans nodes, two fleets, or slices
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
  if (serving.nodesPerReplica > 1) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `options.${plan.option}.serving`,
      got: `a replica on ${serving.nodesPerReplica} nodes`,
      expected: 'a replica that fits one node',
      fix: 'choose a smaller weight format or a node with more GPU memory',
    });
  }
  if (serving.promptReplicas !== undefined) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `options.${plan.option}.serving.disaggregation`,
      got: `a fleet for prompts and one for answers`,
      expected: 'one fleet: two are sized and compared, and the router between them is not written yet',
      fix: 'leave out `serving.disaggregation`',
    });
  }
  const nodePool = plan.nodePools.find(({ id }) => id === serving.nodePool);
  if (nodePool === undefined) throw new Error(`the plan has no node pool ${serving.nodePool}`);
  if (nodePool.slices !== undefined) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `options.${plan.option}.serving.slice`,
      got: `slices ${nodePool.slices.profile}`,
      expected:
        'replicas on whole accelerators: slices are sized and compared, and their partitioning is not written yet',
      fix: 'leave out `serving.slice`, or cut the accelerators yourself with the MIG manager of the GPU operator',
    });
  }
  return {
    environment: plan.environment,
    option: plan.option,
    cluster,
    serving,
    nodePool,
    ...(plan.scaling === undefined ? {} : { scaling: plan.scaling }),
  };
}
