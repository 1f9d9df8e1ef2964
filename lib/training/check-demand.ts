import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import type { TrainingDemand } from '#lib/training/training';

/** @throws LandfallError with every figure of the demand that makes no sense */
export function checkDemand(demand: TrainingDemand): void {
  const problems: Problem[] = [];
  const check = (name: keyof TrainingDemand, isFine: (value: number) => boolean, expected: string) => {
    const value = demand[name];
    if (value === undefined || (typeof value === 'number' && isFine(value))) return;
    problems.push({
      code: 'OUT_OF_RANGE',
      at: `training.${name}`,
      got: JSON.stringify(value),
      expected,
      fix: `set ${name} to ${expected}`,
    });
  };
  const isPositive = (value: number) => Number.isFinite(value) && value > 0;
  const isCount = (value: number) => Number.isSafeInteger(value) && value > 0;
  for (const name of [
    'tokens',
    'withinHours',
    'checkpointGbPerSecond',
    'mtbfGpuHours',
    'criticalBatch',
  ] as const)
    check(name, isPositive, 'a number above 0');
  for (const name of ['sequenceTokens', 'globalBatch', 'microBatch', 'gpus', 'mostGpus'] as const)
    check(name, isCount, 'a whole number above 0');
  check('restartMinutes', (value) => Number.isFinite(value) && value >= 0, 'a number from 0');
  check('memoryShare', (value) => value > 0 && value <= 1, 'a share above 0 and up to 1');
  if (demand.kind === 'distillation' && demand.teacher === undefined) {
    problems.push({
      code: 'MISSING_KEY',
      at: 'training.teacher',
      expected: 'the model whose outputs are learnt',
      fix: 'name a teacher, or choose the kind sft',
    });
  }
  const [first, ...others] = problems;
  if (first !== undefined) throw new LandfallError([first, ...others]);
}
