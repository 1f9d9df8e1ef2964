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
 * Ways to lay a replica over GPUs, small first. Pipelines over nodes come into play only when `fitsOneNode` says that
 * no degree within a node does. Latent attention also gets attention data parallelism, which keeps its cache single.
 */
export function replicaShapes(
  demand: ServingDemand,
  fits: (shape: ReplicaShape) => boolean,
): readonly ReplicaShape[] {
  const degrees = tensorDegrees(demand);
  const within = degrees.flatMap((tensor) => layouts(demand, tensor, 1)).filter(fits);
  if (within.length > 0) return within;
  // Slices reach each other through the host alone: no replica is spread over them.
  if (demand.accelerator.sliceOf !== undefined) return [];
  const tensor = degrees.at(-1);
  if (tensor === undefined) return [];
  for (let stages = 2; stages <= Math.min(MAX_STAGES, demand.model.layers); stages += 1) {
    const across = layouts(demand, tensor, stages).filter(fits);
    if (across.length > 0) return across;
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
