import type { ServingDemand } from '#lib/sizing/sizing';
import type { ReplicaShape } from '#lib/sizing/features';

const TENSOR_DEGREES = [1, 2, 4, 8, 16, 32, 64];
/** Nodes of one replica, at most: pipelines beyond it answer too late to be useful. */
const MAX_STAGES = 16;
/** Stages that are tried for each that a model needs. */
const STAGES_PER_NEEDED = 2;

/** Tensor degrees that one node and its links allow and the attention heads divide by, ascending. */
export function tensorDegrees(demand: ServingDemand): readonly number[] {
  const { tensorParallel } = demand;
  const degrees = degreesOfNode(demand);
  return tensorParallel === undefined ? degrees : degrees.filter((degree) => degree === tensorParallel);
}

/** Those of a demand that pins none. */
function degreesOfNode({
  model,
  accelerator,
  gpusPerNode,
  mixturesTakeNodes = false,
}: ServingDemand): readonly number[] {
  const widest = Math.min(gpusPerNode, Math.max(1, accelerator.link.domain));
  const least = mixturesTakeNodes && model.moe !== null ? gpusPerNode : 1;
  return TENSOR_DEGREES.filter((degree) => degree >= least && degree <= widest && model.heads % degree === 0);
}

/**
 * Ways to lay a replica over GPUs, small first. Pipelines over nodes come into play only where nothing narrower than a whole
 * node holds the model, and then up to twice as long as they must be: the fewest stages may leave little room for the
 * cache. Latent attention also gets attention data parallelism, which keeps its cache single, as far as the engine has it.
 */
export function replicaShapes(
  demand: ServingDemand,
  fits: (shape: ReplicaShape) => boolean,
): readonly ReplicaShape[] {
  const degrees = tensorDegrees(demand);
  const widest = degrees.at(-1);
  if (widest === undefined) return [];
  const within = degrees.flatMap((tensor) => layouts(demand, tensor, 1)).filter(fits);
  if (within.length > 0 && !takesAWholeNode(demand, fits)) return within;
  const across = (stages: number) => layouts(demand, widest, stages).filter(fits);
  const most = mostStages(demand);
  for (let fewest = 1; fewest <= most; fewest += 1) {
    const shortest = fewest === 1 ? within : across(fewest);
    if (shortest.length === 0) continue;
    const longest = Math.min(most, STAGES_PER_NEEDED * fewest);
    const longer = Array.from({ length: longest - fewest }, (_, more) => across(fewest + 1 + more));
    return [...shortest, ...longer.flat()];
  }
  return [];
}

function mostStages({ accelerator, model, mostNodesPerReplica }: ServingDemand): number {
  // Slices reach each other through the host alone: no replica is spread over them.
  if (accelerator.sliceOf !== undefined) return 1;
  return Math.min(MAX_STAGES, model.layers, mostNodesPerReplica ?? MAX_STAGES);
}

/**
 * True where no narrower degree fits. A stage takes a whole node, so nodes are joined for the sake of their cache only where
 * it uses all of one; those of one GPU are not.
 */
function takesAWholeNode(demand: ServingDemand, fits: (shape: ReplicaShape) => boolean): boolean {
  const { gpusPerNode, tensorParallel = gpusPerNode } = demand;
  const degrees = degreesOfNode(demand);
  if (gpusPerNode === 1 || degrees.at(-1) !== gpusPerNode || tensorParallel < gpusPerNode) return false;
  return degrees.every((tensor) => tensor === gpusPerNode || !layouts(demand, tensor, 1).some(fits));
}

/** GPUs split into whole nodes: a pipeline stage never shares a node with another. */
export function nodesOf(shape: ReplicaShape): number {
  return shape.pipeline;
}

/** Experts are spread over the tensor group where they divide evenly and the engine spreads any. */
export function expertDegree(demand: ServingDemand, shape: ReplicaShape): number {
  const experts = demand.model.moe?.experts ?? 0;
  const isSpread = demand.spreadsExperts !== false && experts > 0 && experts % shape.tensor === 0;
  return isSpread ? shape.tensor : 1;
}

function layouts(demand: ServingDemand, tensor: number, pipeline: number): ReplicaShape[] {
  const plain = { tensor, pipeline, attentionData: 1 };
  return isAttentionGrouped(demand, tensor, pipeline)
    ? [plain, { ...plain, attentionData: tensor }]
    : [plain];
}

function isAttentionGrouped(
  { model, gpusPerNode, attentionData = 'any' }: ServingDemand,
  tensor: number,
  pipeline: number,
): boolean {
  if (model.mla === null || tensor === 1 || attentionData === 'none') return false;
  if (attentionData === 'any') return true;
  return pipeline === 1 && (attentionData === 'one-node' || tensor === gpusPerNode);
}
