import type { Corrections, KernelConstants, SizingConstants } from '#lib/catalog/calibration';
import type { KernelTable } from '#lib/catalog/kernel-curves';
import {
  correctionFor,
  type BandFactors,
  type Correction,
  type Factors,
} from '#lib/sizing/corrections/correct';
import { spanOf, type SpanEnd } from '#lib/sizing/fabric';
import { featuresOf, type Features } from '#lib/sizing/features';
import { cycleOf, type CycleWork } from '#lib/sizing/kernels/cycle';
import { kernelPoint, pointInput, type KernelPoint } from '#lib/sizing/kernels/kernel-point';
import { kernelFormats } from '#lib/sizing/kernels/number-formats';
import { kernelHardware, type KernelHardware } from '#lib/sizing/kernels/operators';
import type { KernelLayout } from '#lib/sizing/kernels/step-kernels';
import { rooflinePoint, type RooflinePoint } from '#lib/sizing/operating-point';
import { traitsOfPiece, type PredictedPiece } from '#lib/sizing/predicted-piece';
import { benchPromptTokens } from '#lib/sizing/published-maximum';
import { stepRates, type StepRates } from '#lib/sizing/step-time';
import { usualStepTokens } from '#lib/sizing/step-tokens';
import { widened } from '#lib/sizing/techniques/doubt';
import { stepEffect, type StepEffect } from '#lib/sizing/techniques/step-effect';
import { changesTheStep } from '#lib/sizing/techniques/techniques';

/** Everything that a prediction rests on beside the facts of model and accelerator. */
export interface SizingMethod {
  readonly constants: SizingConstants;
  readonly kernelConstants: KernelConstants;
  /** Measured operators of an accelerator or of its sibling; `null` where nobody measured them. */
  readonly kernelTable: (accelerator: string) => KernelTable | null;
  /** What measured runs say beyond the method, each layer beyond the ones before; none to predict without them. */
  readonly corrections: () => readonly Corrections[];
  /** Predictors of demands alike in all that they rest on, by layout. @default - each is made when it is asked for */
  readonly predictors?: Map<string, Predictor | null> | undefined;
}

/** What one replica does with `concurrency` sequences running. */
export interface OperatingPoint {
  readonly concurrency: number;
  readonly tokensPerSecond: number;
  readonly tpotMs: number;
  readonly ttftMs: number;
  readonly roofline: RooflinePoint;
  /** `null` where the accelerator's operators were not measured: the roofline stands alone. */
  readonly kernels: KernelPoint | null;
  /** What measured runs multiplied the estimate by. */
  readonly corrected: Factors;
  /** What is switched on beyond the plain engine; `null` where nothing changes the step. */
  readonly effect: StepEffect | null;
}

export interface Predictor {
  readonly features: Features;
  /** Tokens of one step, each attention group. */
  readonly stepTokens: number;
  /** @param waiting - Clients that wait for memory, as a multiple of those running */
  readonly at: (concurrency: number, waiting?: number) => OperatingPoint;
  bandsAt(concurrency: number): BandFactors;
  /** Share of the variance that measured runs nearby leave unexplained, 0–1; 1 without any. */
  unexplainedAt(concurrency: number): number;
}

const UNCORRECTED: Factors = { throughput: 1, tpot: 1, ttft: 1 };
const UNBANDED: BandFactors = {
  throughput: { low: 1, high: 1 },
  tpot: { low: 1, high: 1 },
  ttft: { low: 1, high: 1 },
};
/** A layer speaks for a point of whose variance it leaves at most this share unexplained. */
const NEARBY = 0.65;
const ENGINES = ['trtllm', 'vllm', 'sglang'] as const;

/**
 * The geometric mean of two methods, times what measured runs of the kind say: measured operators added up with fitted
 * overheads, and a roofline. `null` where the model's dimensions are not published.
 */
