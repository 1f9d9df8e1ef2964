import {
  CORRECTED,
  type Bands,
  type Corrected,
  type Corrections,
  type Similarity,
} from '#lib/catalog/calibration';
import { kinOf, likenessOf, type Kin } from '#lib/sizing/corrections/kin';
import { ofKnownRelease } from '#lib/sizing/corrections/release';
import { fade, type Alike, type Lengths, type RunTraits } from '#lib/sizing/corrections/similarity';
import { unexplained } from '#lib/sizing/corrections/unexplained';

/** Covariances below it move no figure that is shown. */
const NEGLIGIBLE = 1e-9;

/** Factor on each quantity; 1 where no run is alike. */
export type Factors = Readonly<Record<Corrected, number>>;
/** Ends of the 80 % band as factors on the corrected value. */
export type BandFactors = Readonly<Record<Corrected, { readonly low: number; readonly high: number }>>;

export interface Correction {
  /** @param sequences - Running sequences of one attention group */
  factorsAt(sequences: number): Factors;
  /** How wide the estimate is at a point: by what runs nearby explain. */
  bandsAt(sequences: number): BandFactors;
  /** Share of the variance that runs nearby leave unexplained, 0–1. */
  unexplainedAt(sequences: number): number;
}

/**
 * What measured runs say about a run; everything but the number of sequences is fixed.
 *
 * @param hasOperators - False where the roofline alone predicts
 */
export function correctionFor(
  asked: Omit<RunTraits, 'sequences'>,
  corrections: Corrections,
  hasOperators = true,
): Correction {
  const { similarity, scale, groups } = corrections;
  const traits = ofKnownRelease(asked, groups);
  const here = (sequences: number): RunTraits => ({ ...traits, sequences: Math.log2(sequences) });
  const kin = kinOf(here(1), corrections);
  const collected = collect(traits, kin, similarity);
  // A search asks for factors alone.
  let bands: Bands | undefined;
  // Bands ask for it too, and it solves a system of equations.
  const left = new Map<number, number>();
  const unexplainedAt = (sequences: number) => {
    let share = left.get(sequences);
    if (share === undefined) {
      left.set(sequences, (share = unexplained(here(sequences), kin, corrections)));
    }
    return share;
  };
  return {
    factorsAt: (sequences) => {
      const logs = expected(collected, Math.log2(sequences), similarity);
      const factor = (quantity: Corrected) =>
        Math.exp(scale[quantity] ** 2 * (logs[CORRECTED.indexOf(quantity)] ?? 0));
      return { throughput: factor('throughput'), tpot: factor('tpot'), ttft: factor('ttft') };
    },
    bandsAt: (sequences) => {
      const share = unexplainedAt(sequences);
      const ofKind = (bands ??= bandsFor(traits, corrections, hasOperators));
      const band = (quantity: Corrected) => {
        const steps = ofKind[quantity];
        const step = steps.find(({ unexplained: limit }) => share <= limit) ?? steps.at(-1);
        return { low: Math.min(1, step?.p10 ?? 1), high: Math.max(1, step?.p90 ?? 1) };
      };
      return { throughput: band('throughput'), tpot: band('tpot'), ttft: band('ttft') };
    },
    unexplainedAt,
  };
}

/** Bands of the kind of point: what was never measured in kind is not known as well as the rest. */
function bandsFor(
  { family, isMaximum, engineVersion }: Omit<RunTraits, 'sequences'>,
  { groups, bands, versionlessBands, unseenBands }: Corrections,
  hasOperators: boolean,
): Bands {
  if (unseenBands !== undefined && !hasOperators) return unseenBands.roofline;
  const isSeen = groups.some((group) => group.family === family && group.isMaximum === isMaximum);
  if (unseenBands !== undefined && !isSeen) return unseenBands.operators;
  return engineVersion === '' ? (versionlessBands ?? bands) : bands;
}

/** Sums of weighted covariances, each quantity. In one list: a comparison collects for hundreds of layouts. */
interface Collected {
  /** Base-2 logarithms of the numbers of sequences: many runs share theirs. */
  readonly sequences: readonly number[];
  /** Of each number of sequences one after the other: those in the cell, those shared, those of the release. */
  readonly sums: readonly number[];
  readonly constant: readonly number[];
}

const QUANTITIES = CORRECTED.length;
/** Where the sums of a number of sequences stand behind its first. */
const SHARED_SUMS = QUANTITIES;
const RELEASE_SUMS = 2 * QUANTITIES;
const SUMS_OF_ONE = 3 * QUANTITIES;

function collect(point: Lengths, groups: readonly Kin[], similarity: Similarity): Collected {
  const places = new Map<number, number>();
  const sums: number[] = [];
  const constant = CORRECTED.map(() => 0);
  for (const one of groups) {
    // No distance makes more of it.
    if (sumOf(one.kinship) < NEGLIGIBLE) continue;
    for (const run of one.runs) {
      const likeness = likenessOf(point, one, run, similarity);
      if (sumOf(likeness) < NEGLIGIBLE) continue;
      let at = places.get(run.sequences);
      if (at === undefined) {
        at = sums.length;
        places.set(run.sequences, at);
        for (let index = 0; index < SUMS_OF_ONE; index += 1) sums.push(0);
      }
      // Of most runs, most parts are 0: another cell.
      const { cell, shared, release, version, constant: always } = likeness;
      if (cell !== 0) addWeighted(sums, at, cell, run.weights);
      if (shared !== 0) addWeighted(sums, at + SHARED_SUMS, shared, run.weights);
      if (release + version !== 0) addOfVersion(sums, at + RELEASE_SUMS, likeness, one, run.weights);
      if (always !== 0) addWeighted(constant, 0, always, run.weights);
    }
  }
  return { sequences: [...places.keys()], sums, constant };
}

function sumOf({ cell, shared, release, version, constant }: Alike): number {
  return cell + shared + release + version + constant;
}

/** Versions differ more in one quantity than in another. */
function addOfVersion(
  sums: number[],
  at: number,
  { release, version }: Alike,
  { shares }: Kin,
  weights: readonly number[],
): void {
  for (let index = 0; index < QUANTITIES; index += 1) {
    const covariance = release * (shares.release[index] ?? 1) + version * (shares.version[index] ?? 1);
    sums[at + index] = (sums[at + index] ?? 0) + covariance * (weights[index] ?? 0);
  }
}

function addWeighted(sums: number[], at: number, covariance: number, weights: readonly number[]): void {
  for (let index = 0; index < QUANTITIES; index += 1) {
    sums[at + index] = (sums[at + index] ?? 0) + covariance * (weights[index] ?? 0);
  }
}

/** What the process expects `ln(measured ÷ predicted)` to be, each quantity before its scale. */
function expected({ sequences, sums, constant }: Collected, at: number, similarity: Similarity): number[] {
  const { cellLengths, sharedLengths, releaseLengths } = similarity;
  const logs = [...constant];
  for (let place = 0; place < sequences.length; place += 1) {
    const doublings = at - (sequences[place] ?? 0);
    const inCell = fade((doublings / cellLengths.sequences) ** 2);
    const among = fade((doublings / sharedLengths.sequences) ** 2);
    const inRelease = fade((doublings / releaseLengths.sequences) ** 2);
    for (let index = 0; index < QUANTITIES; index += 1) {
      const cell = place * SUMS_OF_ONE + index;
      logs[index] =
        (logs[index] ?? 0) +
        inCell * (sums[cell] ?? 0) +
        among * (sums[cell + SHARED_SUMS] ?? 0) +
        inRelease * (sums[cell + RELEASE_SUMS] ?? 0);
    }
  }
  return logs;
}
