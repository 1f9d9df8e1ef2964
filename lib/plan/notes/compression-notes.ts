import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { shipsMxfp4 } from '#lib/sizing/checkpoint';

/** Prompts from which 4-bit weights were measured to lose most (Mekala et al., arXiv 2505.20276: 64,000 and more). */
const LONG_CONTEXT_TOKENS = 64_000;
/** 10^9 parameters below which 4 bits lose visibly (Qwen2: 95.8 % kept at 7B, 93–96 % at 1.5B, 86–90 % at 0.5B). */
const SMALL_MODEL_B = 10;
/** An 8-bit integer rate below this multiple of the 16-bit one makes INT8 pointless. */
const WORTHWHILE_RATE = 1.05;

/** Where a weight format is a mistake, or gains less than it seems; nothing for the format the model ships in. */
export function compressionNotes(
  model: Model,
  precision: Precision,
  accelerator: Accelerator,
  contextTokens: number,
): string[] {
  if (precision === nativePrecision(model)) return [];
  const { bf16, fp4, int8 } = accelerator.denseTflops;
  const isFourBit = precision === 'int4' || precision === 'fp4';
  const notes: string[] = [];
  if (precision === 'int8' && (int8 ?? 0) < bf16 * WORTHWHILE_RATE) {
    notes.push(
      `INT8 is a mistake on ${accelerator.id}: it multiplies ${int8 ?? 0} TOPS in INT8 and ${bf16} TFLOPS in BF16, so weights are widened and only memory is saved; take FP8`,
    );
  }
  if (isFourBit && contextTokens >= LONG_CONTEXT_TOKENS) {
    notes.push(
      `4-bit weights at ${contextTokens} tokens of context: up to 59 % of the score was lost on long tasks (arXiv 2505.20276), 0.8 % with 8 bits; test on your own or take 8 bits`,
    );
  }
  if (isFourBit && (model.paramsTotalB ?? Infinity) < SMALL_MODEL_B) {
    notes.push(
      `4-bit weights on a model of ${model.paramsTotalB} × 10^9 parameters: small models lose most (Qwen2 in INT4 kept 95.8 % at 7B and 86 to 90 % at 0.5B)`,
    );
  }
  if (precision === 'fp4' && fp4 === null && !shipsMxfp4(model)) {
    notes.push(
      `${accelerator.id} has no 4-bit units: the weights are unpacked, which saves memory and no arithmetic`,
    );
  }
  if (precision === 'int4' && fp4 !== null) {
    notes.push(
      `INT4 weights are multiplied in 16 bits: on ${accelerator.id} a checkpoint in NVFP4 multiplies ${(fp4 / bf16).toFixed(0)} times as fast`,
    );
  }
  return notes;
}
