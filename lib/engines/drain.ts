import type { EngineSlot } from '#lib/engines/engine';

/** Seconds that running requests get after SIGTERM where nothing asks for more. */
export const DRAIN_SECONDS = 45;

export function drainSecondsOf({ drainSeconds = DRAIN_SECONDS }: Pick<EngineSlot, 'drainSeconds'>): number {
  return drainSeconds;
}
