import type { HeldOutFigures } from '#lib/training/cross-validation';
import type { SpeedModel } from '#lib/training/speed-model';
import type { StepConstants } from '#lib/training/step-time';
import records from '../catalog/data/training-constants.json';

/** Where the constants come from. */
export interface SpeedMethod {
  readonly id: 'method';
  readonly version: string;
  /** Day on which the rows were read. */
  readonly asOf: string;
  readonly method: string;
  readonly rows: string;
  readonly rowCount: number;
  readonly sources: readonly string[];
  /** Newest software among the rows, in months since January 2024. */
  readonly newestMonth: number;
}

/** Errors on runs that were left out: `unseen` groups of model, accelerator and format, or single runs of `seen` ones. */
export interface HeldOutRecord extends HeldOutFigures {
  readonly id: string;
}

export interface StepRecord extends StepConstants {
  readonly id: 'step';
}

export interface EffectRecord {
  readonly id: string;
  readonly lnTime: number;
}

/** Samples that an MLPerf benchmark needs: `minimum × (1 + batch ÷ critical batch)`, in sequences. */
export interface Convergence {
  readonly minimumSequences: number;
  readonly criticalBatch: number;
}

export interface ConvergenceRecord extends Convergence {
  readonly id: string;
  readonly benchmark: string;
}

export type ConstantsRecord = SpeedMethod | StepRecord | ConvergenceRecord | HeldOutRecord | EffectRecord;

/** Fitted constants of the speed of training, and how far they are off. */
export interface TrainingConstants extends SpeedModel {
  readonly method: SpeedMethod;
  /** By `heldout/unseen/dense`, `heldout/seen/moe`, … */
  readonly heldOut: ReadonlyMap<string, HeldOutFigures>;
  /** By benchmark: `llama2_70b_lora`. */
  readonly convergence: ReadonlyMap<string, Convergence>;
}

/** @throws Error where the records are not those of one calibration */
export function readTrainingConstants(all: readonly object[]): TrainingConstants {
  const of = (id: string) => all.find((record) => 'id' in record && record.id === id);
  const [method, step] = [of('method'), of('step')];
  if (method === undefined || step === undefined) {
    throw new Error('the constants of training lack their method or their step');
  }
  const effects = all.filter((record) => 'lnTime' in record) as EffectRecord[];
  const heldOut = all.filter((record) => 'medianApe' in record) as HeldOutRecord[];
  const convergence = all.filter((record) => 'criticalBatch' in record) as ConvergenceRecord[];
  return {
    method: method as SpeedMethod,
    constants: step as StepRecord,
    effects: new Map(effects.map(({ id, lnTime }) => [id, lnTime])),
    heldOut: new Map(heldOut.map((record) => [record.id, record])),
    convergence: new Map(convergence.map((record) => [record.benchmark, record])),
  };
}

let bundled: TrainingConstants | undefined;

/** The constants that the package ships with. */
export function trainingConstants(): TrainingConstants {
  bundled ??= readTrainingConstants(records);
  return bundled;
}
