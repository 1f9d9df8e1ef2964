import type { DecisionCase, DecisionOption } from '#lib/decision/decision-case';
import { triangularMoments } from '#lib/units/triangular';

/**
 * Ids of the inputs whose mean, all others at base, speaks against an option more than its base does; the most first.
 */
export function leaning(
  option: DecisionOption,
  rival: DecisionOption,
  { space, doubts }: DecisionCase,
): string[] {
  const values = space.base();
  const lead = () => option.bill.monthlyUsd(values) - rival.bill.monthlyUsd(values);
  const atBase = lead();
  const numbers = [...new Set([...option.bill.dependsOn, ...rival.bill.dependsOn])];
  return numbers
    .flatMap((number) => {
      const [input, band] = [space.inputs[number], doubts[number]];
      if (input === undefined || band === undefined || band.low === band.high) return [];
      values[number] = triangularMoments(band).mean;
      const againstUsd = lead() - atBase;
      values[number] = band.base;
      return againstUsd > 0 ? [{ id: input.id, againstUsd }] : [];
    })
    .toSorted((a, b) => b.againstUsd - a.againstUsd)
    .map(({ id }) => id);
}
