import { gpusPerHost } from '#lib/catalog/accelerators';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { ReplicaShape } from '#lib/sizing/features';

const TENSOR_DEGREES = [1, 2, 4, 8, 16, 32, 64];
/** Nodes of one replica, at most: pipelines beyond it answer too late to be useful. */
const MAX_STAGES = 16;
/** Nodes that are tried for each that a model needs. */
const NODES_PER_NEEDED = 2;

/** Tensor degrees that one node and its links allow and the attention heads divide by, ascending. */
export function tensorDegrees(demand: ServingDemand): readonly number[] {
  const { tensorParallel } = demand;
  const degrees = degreesOfNode(demand);
  return tensorParallel === undefined ? degrees : degrees.filter((degree) => degree === tensorParallel);
}

/** True where a layout has the degree that is asked for: within a node, or of groups over several. */
export function hasDegree(demand: ServingDemand): boolean {
  const { tensorParallel = 0, gpusPerNode } = demand;
  return tensorDegrees(demand).length > 0 || groupsOver(demand, tensorParallel / gpusPerNode).length > 0;
}

/** Those of a demand that pins none. */
function degreesOfNode({
  model,
  accelerator,
  gpusPerNode,
  mixturesTakeNodes = false,
  mostNodesPerReplica = Number.POSITIVE_INFINITY,
}: ServingDemand): readonly number[] {
  const host = gpusPerHost(accelerator, gpusPerNode);
  const widest = Math.min(gpusPerNode, Math.max(1, accelerator.link.domain), host * mostNodesPerReplica);
  const least = mixturesTakeNodes && model.moe !== null ? gpusPerNode : 1;
  return TENSOR_DEGREES.filter(
    (degree) =>
      degree >= least &&
      degree <= widest &&
      model.heads % degree === 0 &&
      // Each host of a replica gives all of its own.
      (degree <= host || degree % host === 0),
  );
}

/**
 * Ways to lay a replica over GPUs, small first. Pipelines over nodes come into play only where nothing narrower than a whole
 * node holds the model, and then up to twice as long as they must be: the fewest stages may leave little room for the
 * cache. Latent attention also gets attention data parallelism, which keeps its cache single, as far as the engine has it:
 * within a node, and where nodes are joined over all of them.
 */
export function replicaShapes(
  demand: ServingDemand,
  fits: (shape: ReplicaShape) => boolean,
): readonly ReplicaShape[] {
  const within = tensorDegrees(demand)
    .flatMap((tensor) => layouts(demand, tensor, 1))
    .filter(fits);
  if (within.length > 0 && !takesAWholeNode(demand, fits)) return within;
  const widest = tensorDegrees(demand).at(-1);
  const pipelines = (stages: number) => (widest === undefined ? [] : layouts(demand, widest, stages));
  const joined = [pipelines, (nodes: number) => groupsOver(demand, nodes)].flatMap((ways) =>
    fromFewest(mostNodes(demand), within.length > 0 ? 1 : 2, (nodes) => ways(nodes).filter(fits)),
  );
  return [...within, ...joined];
}

/**
 * Pipelines over nodes, short first, beyond those that {@link replicaShapes} found to hold: each gives its accelerators
 * more cache. Of nodes of one, or whose accelerators do not all reach each other, only where some must be joined anyway.
 */
export function longerPipelines(
  demand: ServingDemand,
  held: readonly ReplicaShape[],
): readonly ReplicaShape[] {
  const { gpusPerNode, tensorParallel } = demand;
  const widest = degreesOfNode(demand).at(-1);
  if (widest === undefined || (tensorParallel ?? widest) !== widest) return [];
  const isJoined = held.some(({ pipeline }) => pipeline > 1);
  if (!isJoined && (gpusPerNode === 1 || widest < gpusPerNode)) return [];
  const keys = new Set(held.map(({ pipeline, attentionData }) => `${pipeline}/${attentionData}`));
  return Array.from({ length: Math.max(0, mostNodes(demand) - 1) }, (_, more) =>
    layouts(demand, widest, 2 + more),
  )
    .flat()
    .filter(({ pipeline, attentionData }) => !keys.has(`${pipeline}/${attentionData}`));
}

/** Those over the fewest nodes that hold the model, and over more, up to twice as many. One node is not among them. */
function fromFewest(
  most: number,
  least: number,
  over: (nodes: number) => readonly ReplicaShape[],
): readonly ReplicaShape[] {
  for (let fewest = least; fewest <= most; fewest += 1) {
    if (fewest > 1 && over(fewest).length === 0) continue;
    const longest = Math.min(most, NODES_PER_NEEDED * fewest);
    const from = Math.max(2, fewest);
    return Array.from({ length: Math.max(0, longest - from + 1) }, (_, more) => over(from + more)).flat();
  }
  return [];
}

/**
 * Latent attention in groups of one GPU each, with the experts spread over all of them. They divide evenly, as each GPU
 * then owns whole ones; what lies between nodes is in each step, so that it must be known.
 */
function groupsOver(demand: ServingDemand, nodes: number): readonly ReplicaShape[] {
  const { model, gpusPerNode, accelerator, tensorParallel, fabric, attentionData = 'any' } = demand;
  const tensor = nodes * gpusPerNode;
  if (!Number.isInteger(nodes) || nodes < 2 || nodes > mostNodes(demand)) return [];
  const { mostGroupedGpus = Number.POSITIVE_INFINITY } = demand;
  const isOffered = fabric !== undefined && (attentionData === 'nodes' || attentionData === 'any');
  if (!isOffered || model.mla === null || tensor > mostGroupedGpus) return [];
  // A link between all GPUs of a node: over the host's bus every exchange would share one way out.
  if (Math.min(gpusPerNode, Math.max(1, accelerator.link.domain)) < gpusPerNode) return [];
  if (tensorParallel !== undefined && tensorParallel !== tensor) return [];
  const shape = { tensor, pipeline: 1, attentionData: tensor, stageNodes: nodes };
  return expertDegree(demand, shape) === tensor ? [shape] : [];
}

function mostNodes({ accelerator, model, mostNodesPerReplica }: ServingDemand): number {
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
export function nodesOf({ pipeline, stageNodes = 1 }: ReplicaShape): number {
  return pipeline * stageNodes;
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
  { model, accelerator, gpusPerNode, attentionData = 'any', mostGroupedGpus }: ServingDemand,
  tensor: number,
  pipeline: number,
): boolean {
  if (model.mla === null || tensor === 1 || attentionData === 'none') return false;
  if (tensor > (mostGroupedGpus ?? tensor)) return false;
  if (attentionData === 'any') return true;
  if (attentionData === 'one-node' && tensor > gpusPerHost(accelerator, gpusPerNode)) return false;
  return pipeline === 1 && (attentionData !== 'whole-node' || tensor === gpusPerNode);
}
