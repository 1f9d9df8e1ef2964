import type { Accelerator } from '#lib/catalog/accelerators';
import type { KernelTable } from '#lib/catalog/kernel-curves';
import type { Model } from '#lib/catalog/models';
import { architectureOf } from '#lib/sizing/architecture';
import { featuresOf, type Features } from '#lib/sizing/features';
import { cycleOf, type Cycle } from '#lib/sizing/kernels/cycle';
import { loadOf, pieceOf, residentIn, type MeasuredRun, type RunLoad } from '#lib/sizing/measured-run';
import type { PredictedPiece } from '#lib/sizing/predicted-piece';
import { kernelSide, type KernelSide } from '#lib/sizing/predictor';

/** A measured run with everything worked out that no constant changes. */
export interface PreparedRun {
  readonly id: string;
  /** Runs of one sweep: they differ in concurrency alone (or in the name of the model), and are left out together. */
  readonly sweep: string;
  readonly source: string;
  readonly model: Model;
  readonly accelerator: Accelerator;
  readonly run: MeasuredRun;
  readonly piece: PredictedPiece;
  readonly features: Features;
  /** `null` where the operators of the accelerator were not measured. */
  readonly kernels: (KernelSide & { readonly cycle: Cycle }) | null;
  readonly load: RunLoad;
  readonly tokensPerSecondPerGpu: number;
  readonly tpotMs: number | null;
  readonly ttftMs: number | null;
}

export interface MeasuredFigures {
  readonly id: string;
  readonly source: string;
  readonly tokensPerSecondPerGpu: number;
  readonly tpotMs: number | null;
  readonly ttftMs: number | null;
  /** Input and output tokens as the publisher names the sweep. @default - the means */
  readonly named?: readonly [number, number];
}

/** `null` where the model's dimensions are not published or its weights do not fit. */
export function prepareRun(
  measured: MeasuredFigures,
  run: MeasuredRun,
  facts: { readonly model: Model; readonly accelerator: Accelerator },
  kernelTable: (accelerator: string) => KernelTable | null,
): PreparedRun | null {
  const { model, accelerator } = facts;
  const piece = pieceOf(run, model, accelerator);
  const resident = residentIn(piece);
  const features = featuresOf(piece);
  if (resident === null || resident === 0 || features === null) return null;
  const load = loadOf(run, model, resident);
  const side = kernelSide(piece, kernelTable);
  return {
    ...measured,
    ...facts,
    run,
    piece,
    features,
    load,
    sweep: [
      measured.source,
      architectureOf(model),
      accelerator.id,
      run.kind,
      run.engine,
      run.precision,
      run.gpus,
      run.pipeline,
      run.attentionData,
      run.expertParallel ?? 1,
      ...(measured.named ?? [run.inputTokens, run.outputTokens]),
    ].join(' '),
    kernels:
      side === null
        ? null
        : { ...side, cycle: cycleOf(side.hardware, side.layout, side.workAt(load.running)) },
  };
}
