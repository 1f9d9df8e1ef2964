import { atomizeChangeset, diff, Operation } from 'json-diff-ts';
import type { Plan } from '#lib/plan/plan';

/** One value that differs between two plans. Direction is always before → after, for booleans too. */
export interface Change {
  /** Dotted path in the plan: `serving.precision`, `nodePools[gpu].nodes.desired`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly kind: 'added' | 'removed' | 'changed';
}

const KINDS = { ADD: 'added', REMOVE: 'removed', UPDATE: 'changed' } as const;

/** Arrays whose elements have a name are matched by it, so that removing one is one change. */
const NAMED = {
  nodePools: 'id',
  purchases: 'key',
  'sizing.derivation': 'id',
  'retrieval.sizing.derivation': 'id',
};

/** Names of the side itself, and remarks: no decisions. */
const SIDE_IDS = ['environment', 'scenario', 'option', 'notes'];

/** Every decision that differs; the ids of the sides and the arithmetic behind a figure are not decisions. */
export function planChanges(from: Plan, to: Plan): Change[] {
  const changes = atomizeChangeset(
    diff(decisions(from), decisions(to), { embeddedObjKeys: NAMED, keysToSkip: SIDE_IDS }),
  );
  return joined(
    changes.map(({ path, oldValue, value, type }) => ({
      path: plainPath(path),
      // The library gives what it removed as `value`.
      before: (type === Operation.REMOVE ? value : oldValue) ?? null,
      after: (type === Operation.REMOVE ? null : value) ?? null,
      kind: KINDS[type],
    })),
  );
}

/** A value that changes its type comes as one removed and one added: to a reader it is one change. */
function joined(changes: readonly Change[]): Change[] {
  const byPath = new Map<string, Change>();
  for (const change of changes) {
    const earlier = byPath.get(change.path);
    const [before, after] = [earlier?.before ?? change.before, earlier?.after ?? change.after];
    const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
    byPath.set(change.path, earlier === undefined ? change : { path: change.path, before, after, kind });
  }
  return [...byPath.values()];
}

/** The plan without the arithmetic behind its figures. */
function decisions(plan: Plan): object {
  const sizing = plan.sizing === null ? null : { ...plan.sizing, derivation: [], nearest: null };
  return { ...plan, sizing };
}

/** `$.nodePools[?(@.id=='gpu')].nodes.desired` → `nodePools[gpu].nodes.desired`. */
function plainPath(path: string): string {
  return path
    .replace(/^\$\.?/, '')
    .replaceAll(/\[\?\(@\.?[^=]*=='([^']*)'\)\]/g, '[$1]')
    .replaceAll(/\[\?\(@\['[^']*'\]=='([^']*)'\)\]/g, '[$1]');
}
