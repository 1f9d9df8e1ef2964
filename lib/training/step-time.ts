import {
  attentionFlopsPerToken,
  expertFlopsPerToken,
  weightFlopsPerToken,
  type TrainedPart,
} from '#lib/training/flops';
import { sustainedFlops, type TrainingLayout, type TrainingSetup } from '#lib/training/setup';

/** Fitted: shares of a peak, multiples of a traffic and overheads; fudge factors one by one, not hardware facts. */
export const STEP_CONSTANTS = [
  /** Share of the dense peak that multiplications reach, by format. */
  'bf16Share',
  'fp8Share',
  'mxfp8Share',
  'fp4Share',
  /** Share of those that the small matrices of experts reach. */
  'expertShare',
  /** Share of the BF16 peak that attention reaches. */
  'attentionShare',
  /** Times that a token's activations cross the memory: of a layer, of a chosen expert, of the logits. */
  'passes',
  'expertPasses',
  'logitPasses',
  /** Of a micro-batch, on each layer and on each layer of experts. */
  'layerMicroseconds',
  'expertLayerMicroseconds',
  /** Of an optimiser step, on every GPU. */
  'stepMilliseconds',
  /** Share of the pipeline's bubble that interleaving leaves. */
  'bubble',
  /** Shares of communication that nothing hides: tensor and context groups, experts, gathered weights. */
  'tensorExposed',
  'expertExposed',
  'gatherExposed',
  /** Factor by which two years of software sped up everything, and mixtures besides. */
  'denseGain',
  'expertGain',
] as const;
export type StepConstant = (typeof STEP_CONSTANTS)[number];
export type StepConstants = Readonly<Record<StepConstant, number>>;

/** GPU seconds that one token takes, by what they are spent on. */
export interface TokenTime {
  readonly weights: number;
  readonly attention: number;
  readonly memory: number;
  readonly launches: number;
  readonly communication: number;
  /** Multiple of all the above: stages of a pipeline that wait for the first micro-batch. */
  readonly bubble: number;
  /** What an optimiser step takes beside its tokens. */
  readonly step: number;
}

/** GB/s of one GPU to others outside its scale-up domain: a 400 Gbit/s port each. */
const NETWORK_GB_PER_SECOND = 50;
/** Forward and backward each send a token's activations to its experts and back. */
const EXCHANGES = 4;
/** Forward and backward of a layer each reduce twice under tensor parallelism. */
const REDUCTIONS = 4;
/** Keys and values go round a context group forward, and backward with their gradients. */
const ROUNDS = 3;
/** Per parameter: weights gathered forward and backward, and gradients scattered, 2 bytes each. */
const GATHERED_BYTES: Readonly<Record<TrainedPart, number>> = { full: 6, adapters: 4 };
const BYTES_PER_ACTIVATION = 2;
/** Full recomputation does the forward pass twice: 8 of 6 FLOPs. */
const RECOMPUTED = 4 / 3;
/** January 2026, from which the gains of software count, in months since January 2024. */
const REFERENCE_MONTH = 24;

