import type { ServingDemand } from '#lib/sizing/sizing';
import { GB, GIB } from '#lib/units/bytes';

const USUAL = { loadGbPerSecond: 1, compileSeconds: 120 } as const;

/** What a replica loads. */
export interface Loaded {
  /** As it lies on disk. */
  readonly loadedGib: number;
  /** Each loads its part. */
  readonly nodesPerReplica: number;
}

/** Seconds from the start of a replica to its first answer: its weights are read, then the engine starts. */
export function coldStartSeconds(
  { coldStart = USUAL }: Pick<ServingDemand, 'coldStart'>,
  { loadedGib, nodesPerReplica }: Loaded,
): number {
  const { loadGbPerSecond, compileSeconds } = coldStart;
  return (loadedGib * GIB) / GB / nodesPerReplica / loadGbPerSecond + compileSeconds;
}
