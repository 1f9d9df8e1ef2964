import type { ServingDemand } from '#lib/sizing/sizing';
import type { ReplicaShape } from '#lib/sizing/features';

const TENSOR_DEGREES = [1, 2, 4, 8, 16, 32, 64];
/** Nodes of one replica, at most: pipelines beyond it answer too late to be useful. */
const MAX_STAGES = 16;

/** Tensor degrees that one node and its links allow and the attention heads divide by, ascending. */
export function tensorDegrees(demand: ServingDemand): readonly number[] {
  const { model, accelerator, gpusPerNode, tensorParallel } = demand;
  const widest = Math.min(gpusPerNode, Math.max(1, accelerator.link.domain));
  const degrees = tensorParallel === undefined ? TENSOR_DEGREES : [tensorParallel];
  return degrees.filter((degree) => degree <= widest && model.heads % degree === 0);
}

/**
 * Ways to lay a replica over GPUs, small first. Pipelines over nodes come into play only where no degree within a node
 * fits. Latent attention also gets attention data parallelism, which keeps its cache single.
 *
 * @param stagesMore - Longer pipelines that are given too where nothing narrower than a whole node fits: the fewest stages
 * that hold a model may leave little room for its cache
 */
export function replicaShapes(
  demand: ServingDemand,
  fits: (shape: ReplicaShape) => boolean,
  stagesMore = 0,
): readonly ReplicaShape[] {
  const degrees = tensorDegrees(demand);
  const widest = degrees.at(-1);
  if (widest === undefined) return [];
  const within = degrees.flatMap((tensor) => layouts(demand, tensor, 1)).filter(fits);
  // Slices reach each other through the host alone: no replica is spread over them.
  if (demand.accelerator.sliceOf !== undefined) return within;
  if (within.some(({ tensor }) => tensor < widest)) return within;
  const across = (stages: number) => layouts(demand, widest, stages).filter(fits);
  const most = Math.min(MAX_STAGES, demand.model.layers);
  for (let stages = 1; stages <= most; stages += 1) {
    const fewest = stages === 1 ? within : across(stages);
    if (fewest.length === 0) continue;
    const longer = Array.from(
      { length: Math.min(stagesMore, most - stages) },
      (_, more) => stages + 1 + more,
    );
    return [...fewest, ...longer.flatMap(across)];
  }
  return [];
}

/** GPUs split into whole nodes: a pipeline stage never shares a node with another. */
export function nodesOf(shape: ReplicaShape): number {
  return shape.pipeline;
}

/** Experts are spread over the tensor group where they divide evenly. */
export function expertDegree(demand: ServingDemand, shape: ReplicaShape): number {
  const experts = demand.model.moe?.experts ?? 0;
  return experts > 0 && experts % shape.tensor === 0 ? shape.tensor : 1;
}

function layouts(demand: ServingDemand, tensor: number, pipeline: number): ReplicaShape[] {
  const plain = { tensor, pipeline, attentionData: 1 };
  if (demand.model.mla === null || tensor === 1) return [plain];
  return [plain, { ...plain, attentionData: tensor }];
}
