import { memoryGib } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { ReplicaShape } from '#lib/sizing/features';
import { usableGib } from '#lib/sizing/fit';
import type { ServingDemand } from '#lib/sizing/sizing';
import { stepTokensThatFit } from '#lib/sizing/step-tokens';
import { exactly, mapBand, scaleBand, type Band } from '#lib/units/band';
import { bytesToGib } from '#lib/units/bytes';

/** What an engine takes of each GPU whatever it serves, GiB. */
export interface EngineMemory {
  /** CUDA context and libraries (0.35 in start-up logs), captured graphs (0.7). */
  readonly fixedGib: number;
  /** Buffers of the exchange with each GPU of a tensor group, the own included; nothing where there is one. */
  readonly exchangeGib: number;
  /**
   * Vectors of the model's width that the kernels of a mixture hold of a token for each of its experts: what goes in and
   * comes out of both products, in the formats between, padded to whole tiles.
   */
  readonly routedVectors: Band;
  /** What a release keeps of each GPU because loading a mixture once took it. @default - nothing: later releases */
  readonly loadingGib?: Band;
}

/**
 * The assumptions `engine.memory-gib` and `engine.routed-vectors`; and `non_torch_memory` of 2.10 GiB over eight A100,
 * 0.25 over two RTX 4090 (vLLM's start-up logs).
 */
export const USUAL_ENGINE_MEMORY: EngineMemory = {
  fixedGib: 1.05,
  exchangeGib: 0.26,
  routedVectors: { low: 6, base: 8, high: 13 },
};

const ACTIVATION_BYTES = 2;
/** Logits of a sequence in 32 bits, and the copy that sampling sorts. */
const LOGIT_BYTES = 2 * 4;

/** GiB of one GPU for everything but weights, cache and sequences, by what takes them. */
export interface Overhead extends Pick<EngineMemory, 'fixedGib' | 'exchangeGib'> {
  readonly activationsGib: number;
  /** What the kernels of a mixture work in; exactly nothing for a dense model. */
  readonly workspaceGib: Band;
  /** What loading took and the release counts as if each step did; exactly nothing with later ones. */
  readonly loadingGib: Band;
  /** Tokens of a step that the activations are reserved for. */
  readonly budgetTokens: number;
}

/**
 * The overhead of a layout whose GPUs hold `weightsGib` and `longestGib` each. The tokens of a step are those that were
 * asked for, else the engine's own, or fewer where those leave too little.
 */
export function overheadOf(
  demand: ServingDemand,
  shape: ReplicaShape,
  held: { readonly weightsGib: number; readonly longestGib: number },
): Overhead {
  const { model, accelerator, memoryShare, techniques, engineMemory = USUAL_ENGINE_MEMORY } = demand;
  const activations = bytesToGib(activationBytesPerToken(model, shape) + gatheredBytesPerToken(model, shape));
  const workspace = mapBand(workspaceBytesPerToken(model, engineMemory), bytesToGib);
  const fixedGib = engineMemory.fixedGib;
  const loadingGib = model.moe === null ? exactly(0) : (engineMemory.loadingGib ?? exactly(0));
  const exchangeGib = shape.tensor === 1 ? 0 : engineMemory.exchangeGib * shape.tensor;
  const budgetTokens =
    techniques?.prefillBudgetTokens ??
    stepTokensThatFit({
      engine: demand.calibration,
      accelerator,
      memoryShare,
      gibPerToken: { base: activations + workspace.base, high: activations + workspace.high },
      leftGib:
        usableGib(accelerator, memoryShare) -
        (fixedGib + exchangeGib + loadingGib.high + held.weightsGib + held.longestGib),
    });
  return {
    fixedGib,
    exchangeGib,
    activationsGib: budgetTokens * activations,
    workspaceGib: scaleBand(workspace, budgetTokens),
    loadingGib,
    budgetTokens,
  };
}

export function overheadGib({
  fixedGib,
  exchangeGib,
  activationsGib,
  workspaceGib,
  loadingGib,
}: Overhead): number {
  return fixedGib + exchangeGib + activationsGib + workspaceGib.base + loadingGib.base;
}

/** GiB of one GPU by which the overhead may be larger than `overheadGib` says. */
export function overheadDoubtGib({ workspaceGib, loadingGib }: Overhead): number {
  return workspaceGib.high - workspaceGib.base + loadingGib.high - loadingGib.base;
}

/**
 * Activations that one token of a step holds at its widest: `(2 × hidden + 3 × feed-forward ÷ T) × 2 bytes`: the residual
 * stream and its copy; gate, up and product of the widest layer.
 */
function activationBytesPerToken({ hidden, ffn, moe }: Model, { tensor }: ReplicaShape): number {
  const routed = moe === null ? 0 : moe.topK * moe.expertFfn;
  const wide = Math.max(ffn ?? (moe === null ? 4 * hidden : 0), routed) / tensor;
  return (2 * hidden + 3 * wide) * ACTIVATION_BYTES;
}

/**
 * Tokens of all groups that every GPU gathers from other nodes, and what the experts make of them, for each token of its own
 * step: `groups × hidden × 2 × 2 bytes`. Within a node the workspace below was seen to hold them.
 */
function gatheredBytesPerToken({ hidden }: Model, { attentionData, stageNodes = 1 }: ReplicaShape): number {
  return stageNodes === 1 ? 0 : attentionData * hidden * 2 * ACTIVATION_BYTES;
}

/** `routed vectors × experts a token × hidden × 2 bytes`; no GPU of a group is spared a token, so it is not split. */
function workspaceBytesPerToken({ hidden, moe }: Model, { routedVectors }: EngineMemory): Band {
  if (moe === null) return exactly(0);
  return scaleBand(routedVectors, moe.topK * hidden * ACTIVATION_BYTES);
}

/** Bytes of a replica that each running sequence takes beside cache and state: its logits, on every GPU. */
export function logitBytesPerSequence({ vocabulary }: Model, { tensor }: ReplicaShape): number {
  return vocabulary * LOGIT_BYTES * tensor;
}

/**
 * GiB of one GPU that are left for the cache, by what the engine's share means: vLLM's covers everything, SGLang's
 * weights and cache alone (`mem_fraction_static`), TensorRT-LLM's what is free once the rest is loaded
 * (`free_gpu_memory_fraction`).
 */
export function cacheGibPerGpu(
  {
    accelerator,
    memoryShare,
    calibration,
  }: Pick<ServingDemand, 'accelerator' | 'memoryShare' | 'calibration'>,
  weightsGib: number,
  overhead: number,
): number {
  const total = memoryGib(accelerator);
  const usable = usableGib(accelerator, memoryShare);
  if (calibration === 'vllm') return usable - overhead - weightsGib;
  if (calibration === 'sglang') return Math.min(usable, total - overhead) - weightsGib;
  return memoryShare * (total - overhead - weightsGib);
}
