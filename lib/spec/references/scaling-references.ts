import { suggestion } from '#lib/errors/did-you-mean';
import type { Problem } from '#lib/errors/landfall-error';
import { locate } from '#lib/text/located';
import type { Located } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import { at, isRecord, valueAt } from '#lib/spec/schema/schema-walk';
import { SCALING_POLICIES } from '#lib/targets/port/scaling-support';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';

/** A scaling policy that the option's target cannot follow, or a term that it does not sell. */
export function scalingProblems(root: Located, input: unknown): Problem[] {
  const options = at(input, 'options');
  if (!isRecord(options)) return [];
  return Object.entries(options).flatMap(([id, option]): Problem[] => {
    const target: Target | undefined = targets.entries.find((entry) => entry.id === at(option, 'target'));
    const term = target === undefined ? null : termProblem(root, id, option, target);
    const asked = valueAt(option, ['scaling', 'policy']);
    const policy = SCALING_POLICIES.find((known) => known === asked);
    // What is no policy at all is the schema's to report.
    if (target === undefined || policy === undefined || target.scaling.policies.includes(policy)) {
      return term === null ? [] : [term];
    }
    const { policies, otherwise } = target.scaling;
    return [
      ...(term === null ? [] : [term]),
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

function termProblem(root: Located, id: string, option: unknown, target: Target): Problem | null {
  const asked = at(option, 'commitment');
  const terms = target.nodeTerms?.committed.map(({ term }) => term) ?? [];
  if (asked === undefined || asked === 'none') return null;
  const path = ['options', id, 'commitment'];
  if (terms.length === 0) {
    const expected = `none: ${target.id} sells no nodes for a term beside others by the hour`;
    return {
      code: 'CONFLICT',
      ...spot(locate(root, path).value),
      got: shown(asked),
      expected,
      fix: 'leave it out',
    };
  }
  const term = at(asked, 'term');
  if (typeof term !== 'string' || terms.includes(term)) return null;
  return {
    code: 'CONFLICT',
    ...spot(locate(root, [...path, 'term']).value),
    got: shown(term),
    expected: `a term of ${target.id}: ${terms.join(', ')}`,
    fix: suggestion(term, terms),
  };
}
