import type { KernelConstants } from '#lib/catalog/calibration';
import type { Cycle } from '#lib/sizing/kernels/cycle';
import {
  firstTokenOf,
  secondsOf,
  type FirstToken,
  type FirstTokenInput,
} from '#lib/sizing/kernels/first-token';
import type { KernelLayout, StepKernels } from '#lib/sizing/kernels/step-kernels';

const MICROSECOND = 1e-6;
/** Multiple of bytes over bandwidth that norms, activations, conversions and copies take, in kernels of their own. */
const ELEMENTWISE_FACTOR = 4;
/** A request's own prefill is at most this share of its cycle. */
const MOST_OWN_SHARE = 0.9;

/** What is switched on beyond the plain engine makes of a step, by the roofline. */
export interface StepFactors {
  /** On a decode step per token that a sequence gains, and on a prompt's prefill. */
  readonly decode: number;
  readonly prefill: number;
  /** On attention, where a step verifies several tokens of a sequence: its cache is read once. */
  readonly attention: number;
  /** What comes beside the verified step (drafting, adapters, host), as a share of the plain one. */
  readonly beside: number;
  readonly tokensPerStep: number;
}

/** What a replica does under a cycle, by measured kernels. Times are of all pipeline stages together. */
export interface KernelPoint {
  readonly tokensPerSecond: number;
  readonly tpotSeconds: number;
  readonly ttftSeconds: number;
  /** What `ttftSeconds` is made of. */
  readonly firstToken: FirstToken;
  /** One step of all running sequences, and one that computes prompts besides. */
  readonly decodeSeconds: number;
  readonly mixedSeconds: number;
  /** Factor of what is switched on in `decodeSeconds`, per token that a sequence gains; 1 without. */
  readonly decodeFactor: number;
  /** The operators that make up both kinds of step, and how often each occurs. */
  readonly cycle: Cycle;
}

export interface PointInput extends Omit<FirstTokenInput, 'stages'> {
  readonly layout: KernelLayout;
  readonly isPcie: boolean;
  readonly isMaximum: boolean;
  /** @default - the plain engine */
  readonly effect?: StepFactors | undefined;
}

/** Field by field: to copy all that is known of a piece of work takes as long as to add its operators up. */
export function pointInput(
  side: Omit<PointInput, 'waiting' | 'effect'>,
  waiting: number,
  effect: NonNullable<PointInput['effect']> | null,
): PointInput {
  const { layout, engine, isPcie, isMaximum, heldSteps, areLengthsEqual } = side;
  return {
    layout,
    engine,
    isPcie,
    isMaximum,
    heldSteps,
    areLengthsEqual,
    waiting,
    effect: effect ?? undefined,
  };
}

/**
 * Cycle `T = mixed steps × mixed + decode steps × decode` in which every running sequence produces its output tokens.
 * Throughput is `sequences × output ÷ T`; TPOT leaves out the request's own prefill.
 */
export function kernelPoint(cycle: Cycle, input: PointInput, constants: KernelConstants): KernelPoint {
  const { layout, isMaximum } = input;
  const { stages } = layout;
  const plain = decodeSeconds(cycle, input, constants);
  const onDecode = decodeFactor(cycle, input, constants, plain);
  const onPrefill = input.effect?.prefill ?? 1;
  const decode = plain * onDecode;
  const withPrompts = mixedSeconds(cycle, input, constants);
  // A step with prompts decodes too: what a technique adds to a decode step, or saves, it does there as well.
  const mixed = withPrompts + Math.max(0, withPrompts - plain) * (onPrefill - 1) + plain * (onDecode - 1);
  const period = cycle.mixedSteps * mixed + cycle.decodeSteps * decode;
  const own = Math.min((cycle.mixedSteps / cycle.sequences) * mixed, period * MOST_OWN_SHARE);
  const factor = isMaximum ? constants.maximumFactor : 1;
  const { engine, waiting, heldSteps, areLengthsEqual } = input;
  const first = firstTokenOf(
    cycle,
    { stages, engine, waiting, heldSteps, areLengthsEqual },
    { decode, mixed, period },
    constants,
  );
  return {
    tokensPerSecond: ((cycle.sequences * cycle.outputTokens) / period) * factor,
    tpotSeconds: ((period - own) / cycle.outputTokens) * stages,
    ttftSeconds: secondsOf(first),
    firstToken: first,
    decodeSeconds: decode * stages,
    mixedSeconds: mixed * stages,
    decodeFactor: onDecode,
    cycle,
  };
}

