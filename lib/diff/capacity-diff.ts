import type { DiffSide } from '#lib/diff/side';

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
  /** Headroom while one node is down; below 0 that share of the peak is not served in time. */
  readonly withoutOneNode: BeforeAfter;
  /** From the start of a replica until its first answer. */
  readonly coldStartSeconds: BeforeAfter;
}

/** A figure of one side; `null` where the provider, or the document, does not say. */
type Figure = (side: DiffSide) => number | null;

/** The figures by name, and how those of several scenarios make one: fleets add up, of the rest the worst counts. */
const FIGURES: Readonly<Record<keyof CapacityDiff, readonly [Figure, 'sum' | 'most' | 'least']>> = {
  gpus: [({ row }) => row?.gpus ?? null, 'sum'],
  replicas: [({ row }) => row?.replicas ?? null, 'sum'],
  tokensPerSecond: [({ row }) => row?.tokensPerSecond?.base ?? null, 'sum'],
  ttftMs: [({ row }) => row?.ttftMs?.base ?? null, 'most'],
  tpotMs: [({ row }) => row?.tpotMs?.base ?? null, 'most'],
  headroom: [({ row }) => row?.headroom ?? null, 'least'],
  availability: [({ row }) => row?.availability ?? null, 'least'],
  withoutOneNode: [({ row }) => row?.redundancy?.withoutOneNode ?? null, 'least'],
  coldStartSeconds: [({ plan }) => plan?.sizing?.coldStartSeconds ?? null, 'most'],
};

const JOINS = {
  sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  most: (values: readonly number[]) => Math.max(...values),
  least: (values: readonly number[]) => Math.min(...values),
} as const;

/** A scenario on both sides; absent where a side does not have it. */
export interface SidePair {
  readonly from: DiffSide | undefined;
  readonly to: DiffSide | undefined;
}

/** What can be served before and after. Unknown of any scenario is unknown of all. */
export function capacityDiff(pairs: readonly SidePair[]): CapacityDiff {
  const both = (name: keyof CapacityDiff): BeforeAfter => {
    const [figure, join] = FIGURES[name];
    const end = (which: keyof SidePair) => {
      const sides = pairs.flatMap((pair) => pair[which] ?? []);
      const values = sides.flatMap((side) => figure(side) ?? []);
      return values.length === 0 || values.length < sides.length ? null : JOINS[join](values);
    };
    return { before: end('from'), after: end('to') };
  };
  return {
    gpus: both('gpus'),
    replicas: both('replicas'),
    tokensPerSecond: both('tokensPerSecond'),
    ttftMs: both('ttftMs'),
    tpotMs: both('tpotMs'),
    headroom: both('headroom'),
    availability: both('availability'),
    withoutOneNode: both('withoutOneNode'),
    coldStartSeconds: both('coldStartSeconds'),
  };
}
