import type { CorrectedGroup, RunGroup } from '#lib/catalog/calibration';
import type { Lengths, RunTraits } from '#lib/sizing/corrections/similarity';

/** A measured run: of its traits those that runs of a group differ in. */
export interface StoredRun extends Lengths {
  readonly sequences: number;
  readonly weights: readonly number[];
}

const STORED = new WeakMap<CorrectedGroup, readonly StoredRun[]>();

/** Kept, since every layout of every option asks for them. */
export function storedRuns(group: CorrectedGroup): readonly StoredRun[] {
  let known = STORED.get(group);
  if (known === undefined) {
    known = group.runs.map((run) => ({ ...lengthsOf(run), weights: run.slice(5) }));
    STORED.set(group, known);
  }
  return known;
}

export function kindOf(group: CorrectedGroup): RunGroup {
  const { runs: _, versionVariances: __, ...kind } = group;
  return kind;
}

/** The traits of a stored run. */
export function traitsOf(group: RunGroup, run: readonly number[]): RunTraits {
  return { ...group, ...lengthsOf(run) };
}

function lengthsOf(run: readonly number[]): Omit<RunTraits, keyof RunGroup> {
  const [input = 1, output = 1, sequences = 1, gpus = 1, expertParallel = 1] = run;
  return {
    input: Math.log2(input),
    output: Math.log2(output),
    sequences: Math.log2(sequences),
    gpus: Math.log2(gpus),
    expertParallel: Math.log2(expertParallel),
  };
}
