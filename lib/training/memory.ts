import type { ZeroStage } from '#lib/training/zero-stage';
import { OVERHEAD_GIB_PER_GPU } from '#lib/sizing/fit';
import { bytesToGib } from '#lib/units/bytes';
import { activationBytes, logitBytes, type ActivationMode } from '#lib/training/activations';
import type { TrainingLayout } from '#lib/training/setup';
import type { TrainingShape } from '#lib/training/shape';

/** `full` trains every weight; `lora` adapters beside 16-bit weights; `qlora` beside 4-bit ones (NF4). */
export const TUNING_METHODS = ['full', 'lora', 'qlora'] as const;
export type TuningMethod = (typeof TUNING_METHODS)[number];

/**
 * `adam`: mixed precision with an FP32 master. `adam-8bit`: 16-bit weights, both moments in 8 bits. `pure-bf16`: both
 * moments in 16 bits. `paged-adam-8bit`: moments in host memory, and gradients freed as soon as they are applied.
 */
export const OPTIMISERS = ['adam', 'adam-8bit', 'pure-bf16', 'paged-adam-8bit'] as const;
export type Optimiser = (typeof OPTIMISERS)[number];

/** How a run is laid out, as far as its memory depends on it. */
export interface MemoryDemand {
  readonly shape: TrainingShape;
  readonly method: TuningMethod;
  readonly optimiser: Optimiser;
  /** Splits states over the copies. At stage 3 (FSDP) the weights are split too. */
  readonly zero: ZeroStage;
  readonly gpus: number;
  readonly layout: TrainingLayout;
  readonly sequenceTokens: number;
  /** Sequences of one forward pass of one copy. */
  readonly microBatch: number;
  readonly activations: ActivationMode;
  /** The loss is computed on an eighth of the logits at a time. */
  readonly chunksLogits: boolean;
  /** Gradients of all weights are summed in 32 bits, as Megatron does (6 + 12 ÷ copies bytes with its distributed optimiser). */
  readonly sumsIn32Bits: boolean;
  /** Parameters of the adapters; `null` for a full training. */
  readonly adapterParameters: number | null;
  /** Parameters of another model that only runs forward beside it, in 16 bits: a teacher, a reference. */
  readonly frozenParameters: number;
  /** Weights, gradients and states wait in host memory and are gathered to the GPU layer by layer. */
  readonly offloads: boolean;
}

/** GiB on the fullest GPU. */
export interface MemoryNeed {
  readonly weightsGib: number;
  readonly gradientsGib: number;
  readonly optimiserGib: number;
  /** Layers whose split or 4-bit weights are written out for computing, and the embeddings, which stay so. */
  readonly gatheredGib: number;
  readonly activationsGib: number;
  readonly logitsGib: number;
  /** What tensors take: what `torch.cuda.max_memory_allocated` says. */
  readonly allocatedGib: number;
  /** CUDA context, NCCL buffers, fragments. */
  readonly overheadGib: number;
  readonly neededGib: number;
}

interface StateBytes {
  readonly weights: number;
  readonly gradients: number;
  readonly optimiser: number;
}

/** Bytes per trained parameter; `adam` in mixed precision keeps an FP32 master and two moments (Rajbhandari et al., ZeRO). */
const STATE_BYTES: Readonly<Record<Optimiser, StateBytes>> = {
  adam: { weights: 2, gradients: 2, optimiser: 12 },
  'adam-8bit': { weights: 2, gradients: 2, optimiser: 2 },
  'pure-bf16': { weights: 2, gradients: 2, optimiser: 4 },
  'paged-adam-8bit': { weights: 2, gradients: 0, optimiser: 0 },
};
/** NF4: 4 bits and a constant per 64 weights, itself quantised to 0.127 bits a weight (Dettmers et al., QLoRA). */
const NF4_BYTES = 0.5 + 0.127 / 8;
/** The layer in use and the one fetched ahead. */
const GATHERED_LAYERS = 2;

/** Memory of the fullest GPU by part. Formulas: ZeRO (Rajbhandari et al.), activations (Korthikanti et al.). */
export function trainingMemory(demand: MemoryDemand): MemoryNeed {
  const states = demand.method === 'full' ? fullStates(demand) : adapterStates(demand);
  const parts = {
    weightsGib: bytesToGib(demand.offloads ? 0 : states.weights + frozenBytes(demand)),
    gradientsGib: bytesToGib(demand.offloads ? 0 : states.gradients),
    optimiserGib: bytesToGib(demand.offloads ? 0 : states.optimiser),
    gatheredGib: bytesToGib(gatheredBytes(demand)),
    activationsGib: bytesToGib(activationBytes(demand)),
    logitsGib: bytesToGib(logitBytes(demand)),
  };
  const allocatedGib = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return {
    ...parts,
    allocatedGib,
    overheadGib: OVERHEAD_GIB_PER_GPU,
    neededGib: allocatedGib + OVERHEAD_GIB_PER_GPU,
  };
}

