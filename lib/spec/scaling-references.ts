import { suggestion } from '#lib/errors/did-you-mean';
import type { Problem } from '#lib/errors/landfall-error';
import { locate } from '#lib/spec/located';
import type { Located } from '#lib/spec/located';
import { shown, spot } from '#lib/spec/place';
import { at, isRecord, valueAt } from '#lib/spec/schema-walk';
import { SCALING_POLICIES } from '#lib/targets/scaling-support';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';

/** A scaling policy that the option's target cannot follow. */
export function scalingProblems(root: Located, input: unknown): Problem[] {
  const options = at(input, 'options');
  if (!isRecord(options)) return [];
  return Object.entries(options).flatMap(([id, option]): Problem[] => {
    const target: Target | undefined = targets.entries.find((entry) => entry.id === at(option, 'target'));
    const asked = valueAt(option, ['scaling', 'policy']);
    const policy = SCALING_POLICIES.find((known) => known === asked);
    // What is no policy at all is the schema's to report.
    if (target === undefined || policy === undefined || target.scaling.policies.includes(policy)) return [];
    const { policies, otherwise } = target.scaling;
    return [
      {
        code: 'CONFLICT',
        ...spot(locate(root, ['options', id, 'scaling', 'policy']).value),
        got: shown(policy),
        expected: `a policy of ${target.id} (${policies.join(', ')}): ${otherwise}`,
        fix: policies.length === 1 ? 'leave `scaling` out' : suggestion(policy, policies),
      },
    ];
  });
}
