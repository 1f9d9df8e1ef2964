import type { EngineSlot } from '#lib/engines/engine';

/**
 * True where the engine makes FP8 of a 16-bit checkpoint while it loads. Other formats stand in the checkpoint: engines read
 * the method from its configuration and refuse a flag that says otherwise (vLLM's issue 19050).
 */
export function quantisesOnLoad({
  precision,
  storedAs = 'bf16',
}: Pick<EngineSlot, 'precision' | 'storedAs'>): boolean {
  return precision === 'fp8' && storedAs === 'bf16';
}
