/** Bytes of a checkpoint: 2 per parameter to serve it, 14 to resume training (FP32 master and two moments besides). */
export function checkpointBytes(parameters: number, purpose: 'serve' | 'resume'): number {
  return parameters * (purpose === 'serve' ? 2 : 14);
}

/** Seconds between checkpoints that lose the least time: `√(2 × write time × MTBF)` (Young, Daly). */
export function checkpointIntervalSeconds(writeSeconds: number, mtbfSeconds: number): number {
  return Math.sqrt(2 * writeSeconds * mtbfSeconds);
}
