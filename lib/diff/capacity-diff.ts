import type { OptionRow } from '#lib/compare/comparison';

interface BeforeAfter {
  readonly before: number | null;
  readonly after: number | null;
}

/** Rates are output tokens per second of the fleet; times are milliseconds at the objective; headroom is a share. */
export interface CapacityDiff {
  readonly gpus: BeforeAfter;
  readonly replicas: BeforeAfter;
  readonly tokensPerSecond: BeforeAfter;
  readonly ttftMs: BeforeAfter;
  readonly tpotMs: BeforeAfter;
  readonly headroom: BeforeAfter;
  readonly availability: BeforeAfter;
}

/** What can be served before and after; `null` where the provider does not say. */
export function capacityDiff(from: OptionRow, to: OptionRow): CapacityDiff {
  const both = (figure: (row: OptionRow) => number | null): BeforeAfter => ({
    before: figure(from),
    after: figure(to),
  });
  return {
    gpus: both((row) => row.gpus),
    replicas: both((row) => row.replicas),
    tokensPerSecond: both((row) => row.tokensPerSecond?.base ?? null),
    ttftMs: both((row) => row.ttftMs?.base ?? null),
    tpotMs: both((row) => row.tpotMs?.base ?? null),
    headroom: both((row) => row.headroom),
    availability: both((row) => row.availability),
  };
}
