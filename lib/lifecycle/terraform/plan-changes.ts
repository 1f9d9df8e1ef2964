import { isList, isObject, own, ownObject, ownText } from '#lib/artifacts/json';
import type { Action, Change } from '#lib/lifecycle/change';
import { changedPaths } from '#lib/lifecycle/changed-paths';

/**
 * What applying a Terraform plan would touch, sorted by address: of the JSON of `terraform show -json PLAN`. Values that
 * Terraform marks as sensitive are told by their place alone.
 */
export function planChanges(plan: unknown): Change[] {
  const changes = [...listOf(own(plan, 'resource_changes')).flatMap(resourceChange), ...outputChanges(plan)];
  return changes.toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

function resourceChange(entry: unknown): Change[] {
  const change = ownObject(entry, 'change');
  const actions = listOf(own(change, 'actions')).map(String);
  const action = actionOf(actions);
  if (action === null || own(entry, 'mode') === 'data') return [];
  const deposed = ownText(entry, 'deposed');
  const address = ownText(entry, 'address') ?? 'unknown';
  const [before, after] = [own(change, 'before'), own(change, 'after')];
  const isHalfMade = ownText(entry, 'action_reason') === 'replace_because_tainted';
  return [
    {
      address: deposed === null ? address : `${address} (deposed ${deposed})`,
      type: typeOf(ownText(entry, 'type') ?? 'unknown', before ?? after),
      action,
      paths: action === 'update' || action === 'replace' ? pathsOf(change, before, after) : [],
      keeps: actions.includes('forget') ? 'resource' : null,
      ...(isHalfMade ? { isHalfMade } : {}),
    },
  ];
}

/** `null` where nothing is touched. */
function actionOf(actions: readonly string[]): Action | null {
  if (actions.includes('forget')) return 'release';
  if (actions.length === 2) return 'replace';
  const [only] = actions;
  return only === 'create' || only === 'update' || only === 'delete' ? only : null;
}

/** What an apply alone knows counts as a difference: its value is fixed by then, its place is what is reviewed. */
function pathsOf(change: unknown, before: unknown, after: unknown): Change['paths'] {
  const unknown = own(change, 'after_unknown');
  const isHidden = (path: string) =>
    isMarked(own(change, 'before_sensitive'), path) || isMarked(own(change, 'after_sensitive'), path);
  return changedPaths(before, withUnknown(after, unknown), isHidden).map(({ path, was }) =>
    // Even a fingerprint of something sensitive stays here.
    isHidden(path) ? { path, was: null } : { path, was },
  );
}

/** A value with a mark in each place that the apply will fill. */
function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (isList(unknown)) {
    const list = isList(value) ? value : [];
    return unknown.map((each, index) => withUnknown(list[index], each));
  }
  if (!isObject(unknown)) return value;
  const object = isObject(value) ? value : {};
  const filled = Object.entries(unknown).map(([key, each]) => [key, withUnknown(object[key], each)] as const);
  return { ...object, ...Object.fromEntries(filled.filter(([, each]) => each !== undefined)) };
}

const UNKNOWN = '(known after apply)';

/** Whether the place, or what holds it, is marked: `true`, or an object or list of such marks. */
function isMarked(marks: unknown, path: string): boolean {
  let at: unknown = marks;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (at === true) return true;
    at = isList(at) ? at[Number(key)] : own(at, key);
  }
  // Something sensitive inside of it makes a comparison of the whole tell of it.
  return at === true || holdsMark(at);
}

function holdsMark(marks: unknown): boolean {
  if (marks === true) return true;
  if (isList(marks)) return marks.some(holdsMark);
  return isObject(marks) && Object.values(marks).some(holdsMark);
}

function outputChanges(plan: unknown): Change[] {
  return Object.entries(ownObject(plan, 'output_changes')).flatMap(([name, change]): Change[] => {
    const action = actionOf(listOf(own(change, 'actions')).map(String));
    if (action === null) return [];
    return [{ address: `output.${name}`, type: 'output', action, paths: [], keeps: null }];
  });
}

/** A manifest is what its object is: `kubernetes_manifest:apps/v1/Deployment`. */
export function typeOf(type: string, values: unknown): string {
  const manifest = type === 'kubernetes_manifest' ? ownObject(values, 'manifest') : {};
  const [apiVersion, kind] = [ownText(manifest, 'apiVersion'), ownText(manifest, 'kind')];
  return apiVersion === null || kind === null ? type : `${type}:${apiVersion}/${kind}`;
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}