export function predictorFor(piece: PredictedPiece, method: SizingMethod): Predictor | null {
  const features = featuresOf(piece);
  if (features === null) return null;
  const side = kernelSide(piece, method.kernelTable);
  const base: Sides = { features, side, rates: stepRates(features, piece.engine, method.constants) };
  const layers = method.corrections();
  const corrections = layers.map((layer) => correctionFor(traitsOfPiece(piece), layer, side !== null));
  const groups = Math.max(1, piece.shape.attentionData);
  const weight = method.kernelConstants.kernelWeight;
  const effectAt = effectOf(piece, features, method);
  if (effectAt === null) return null;
  const pointAt = (
    concurrency: number,
    waiting: number,
    acceptance?: number,
    { features, side, rates }: Sides = base,
  ): OperatingPoint => {
    const effect = effectAt(concurrency / features.stages, acceptance);
    const roofline = rooflinePoint(features, concurrency, piece.outputTokens, rates, effect ?? undefined);
    const measured =
      side === null
        ? null
        : kernelPoint(
            cycleOf(side.hardware, side.layout, side.workAt(concurrency)),
            pointInput(side, waiting, effect),
            method.kernelConstants,
          );
    const corrected = corrections
      .map((correction) => correction.factorsAt(concurrency / groups))
      .reduce(product, UNCORRECTED);
    const blend = (kernel: number | undefined, other: number) =>
      kernel === undefined ? other : kernel ** weight * other ** (1 - weight);
    const maximum = piece.isMaximum ? (method.constants.values['maxtp_factor'] ?? 1) : 1;
    return {
      concurrency,
      tokensPerSecond:
        blend(measured?.tokensPerSecond, roofline.tokensPerSecond * maximum) * corrected.throughput,
      tpotMs: blend(milliseconds(measured?.tpotSeconds), roofline.tpotMs) * corrected.tpot,
      ttftMs: (milliseconds(measured?.ttftSeconds) ?? roofline.ttftMs) * corrected.ttft,
      roofline,
      kernels: measured,
      corrected,
      effect,
    };
  };
  return {
    features,
    stepTokens: stepTokensOf(piece),
    at: (concurrency, waiting = 0) => ofStages(features.stages, concurrency, (all) => pointAt(all, waiting)),
    bandsAt: (concurrency) => {
      const bands = bandsOf(corrections, concurrency / groups);
      if (effectAt(1) === null && features.span === null) return bands;
      const point = pointAt(concurrency, 0);
      const acceptance = piece.techniques?.speculation?.acceptance;
      const atEnd = (end: SpanEnd, accepted?: number) =>
        pointAt(concurrency, 0, accepted, features.span === null ? base : sidesAt(piece, method, end));
      const ends = { worst: atEnd('slow', acceptance?.low), best: atEnd('fast', acceptance?.high) };
      const acrossNodes = features.span === null ? 1 : point.tpotMs / atEnd('none').tpotMs;
      return widened(bands, (point.effect?.decode ?? 1) * acrossNodes, point, ends);
    },
    unexplainedAt: (concurrency) =>
      Math.min(1, ...corrections.map((correction) => correction.unexplainedAt(concurrency / groups))),
  };
}

/** What both methods of a prediction rest on, at one end of what is known of the fabric. */
interface Sides {
  readonly features: Features;
  readonly side: KernelSide | null;
  readonly rates: StepRates;
}

function sidesAt(
  piece: PredictedPiece,
  { kernelTable, constants }: SizingMethod,
  end: SpanEnd,
): Sides | undefined {
  const features = featuresOf(piece, end);
  if (features === null) return undefined;
  const rates = stepRates(features, piece.engine, constants);
  return { features, side: kernelSide(piece, kernelTable, end), rates };
}

/**
 * A sequence is in one stage of a pipeline at a time: with fewer of them than stages each is as fast as one in every stage,
 * and stages wait.
 */
function ofStages(
  stages: number,
  concurrency: number,
  pointAt: (concurrency: number) => OperatingPoint,
): OperatingPoint {
  if (concurrency >= stages) return pointAt(concurrency);
  const full = pointAt(stages);
  return { ...full, concurrency, tokensPerSecond: (full.tokensPerSecond * concurrency) / stages };
}

