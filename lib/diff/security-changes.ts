import type { Change } from '#lib/diff/plan-diff';
import type { DiffSide } from '#lib/diff/side';
import { areaOf } from '#lib/targets/port/site';

/** Decisions about who can reach or read what, and whose terms hold. */
const SECURITY_PATHS = [
  'network.',
  'managed.guardrail',
  'managed.profile',
  'cluster.imageRegistry',
  'serving.launch.image',
  'serving.prompts.launch.image',
  'retrieval.runsOn',
];

/** Those decisions that differ, and what follows from them: the area that data lies in, and the licence of the model. */
export function securityChanges(changes: readonly Change[], from: DiffSide, to: DiffSide): Change[] {
  const decided = changes.filter(({ path }) => SECURITY_PATHS.some((start) => path.startsWith(start)));
  const areas = [from, to].map(({ plan }) =>
    plan?.network.region == null ? null : areaOf(plan.network.region),
  );
  const licences = [from, to].map(({ licence = null }) => licence);
  return [...decided, ...differing('data.area', areas), ...differing('model.licence', licences)];
}

function differing(path: string, [before = null, after = null]: readonly (string | null)[]): Change[] {
  if (before === after) return [];
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  return [{ path, before, after, kind }];
}
