import type { RunGroup } from '#lib/catalog/calibration';
import { architectureOf } from '#lib/sizing/architecture';
import type { RunTraits } from '#lib/sizing/corrections/similarity';
import type { Workpiece } from '#lib/sizing/features';

/** A piece of work that is predicted: of a plan, or a run that was measured. */
export interface PredictedPiece extends Workpiece {
  /** All prompts at once and for throughput alone, as published maxima are measured. */
  readonly isMaximum: boolean;
  /** @default - not known: runs of all versions count alike */
  readonly engineVersion?: string;
  /** Steps for which a launch flag holds a request back before it is scheduled. @default - 0: no plan sets such a flag */
  readonly heldSteps?: number;
  /** True where all requests of a measured run have one length. @default - false */
  readonly areLengthsEqual?: boolean;
  /** Tokens that one step has room for, each attention group. @default - as asked for, else the engine's own */
  readonly stepTokens?: number;
}

/** The group of runs that a piece of work belongs to. */
export function groupOfPiece(piece: PredictedPiece): RunGroup {
  const { model, accelerator, engine, engineVersion, precision, isMaximum } = piece;
  return {
    architecture: architectureOf(model),
    gpu: accelerator.id,
    family: accelerator.family,
    engine,
    engineVersion: engineVersion ?? '',
    precision,
    isMoe: model.moe !== null,
    isMaximum,
  };
}

/** What makes a piece of work alike to others. */
export function traitsOfPiece(piece: PredictedPiece): Omit<RunTraits, 'sequences'> {
  const { shape } = piece;
  return {
    ...groupOfPiece(piece),
    input: Math.log2(piece.inputTokens),
    output: Math.log2(piece.outputTokens),
    gpus: Math.log2(shape.tensor * shape.pipeline),
    expertParallel: Math.log2(shape.expertParallel ?? 1),
  };
}
