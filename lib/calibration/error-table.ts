import { CORRECTED, type Bands, type BandStep, type Corrected } from '#lib/catalog/calibration';
import { bandSteps } from '#lib/calibration/band-steps';
import type { LeftOut } from '#lib/calibration/cross-validation';
import type { PublisherSpread } from '#lib/calibration/publisher-spread';
import { quantile } from '#lib/units/quantile';

/** Errors of predictions of runs that were left out; shares, 0.12 is 12 %. */
export interface LeftOutErrors {
  readonly runs: number;
  readonly median: number;
  readonly p90: number;
  readonly within25: number;
  /** Share of runs inside their 80 % band. */
  readonly inBand: number;
}

/** One line of a table: what was left out or which runs, with the errors of each quantity that was measured. */
export type ErrorLine = { readonly name: string } & Readonly<Record<Corrected, LeftOutErrors | null>>;

type Misses = (leftOut: LeftOut) => LeftOut['misses'];

/** Errors of all quantities under one name. */
export function errorLine(
  name: string,
  leftOut: readonly LeftOut[],
  bands: Bands,
  missesOf: Misses = ({ misses }) => misses,
): ErrorLine {
  const [throughput, tpot, ttft] = CORRECTED.map((quantity) =>
    errorsOf(leftOut, quantity, bands[quantity], missesOf),
  );
  return { name, throughput: throughput ?? null, tpot: tpot ?? null, ttft: ttft ?? null };
}

/** A line for every group, by name. */
export function errorLines(
  leftOut: readonly LeftOut[],
  groupOf: (each: LeftOut) => string,
  bands: Bands,
): readonly ErrorLine[] {
  return [...new Set(leftOut.map(groupOf))].toSorted().map((group) =>
    errorLine(
      group,
      leftOut.filter((each) => groupOf(each) === group),
      bands,
    ),
  );
}

function errorsOf(
  leftOut: readonly LeftOut[],
  quantity: Corrected,
  steps: readonly BandStep[],
  missesOf: Misses,
): LeftOutErrors | null {
  const known = leftOut.flatMap((each) => {
    const miss = missesOf(each)[quantity];
    return miss === null ? [] : [{ miss, unexplained: each.unexplained }];
  });
  if (known.length === 0) return null;
  const errors = known.map(({ miss }) => Math.abs(Math.exp(-miss) - 1)).toSorted((a, b) => a - b);
  const inside = known.filter((each) => isInBand(each, steps));
  return {
    runs: known.length,
    median: rounded(quantile(errors, 0.5)),
    p90: rounded(quantile(errors, 0.9)),
    within25: rounded(errors.filter((error) => error <= 0.25).length / errors.length),
    inBand: rounded(inside.length / known.length),
  };
}

interface Banded {
  readonly miss: number;
  readonly unexplained: number;
}

function isInBand({ miss, unexplained }: Banded, steps: readonly BandStep[]): boolean {
  const step = steps.find((each) => unexplained <= each.unexplained) ?? steps.at(-1);
  const ratio = Math.exp(miss);
  return step !== undefined && ratio >= step.p10 && ratio <= step.p90;
}

/** Share of runs inside bands that were made without their part; a part is what was left out together. */
export interface HeldBands {
  readonly name: string;
  readonly throughput: number;
  readonly tpot: number;
  readonly ttft: number;
}

export interface HeldSettings {
  /** Steps of the bands. */
  readonly limits?: readonly number[];
  /** What separates publishers, known without a part. @default - nothing */
  readonly spreadWithout?: (part: string) => PublisherSpread;
}

/**
 * Bands made of what all parts but one say, held against that one.
 *
 * @param others - Left-out runs of other kinds, whose misses count in every band
 */
export function heldBands(
  name: string,
  leftOut: readonly LeftOut[],
  partOf: (each: LeftOut) => string,
  others: readonly LeftOut[],
  { limits, spreadWithout }: HeldSettings = {},
): HeldBands {
  const inside: Record<Corrected, boolean[]> = { throughput: [], tpot: [], ttft: [] };
  for (const part of new Set(leftOut.map(partOf))) {
    const rest = leftOut.filter((each) => partOf(each) !== part);
    const bands = bandSteps([...rest, ...others], limits, spreadWithout?.(part));
    for (const { misses, unexplained } of leftOut.filter((each) => partOf(each) === part)) {
      for (const quantity of CORRECTED) {
        const miss = misses[quantity];
        if (miss !== null) inside[quantity].push(isInBand({ miss, unexplained }, bands[quantity]));
      }
    }
  }
  const share = (held: readonly boolean[]) => rounded(held.filter(Boolean).length / Math.max(1, held.length));
  return {
    name,
    throughput: share(inside.throughput),
    tpot: share(inside.tpot),
    ttft: share(inside.ttft),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