/** Copies of the model over which ZeRO splits; context groups hold the same weights and count as copies. */
export function copiesOf({ gpus, layout }: Pick<MemoryDemand, 'gpus' | 'layout'>): number {
  return gpus / (layout.tensor * layout.pipeline);
}

/** Parameters of one GPU before ZeRO: dense ones by tensor and stage, experts by expert group and stage. */
function residentParameters({ shape, layout }: MemoryDemand): { dense: number; experts: number } {
  const experts = shape.experts?.parameters ?? 0;
  return {
    dense: (shape.parameters - experts) / (layout.tensor * layout.pipeline),
    experts: experts / (Math.max(layout.expert, layout.tensor) * layout.pipeline),
  };
}

/** Copies of the experts, of which an expert group holds fewer each: there are fewer copies of them than of the rest. */
function expertCopiesOf({ layout, gpus }: MemoryDemand): number {
  return Math.max(1, gpus / (Math.max(layout.expert, layout.tensor) * layout.pipeline));
}

function fullStates(demand: MemoryDemand): StateBytes {
  const { dense, experts } = residentParameters(demand);
  const expertCopies = expertCopiesOf(demand);
  const states = [
    stateBytes(demand, dense, Math.max(1, copiesOf(demand))),
    stateBytes(demand, experts, expertCopies),
  ];
  const sum = (pick: (state: StateBytes) => number) =>
    states.reduce((total, state) => total + pick(state), 0);
  return {
    weights: sum(({ weights }) => weights),
    gradients: sum(({ gradients }) => gradients),
    optimiser: sum(({ optimiser }) => optimiser),
  };
}

function stateBytes(
  { optimiser, zero, sumsIn32Bits }: MemoryDemand,
  parameters: number,
  copies: number,
): StateBytes {
  const split = (bytes: number, from: ZeroStage) => (parameters * bytes) / (zero >= from ? copies : 1);
  const bytes = STATE_BYTES[optimiser];
  return {
    weights: split(bytes.weights, 3),
    gradients: split(bytes.gradients * (sumsIn32Bits ? 2 : 1), 2),
    optimiser: split(bytes.optimiser, 1),
  };
}

/** A frozen base in 16 or 4 bits (embeddings stay in 16), and adapters with all their states. */
function adapterStates(demand: MemoryDemand): StateBytes {
  const { shape, layout, method, zero } = demand;
  const { dense, experts } = residentParameters(demand);
  const embeddings = shape.embeddingParameters / (layout.tensor * layout.pipeline);
  const perWeight = method === 'qlora' ? NF4_BYTES : 2;
  const base = (dense - embeddings) * perWeight + embeddings * 2;
  const copies = Math.max(1, copiesOf(demand));
  const adapters = (demand.adapterParameters ?? 0) / (layout.tensor * layout.pipeline);
  return {
    weights:
      (base + 2 * adapters) / (zero >= 3 ? copies : 1) +
      (experts * perWeight) / (zero >= 3 ? expertCopiesOf(demand) : 1),
    gradients: (2 * adapters) / (zero >= 2 ? copies : 1),
    optimiser: (STATE_BYTES.adam.optimiser * adapters) / (zero >= 1 ? copies : 1),
  };
}

/** It has no states; it is split as the trained one is. */
function frozenBytes({ frozenParameters, layout, zero, gpus }: MemoryDemand): number {
  const parts = layout.tensor * layout.pipeline;
  return (2 * frozenParameters) / (zero === 3 ? Math.max(gpus, parts) : parts);
}

/** What computing needs beside the split or 4-bit weights: layers and embeddings in 16 bits. */
function gatheredBytes(demand: MemoryDemand): number {
  const { shape, layout, method, zero, offloads, optimiser } = demand;
  const isGathered = offloads || (zero === 3 && copiesOf(demand) > 1);
  const experts = shape.experts?.parameters ?? 0;
  const layer =
    (shape.parameters - shape.embeddingParameters - experts) / shape.layers / layout.tensor +
    experts / shape.layers / Math.max(layout.expert, layout.tensor);
  const embeddings = shape.embeddingParameters / layout.tensor;
  const written = method === 'qlora' ? 2 * layer : 0;
  const fetched = isGathered
    ? GATHERED_LAYERS * layer * (method === 'qlora' ? NF4_BYTES : 2) + 2 * embeddings
    : 0;
  const freedAtOnce = method === 'full' && (offloads || optimiser === 'paged-adam-8bit');
  return written + fetched + (freedAtOnce ? 2 * Math.max(layer, embeddings / 2) : 0);
}
