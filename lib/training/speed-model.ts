import type { TrainingSetup } from '#lib/training/setup';
import { secondsPerToken, tokenTime, type StepConstants } from '#lib/training/step-time';

/** What runs of a kind have in common beyond the formula, by key: added to the logarithm of the time of a token. */
export type Effects = ReadonlyMap<string, number>;

export interface SpeedModel {
  readonly constants: StepConstants;
  readonly effects: Effects;
}

/** The groups that a run belongs to, widest first; the last is the run of one model, accelerator and format. */
export function effectKeys(setup: TrainingSetup): readonly string[] {
  const { shape, accelerator, precision, part, software } = setup;
  const kind = shape.experts === null ? 'dense' : 'moe';
  return [
    `software/${software}/${part}`,
    `format/${accelerator.family}/${precision}/${kind}`,
    `accelerator/${accelerator.id}/${kind}`,
    `model/${shape.id}`,
    runKey(setup),
  ];
}

export function runKey({ shape, accelerator, precision, part }: TrainingSetup): string {
  return `run/${shape.id}/${accelerator.id}/${precision}/${part}`;
}

/** Tokens per second that one GPU trains; `null` where the accelerator has no unit for the format. */
export function predictTokens(setup: TrainingSetup, { constants, effects }: SpeedModel): number | null {
  const time = tokenTime(setup, constants);
  return time === null ? null : 1 / (secondsPerToken(time) * effectFactor(setup, effects));
}

/** Multiple of the time that the groups of a run are known to take. */
export function effectFactor(setup: TrainingSetup, effects: Effects): number {
  return Math.exp(effectKeys(setup).reduce((sum, key) => sum + (effects.get(key) ?? 0), 0));
}
