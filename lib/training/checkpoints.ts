/** Bytes of a checkpoint: 2 per parameter to serve it, 14 to resume training (FP32 master and two moments besides). */
export function checkpointBytes(parameters: number, purpose: 'serve' | 'resume'): number {
  return parameters * (purpose === 'serve' ? 2 : 14);
}

/**
 * Seconds between checkpoints that lose the least time: `√(2 × write time × MTBF)` (Young), and the MTBF itself where a
 * checkpoint takes twice as long (Daly 2006, equation 37).
 */
export function checkpointIntervalSeconds(writeSeconds: number, mtbfSeconds: number): number {
  return writeSeconds < 2 * mtbfSeconds ? Math.sqrt(2 * writeSeconds * mtbfSeconds) : mtbfSeconds;
}
