import type { Problem } from '#lib/errors/landfall-error';
import { locate } from '#lib/text/located';
import type { Located } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import { at, isRecord } from '#lib/spec/schema/schema-walk';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';

/** A knob of an option's target that is written without the one which gives it a meaning. */
export function knobProblems(root: Located, input: unknown): Problem[] {
  const options = at(input, 'options');
  if (!isRecord(options)) return [];
  return Object.entries(options).flatMap(([id, option]): Problem[] => {
    const target: Target | undefined = targets.entries.find((entry) => entry.id === at(option, 'target'));
    return Object.entries(target?.knobNeeds ?? {}).flatMap(([knob, needed]): Problem[] => {
      const written = at(option, knob);
      if (written === undefined || at(option, needed) !== undefined) return [];
      return [
        {
          code: 'CONFLICT',
          ...spot(locate(root, ['options', id, knob]).value),
          got: `${knob}: ${shown(written)}`,
          expected: `\`${needed}\` beside it: alone it changes nothing`,
          fix: `add \`${needed}\`, or leave \`${knob}\` out`,
        },
      ];
    });
  });
}
