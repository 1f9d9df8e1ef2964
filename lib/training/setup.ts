import type { Accelerator } from '#lib/catalog/accelerators';
import type { TrainedPart } from '#lib/training/flops';
import type { TrainingShape } from '#lib/training/shape';

/**
 * Formats in which the matrices are multiplied. `fp8` has one scale per tensor, `mxfp8` one per block of 32; `fp4` is
 * NVFP4. Master weights and optimiser states keep their own formats.
 */
export const TRAINING_PRECISIONS = ['bf16', 'fp8', 'mxfp8', 'fp4'] as const;
export type TrainingPrecision = (typeof TRAINING_PRECISIONS)[number];

/** GPUs of one copy of the model and how they share it; the rest are copies (data parallel). */
export interface TrainingLayout {
  readonly tensor: number;
  readonly pipeline: number;
  readonly context: number;
  /** GPUs over which experts are spread; they are taken from the copies and the context. */
  readonly expert: number;
}

export const UNSPLIT: TrainingLayout = { tensor: 1, pipeline: 1, context: 1, expert: 1 };

/** A training run as far as its speed depends on it. */
export interface TrainingSetup {
  readonly shape: TrainingShape;
  readonly accelerator: Accelerator;
  readonly gpus: number;
  readonly precision: TrainingPrecision;
  readonly part: TrainedPart;
  readonly sequenceTokens: number;
  /** Sequences of one optimiser step; `null` where nobody says: then no term depends on it. */
  readonly globalBatch: number | null;
  /** Sequences of one forward pass of one copy. */
  readonly microBatch: number;
  /** `null` where nobody says: then the matrices are split over the GPUs beyond one a sequence. */
  readonly layout: TrainingLayout | null;
  /** Weights are gathered for every layer and micro-batch: FSDP, ZeRO-3. */
  readonly shardsWeights: boolean;
  /** All activations are computed again for the backward pass. */
  readonly recomputes: boolean;
  /** Publisher's software: `megatron-bridge`, `llm-foundry-mpt`, `torchtitan`, `mlperf`. */
  readonly software: string;
  /** Months since January 2024; kernels for mixtures and for 4 bits improve with time. */
  readonly softwareMonth: number;
}

/** Dense FLOP/s of one accelerator in a format, as its datasheet says; `null` where it has no such unit. */
export function peakFlops(accelerator: Accelerator, precision: TrainingPrecision): number | null {
  const { bf16, fp8, fp4 } = accelerator.denseTflops;
  const tflops = { bf16, fp8, mxfp8: fp8, fp4 }[precision];
  return tflops === null ? null : tflops * 1e12;
}

/**
 * Watts that a dense FP8 TFLOP/s takes in the 5 nm generation (Hopper, CDNA 3): H100 SXM's 700 W for 1,979. A chip whose
 * limit is lower clocks down in long matrix products: MI300X at 750 W takes 28 minutes where MI325X, the same chip at
 * 1,000 W, takes 21 (MLPerf, Llama 2 70B LoRA on eight).
 */
const WATTS_PER_TFLOPS = 700 / 1979;
const OF_THAT_GENERATION: ReadonlySet<string> = new Set(['Hopper', 'CDNA3']);

/** Dense FLOP/s that the accelerator keeps up within its power; `null` where it has no unit for the format. */
export function sustainedFlops(accelerator: Accelerator, precision: TrainingPrecision): number | null {
  const peak = peakFlops(accelerator, precision);
  const { architecture, powerWatts, denseTflops } = accelerator;
  if (peak === null || powerWatts === null || denseTflops.fp8 === null) return peak;
  if (!OF_THAT_GENERATION.has(architecture)) return peak;
  return peak * Math.min(1, powerWatts / (denseTflops.fp8 * WATTS_PER_TFLOPS));
}