/** `null` where a drafter's or an adapter's dimensions are not published. */
function effectOf(
  piece: PredictedPiece,
  features: Features,
  { constants }: SizingMethod,
): ((batch: number, acceptance?: number) => StepEffect | null) | null {
  const { techniques } = piece;
  if (techniques === undefined || !changesTheStep(techniques)) return () => null;
  return stepEffect(piece, features, techniques, constants);
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : 1000 * seconds;
}

/** A piece of work in the words of the kernels; fixed while the number of sequences changes. */
export interface KernelSide {
  readonly hardware: KernelHardware;
  readonly layout: KernelLayout;
  readonly engine: (typeof ENGINES)[number];
  readonly isPcie: boolean;
  readonly isMaximum: boolean;
  readonly heldSteps: number;
  readonly areLengthsEqual: boolean;
  workAt(concurrency: number): CycleWork;
}

/** `null` where the operators of the accelerator, the engine or the model's layers were not measured. */
export function kernelSide(
  piece: PredictedPiece,
  kernelTable: SizingMethod['kernelTable'],
  end: SpanEnd = 'base',
): KernelSide | null {
  const table = kernelTable(piece.accelerator.sliceOf ?? piece.accelerator.id);
  const engine = ENGINES.find((each) => each === piece.engine);
  const { model, accelerator, shape } = piece;
  if (table === null || engine === undefined || hasUnmeasuredLayers(model)) return null;
  // The tensor degree counts the attention groups too.
  const stageGpus = shape.tensor;
  const hardware = kernelHardware(accelerator, table, engine);
  return {
    hardware,
    isPcie: hardware.isPcie,
    layout: {
      model,
      formats: kernelFormats(model, accelerator, engine, piece.precision, piece.kvPrecision),
      stageGpus,
      stages: shape.pipeline,
      attentionData: shape.attentionData,
      expertParallel: Math.min(shape.expertParallel ?? 1, stageGpus),
      span: spanOf(shape.stageNodes ?? 1, piece.fabric, end),
    },
    engine,
    isMaximum: piece.isMaximum,
    heldSteps: piece.heldSteps ?? 0,
    areLengthsEqual: piece.areLengthsEqual ?? false,
    workAt: (concurrency) => ({
      sequences: concurrency / shape.pipeline,
      inputTokens: piece.inputTokens,
      outputTokens: piece.outputTokens,
      cachedShare: piece.cachedShare,
      isBacklog: piece.isMaximum,
      // SGLang schedules prompts in steps of their own.
      prefillsAlone: engine === 'sglang',
      stepTokens: piece.isMaximum
        ? benchPromptTokens(model, concurrency, { ...piece, ...shape })
        : stepTokensOf(piece),
      verifiedTokens: 1 + (piece.techniques?.speculation?.draftTokens ?? 0),
    }),
  };
}

/** Nobody measured the operators of a recurrence other than the gated delta rule. */
function hasUnmeasuredLayers({ sequenceState, gatedDelta }: PredictedPiece['model']): boolean {
  return sequenceState !== undefined && gatedDelta === undefined;
}

function stepTokensOf({ stepTokens, techniques, engine, accelerator }: PredictedPiece): number {
  return stepTokens ?? techniques?.prefillBudgetTokens ?? usualStepTokens(engine, accelerator);
}

function product(a: Factors, b: Factors): Factors {
  return { throughput: a.throughput * b.throughput, tpot: a.tpot * b.tpot, ttft: a.ttft * b.ttft };
}

/** Bands of the last layer that has runs nearby, else of the first. */
function bandsOf(corrections: readonly Correction[], sequences: number): BandFactors {
  const near = corrections.findLast((correction) => correction.unexplainedAt(sequences) <= NEARBY);
  return (near ?? corrections[0])?.bandsAt(sequences) ?? UNBANDED;
}
