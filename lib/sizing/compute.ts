import type { Accelerator } from '#lib/catalog/accelerators';
import type { Reach } from '#lib/catalog/measured-rates';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { shipsMxfp4 } from '#lib/sizing/checkpoint';

/** Classes of matrix multiplication that have a fitted share of the peak. */
export type ComputeKind = 'bf16' | 'fp8' | 'fp4' | 'w4a16' | 'int4';

export interface Compute {
  readonly kind: ComputeKind;
  /** FLOP/s, dense, of the type the weights are multiplied in. */
  readonly peakFlops: number;
  /** FLOP/s in BF16, for attention. */
  readonly attentionPeakFlops: number;
  /** Bytes/s. */
  readonly bandwidth: number;
  /** Bytes/s, one direction. */
  readonly link: number;
  /** How long a small sum over accelerators takes, as a multiple of what was fitted. */
  readonly sumStart: number;
  /** Which of the fitted classes the accelerator belongs to. */
  readonly family: 'hopper' | 'blackwell' | 'rtxpro';
}

const AS_FITTED: Reach = { bandwidth: 1, bf16: 1, fp8: 1, link: 1, sumStart: 1 };

/** How an accelerator multiplies weights of a format. Formats it has no units for are widened to BF16 first. */
export function computeOf(model: Model, accelerator: Accelerator, precision: Precision): Compute {
  const { kind, tflops } = multiplication(model, accelerator, precision);
  const reach = accelerator.reach ?? AS_FITTED;
  return {
    kind,
    peakFlops: tflops * 1e12 * (tflops > accelerator.denseTflops.bf16 ? reach.fp8 : reach.bf16),
    attentionPeakFlops: accelerator.denseTflops.bf16 * 1e12 * reach.bf16,
    bandwidth: accelerator.bandwidthGbPerSecond * 1e9 * reach.bandwidth,
    link: accelerator.link.gbPerSecond * 1e9 * reach.link,
    sumStart: reach.sumStart,
    family: fittedFamily(accelerator),
  };
}

/** Families without calibration rows use Hopper's constants, on what they reach of their datasheets beside it. */
export function fittedFamily(accelerator: Accelerator): Compute['family'] {
  const { family } = accelerator;
  return family === 'blackwell' || family === 'rtxpro' ? family : 'hopper';
}

function multiplication(
  model: Model,
  accelerator: Accelerator,
  precision: Precision,
): { kind: ComputeKind; tflops: number } {
  const { bf16, fp8, fp4, int8 } = accelerator.denseTflops;
  if (precision === 'bf16') return { kind: 'bf16', tflops: bf16 };
  if (precision === 'int4') return { kind: 'int4', tflops: bf16 };
  if (precision === 'fp8') return { kind: 'fp8', tflops: fp8 ?? bf16 };
  // Some accelerators traded INT8 units away: there the weights are widened rather than multiplied in INT8.
  if (precision === 'int8') {
    return int8 !== null && int8 > bf16 ? { kind: 'fp8', tflops: int8 } : { kind: 'w4a16', tflops: bf16 };
  }
  if (fp4 === null) return { kind: 'w4a16', tflops: bf16 };
  // MXFP4 checkpoints are multiplied with 8-bit activations where the accelerator has 4-bit units.
  return { kind: 'fp4', tflops: shipsMxfp4(model) ? (fp8 ?? bf16) : fp4 };
}
