import { broadenings } from '#lib/diff/dangers/broadenings';
import { commitments } from '#lib/diff/dangers/commitments';
import { danger, type Danger } from '#lib/diff/dangers/danger';
import { poolDangers } from '#lib/diff/dangers/pool-dangers';
import { servingDangers } from '#lib/diff/dangers/serving-dangers';
import { storeDangers } from '#lib/diff/dangers/store-dangers';
import { movesOf } from '#lib/diff/moves';
import type { Change } from '#lib/diff/plan-diff';
import type { Plan } from '#lib/plan/plan';
import { DANGER_CLASSES } from '#lib/spec/schema/review';

/** What the step from one plan to the other may destroy, release, bind or interrupt; gravest first. */
export function dangersOf(from: Plan, to: Plan, changes: readonly Change[]): Danger[] {
  const moves = movesOf(from, to);
  const all = [
    ...storeDangers(from, to, moves),
    ...poolDangers(from, to, moves),
    ...commitments(from, to),
    ...broadenings(from, to),
    ...moves.map(({ at, before, after }) => danger('replace', 'Plan', [before, after], at)),
    // What stands elsewhere starts beside what stands here.
    ...(moves.length === 0 ? servingDangers(from, to) : []),
  ];
  const quiet = all.length === 0 && changes.length > 0;
  const differ = changes.length === 1 ? '1 value differs' : `${changes.length} values differ`;
  const inPlace: Danger[] = quiet
    ? [danger('in-place', 'Plan', ['as it is', differ], changes[0]?.path ?? '')]
    : [];
  return [...all, ...inPlace].toSorted(
    (a, b) => DANGER_CLASSES.indexOf(a.class) - DANGER_CLASSES.indexOf(b.class),
  );
}
