import { ENGINE_TECHNIQUES, type Engine } from '#lib/engines/engine';
import { engines } from '#lib/engines/index';
import type { Problem } from '#lib/errors/landfall-error';
import { locate } from '#lib/text/located';
import type { Located } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import { at, isRecord, valueAt } from '#lib/spec/schema/schema-walk';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';

/** A technique that the option's engine cannot do, or that nobody can switch on because the provider runs the model. */
export function techniqueProblems(root: Located, input: unknown): Problem[] {
  const options = at(input, 'options');
  if (!isRecord(options)) return [];
  return Object.entries(options).flatMap(([id, option]) => {
    const target: Target | undefined = targets.entries.find((entry) => entry.id === at(option, 'target'));
    if (target === undefined) return [];
    const chosen = valueAt(option, ['serving', 'engine', 'engine']) ?? target.engines[0];
    const engine: Engine | undefined = engines.entries.find((entry) => entry.id === chosen);
    const can = engine?.techniques ?? [];
    const uncut = sliceProblem(root, id, option, target);
    const techniques = ENGINE_TECHNIQUES.filter(
      (technique) => at(at(option, 'serving'), technique) !== undefined && !can.includes(technique),
    ).map((technique): Problem => {
      const place = spot(locate(root, ['options', id, 'serving', technique]).key);
      const byProvider = target.engines.length === 0;
      return {
        code: 'CONFLICT',
        ...place,
        got: shown(technique),
        expected: byProvider
          ? `no serving technique: the provider of ${target.id} runs the model`
          : `a technique of ${engine?.id ?? target.id}: ${can.length === 0 ? 'it has none' : can.join(', ')}`,
        fix: byProvider
          ? `leave it out, or choose a target that runs an engine`
          : 'leave it out, or choose another engine',
      };
    });
    return uncut === null ? techniques : [uncut, ...techniques];
  });
}

/** Slices are cut by whoever has the machine's driver. */
function sliceProblem(root: Located, id: string, option: unknown, target: Target): Problem | null {
  if (target.cutsAccelerators || valueAt(option, ['serving', 'slice']) === undefined) return null;
  const place = spot(locate(root, ['options', id, 'serving', 'slice']).key);
  return {
    code: 'CONFLICT',
    ...place,
    got: shown('slice'),
    expected: `whole accelerators: ${target.id} does not let you cut them`,
    fix: 'leave it out, or choose a target whose nodes are yours to set up',
  };
}