/** Measured operators of the tokens that are verified, where there are any: the roofline has them cost too little. */
function decodeFactor(
  { decode, verifying }: Cycle,
  input: PointInput,
  constants: KernelConstants,
  plain: number,
): number {
  const { effect } = input;
  if (effect === undefined) return 1;
  if (verifying === null) return effect.decode;
  const verified = { ...verifying, attention: decode.attention * effect.attention };
  const more = kernelSeconds(verified, input, constants) - kernelSeconds(decode, input, constants);
  return (1 + Math.max(0, more) / plain + effect.beside) / effect.tokensPerStep;
}

function decodeSeconds(cycle: Cycle, input: PointInput, constants: KernelConstants): number {
  const overheads = constants.engines[input.engine];
  const fixed =
    layerMicroseconds(input.layout, input.engine, constants) +
    overheads.perStep +
    perSequence(input, constants) * ofOneGroup(cycle.sequences, input.layout);
  return kernelSeconds(cycle.decode, input, constants) + fixed * MICROSECOND;
}

function mixedSeconds(cycle: Cycle, input: PointInput, constants: KernelConstants): number {
  const overheads = constants.engines[input.engine];
  const { model, stages } = input.layout;
  const fixed =
    layerMicroseconds(input.layout, input.engine, constants) +
    (overheads.perMixedLayer * model.layers) / stages +
    overheads.perStep +
    constants.perMixedStep +
    perSequence(input, constants) * ofOneGroup(cycle.mixedSequences, input.layout) +
    (constants.perPrompt * cycle.prefillTokensPerStep) / cycle.promptTokens;
  return kernelSeconds(cycle.mixed, input, constants) + fixed * MICROSECOND;
}

/** Microseconds of the host. In a pipeline of TensorRT-LLM new tokens travel from the last stage to the first unhidden. */
function perSequence({ layout, engine }: PointInput, constants: KernelConstants): number {
  const isShown = layout.stages > 1 && engine === 'trtllm';
  return constants.engines[engine].perSequence + (isShown ? constants.perPipelinedSequence : 0);
}

/** Each attention group has a scheduler of its own, which sees its own sequences. */
function ofOneGroup(sequences: number, { attentionData }: KernelLayout): number {
  return sequences / Math.max(1, attentionData);
}

function kernelSeconds(
  kernels: StepKernels,
  { isPcie, engine }: PointInput,
  { pcieFactor }: KernelConstants,
): number {
  return (
    kernels.gemm +
    kernels.experts +
    kernels.attention +
    kernels.promptAttention +
    kernels.sums * (isPcie && engine === 'trtllm' ? pcieFactor : 1) +
    kernels.gathers +
    kernels.elementwise * ELEMENTWISE_FACTOR +
    kernels.outputLayer
  );
}

/** Launches, norms and glue of the layers of one stage. */
function layerMicroseconds(
  { model, stages, stageGpus }: KernelLayout,
  engine: PointInput['engine'],
  constants: KernelConstants,
): number {
  const linear = model.gatedDelta === undefined ? 0 : model.layers;
  const sparse = model.mla === null || model.mla.indexTopk === null ? 0 : model.layers;
  const exchanges = stageGpus > 1 ? 2 * model.layers : 0;
  return (
    (constants.engines[engine].perLayer * model.layers +
      constants.perMoeLayer * (model.moe?.moeLayers ?? 0) +
      constants.perSparseLayer * sparse +
      constants.perLinearLayer * linear +
      constants.perExchange * exchanges) /
    stages
  );
}
