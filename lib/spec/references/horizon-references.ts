import type { Problem } from '#lib/errors/landfall-error';
import { Finance } from '#lib/spec/schema/finance';
import { locate } from '#lib/text/located';
import type { Located } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import { at, isRecord, valueAt } from '#lib/spec/schema/schema-walk';

/** A fleet that is deployed for a month which no bill reaches. */
export function horizonProblems(root: Located, input: unknown): Problem[] {
  const scenarios = at(input, 'scenarios');
  const stated = valueAt(input, ['finance', 'horizonMonths']);
  const horizonMonths = stated === undefined ? Finance.parse({}).horizonMonths : stated;
  if (!isRecord(scenarios) || typeof horizonMonths !== 'number') return [];
  return Object.entries(scenarios).flatMap(([id, scenario]): Problem[] => {
    const month = valueAt(scenario, ['traffic', 'sizeForMonth']);
    if (typeof month !== 'number' || month <= horizonMonths) return [];
    return [
      {
        code: 'CONFLICT',
        ...spot(locate(root, ['scenarios', id, 'traffic', 'sizeForMonth']).value),
        got: shown(month),
        expected: `a month of the horizon, which has ${horizonMonths}`,
        fix: `write ${horizonMonths} or less, or raise \`finance.horizonMonths\``,
      },
    ];
  });
}
