import type { Step, StepInput } from '#lib/units/derivation';

export function step(
  id: string,
  label: string,
  formula: string,
  value: number,
  unit: string,
  inputs: readonly StepInput[],
): Step {
  return { id, label, formula, value, unit, inputs };
}

export function input(name: string, value: number | string, unit: string, source?: string): StepInput {
  return source === undefined ? { name, value, unit } : { name, value, unit, source };
}
