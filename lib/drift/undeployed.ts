import type { Difference, DriftedThing, Origin } from '#lib/drift/drift';
import type { Action, Change } from '#lib/lifecycle/change';

/** What deploying would do with a thing, read as what is wrong with it now. */
const DIFFERENCE: Readonly<Record<Action, Difference>> = {
  create: 'missing',
  update: 'changed',
  replace: 'changed',
  'may-replace': 'changed',
  delete: 'foreign',
  release: 'foreign',
};

/** Things that a deployment would touch: live otherwise than they are synthesized. */
export function undeployed(changes: readonly Change[], origin: Origin = 'not-deployed'): DriftedThing[] {
  return changes.map(({ address, type, action, paths }) => ({
    difference: DIFFERENCE[action],
    address,
    type,
    origin,
    paths: paths.map(({ path }) => path),
  }));
}