/** GPU seconds per token by part; `null` where the accelerator has no unit for the format. */
export function tokenTime(setup: TrainingSetup, constants: StepConstants): TokenTime | null {
  const { shape, accelerator, precision, part, sequenceTokens, microBatch, globalBatch } = setup;
  const peak = sustainedFlops(accelerator, precision);
  if (peak === null) return null;
  const recompute = setup.recomputes ? RECOMPUTED : 1;
  const gain = constants.denseGain * (shape.experts === null ? 1 : constants.expertGain);
  const aged = gain ** ((REFERENCE_MONTH - setup.softwareMonth) / 24);
  const layout = layoutOf(setup);
  const bytes = BYTES_PER_ACTIVATION * shape.hidden * recompute;
  const routedBytes = (shape.experts?.layers ?? 0) * (shape.experts?.topK ?? 0) * bytes;
  const flops =
    weightFlopsPerToken(shape, part) + expertFlopsPerToken(shape, part) * (1 / constants.expertShare - 1);
  const traffic =
    constants.passes * shape.layers * bytes +
    constants.expertPasses * routedBytes +
    constants.logitPasses * shape.vocabulary * BYTES_PER_ACTIVATION;
  const launchSeconds =
    constants.layerMicroseconds * 1e-6 * shape.layers +
    aged * constants.expertLayerMicroseconds * 1e-6 * (shape.experts?.layers ?? 0);
  return {
    weights: (aged * recompute * flops) / (peak * constants[`${precision}Share`]),
    attention:
      (aged * recompute * attentionFlopsPerToken(shape, sequenceTokens)) /
      (accelerator.denseTflops.bf16 * 1e12 * constants.attentionShare),
    memory: (aged * traffic) / (accelerator.bandwidthGbPerSecond * 1e9),
    launches: (launchSeconds * layout.tensor * layout.context) / (microBatch * sequenceTokens),
    communication: aged * communicationTime(setup, layout, { bytes, routedBytes }, constants),
    bubble: 1 + constants.bubble * bubbleShare(setup, layout),
    step:
      globalBatch === null
        ? 0
        : (constants.stepMilliseconds * 1e-3 * setup.gpus) / (globalBatch * sequenceTokens),
  };
}

export function secondsPerToken(time: TokenTime): number {
  const { weights, attention, memory, launches, communication, bubble, step } = time;
  return (weights + attention + memory + launches + communication) * bubble + step;
}

function communicationTime(
  setup: TrainingSetup,
  { tensor, context, expert }: TrainingLayout,
  perToken: { readonly bytes: number; readonly routedBytes: number },
  { tensorExposed, expertExposed, gatherExposed }: StepConstants,
): number {
  const { shape, accelerator, gpus, microBatch, sequenceTokens } = setup;
  const { gbPerSecond, domain } = accelerator.link;
  const link = (members: number) =>
    1e9 * (members <= domain ? gbPerSecond : Math.min(gbPerSecond, NETWORK_GB_PER_SECOND));
  // Every GPU of a tensor group moves the activations of every token of the group.
  const reduced = REDUCTIONS * shape.layers * perToken.bytes * (tensor - 1);
  const passedOn = ROUNDS * BYTES_PER_ACTIVATION * attending(shape) * shape.keyValueWidth * (context - 1);
  // A token goes once to each GPU that holds one of its experts.
  const topK = shape.experts?.topK ?? 1;
  const sent = (EXCHANGES * perToken.routedBytes * Math.min(topK, expert) * (1 - 1 / expert)) / topK;
  // Once a micro-batch, and by every GPU that shares its sequences.
  const gathered = setup.shardsWeights
    ? (GATHERED_BYTES[setup.part] * shape.parameters * context) / (microBatch * sequenceTokens)
    : 0;
  return (
    (tensorExposed * reduced) / link(tensor) +
    (tensorExposed * passedOn) / link(tensor * context) +
    (expertExposed * sent) / link(expert) +
    (gatherExposed * gathered) / link(gpus)
  );
}

function attending({ fullLayers, windowLayers }: TrainingSetup['shape']): number {
  return fullLayers + windowLayers;
}

/** Stages that wait, over the micro-batches of each copy: `(stages − 1) ÷ micro-batches`. */
function bubbleShare({ globalBatch, gpus, microBatch }: TrainingSetup, layout: TrainingLayout): number {
  if (globalBatch === null || layout.pipeline === 1) return 0;
  const copies = gpus / (layout.tensor * layout.pipeline * layout.context);
  return (layout.pipeline - 1) / Math.max(1, globalBatch / (copies * microBatch));
}

/** Where no layout is said, GPUs beyond one a sequence split the matrices. */
function layoutOf({ layout, globalBatch, gpus, microBatch }: TrainingSetup): TrainingLayout {
  if (layout !== null) return layout;
  const tensor = globalBatch === null ? 1 : Math.max(1, (gpus * microBatch) / globalBatch);
  return { tensor, pipeline: 1, context: 1, expert: 1 };
}
