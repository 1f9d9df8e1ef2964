import {
  fullAddress,
  type Action,
  type Change,
  type LiveState,
  type PlannedStack,
} from '#lib/lifecycle/change';
import { canonicalJson } from '#lib/lifecycle/digest';

/** How a change of today differs from what was reviewed. */
export interface Deviation {
  readonly address: string;
  readonly how: 'appeared' | 'vanished' | 'changed';
  /** In one line, without a value: `update of Properties.ScalingConfig.MaxSize`. */
  readonly what: string;
}

/**
 * What of a reviewed stack is still to be done.
 *
 * `as-reviewed`: the world and the change are those of the review. `done`: nothing is left. `remainder`: a part was done,
 * each change that is left is one that was reviewed or the rest of one. `other`: anything else, which nobody reviewed.
 */
export type Standing =
  | { readonly kind: 'as-reviewed' | 'done' | 'remainder' }
  | { readonly kind: 'other'; readonly deviations: readonly Deviation[] };

/**
 * Whether what a stack would do now is what was reviewed, or the rest of it.
 *
 * The rule. Nothing left to do is always fine: the reviewed end is reached. Else, where the live state is the reviewed one,
 * the changes have to be equal to the last place. Where it has moved, CloudFormation's stacks are refused: a template is
 * deployed whole or rolled back whole, so a third state is somebody else's. Terraform's may be half applied, and are
 * accepted where every change left is a rest of a reviewed one: the same resource, the same action, no place that was not
 * named and no value before it that has moved. Rests of other kinds are few: the creation of what was to be replaced, the
 * deletion of what a replacement left behind, and the remaking of what a creation did not finish.
 */
export function standingOf(reviewed: PlannedStack, now: PlannedStack): Standing {
  if (now.changes.length === 0 && now.plannedAfter.length === 0) return { kind: 'done' };
  const deviations = deviationsOf(reviewed, now);
  if (sameLive(reviewed.live, now.live)) {
    const all = [...deviations, ...vanished(reviewed, now)];
    return all.length === 0 ? { kind: 'as-reviewed' } : { kind: 'other', deviations: all };
  }
  if (reviewed.provisioner === 'terraform' && deviations.length === 0 && isContinued(reviewed.live, now.live))
    return { kind: 'remainder' };
  const all = [...deviations, ...vanished(reviewed, now)];
  return { kind: 'other', deviations: all.length > 0 ? all : [moved(reviewed)] };
}

/** A state that goes on from the reviewed one, as an apply leaves it. */
function isContinued(reviewed: LiveState, now: LiveState): boolean {
  if (now.kind !== 'state') return false;
  if (reviewed.kind === 'absent') return true;
  return reviewed.kind === 'state' && reviewed.lineage === now.lineage && now.serial > reviewed.serial;
}

function sameLive(a: LiveState, b: LiveState): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function deviationsOf(reviewed: PlannedStack, now: PlannedStack): Deviation[] {
  return now.changes.flatMap((change): Deviation[] => {
    const before = reviewed.changes.filter(({ address }) => address === baseOf(change.address));
    const [was] = before;
    const address = fullAddress(now, change);
    if (was === undefined) return [{ address, how: 'appeared', what: described(change) }];
    if (isRestOf(change, was)) return [];
    return [{ address, how: 'changed', what: difference(change, was) }];
  });
}

function vanished(reviewed: PlannedStack, now: PlannedStack): Deviation[] {
  const left = new Set(now.changes.map(({ address }) => baseOf(address)));
  return reviewed.changes
    .filter(({ address }) => !left.has(address))
    .map((change) => ({ address: fullAddress(reviewed, change), how: 'vanished', what: described(change) }));
}

/** Terraform tells what a replacement left behind by its resource's address. */
function baseOf(address: string): string {
  return address.replace(/ \(deposed [^)]*\)$/, '');
}

/** Actions that may be left of a reviewed one besides itself. */
const RESTS: Readonly<Partial<Record<Action, readonly Action[]>>> = { replace: ['create', 'delete'] };

function isRestOf(change: Change, was: Change): boolean {
  if (change.type !== was.type) return false;
  if (change.isHalfMade === true) return was.action === 'create' || was.action === 'replace';
  if (change.action !== was.action) return RESTS[was.action]?.includes(change.action) === true;
  if (change.keeps !== was.keeps) return false;
  const known = new Map(was.paths.map(({ path, was: value }) => [path, value]));
  return change.paths.every(({ path, was: value }) => known.get(path) === value);
}

function difference(change: Change, was: Change): string {
  if (change.type !== was.type) return `${was.type} was reviewed, ${change.type} is there`;
  if (change.action !== was.action) return `${was.action} was reviewed, now it is ${change.action}`;
  if (change.keeps !== was.keeps) return 'what is kept of it is not what was reviewed';
  const known = new Map(was.paths.map(({ path, was: value }) => [path, value]));
  const fresh = change.paths.filter(({ path }) => !known.has(path)).map(({ path }) => path);
  if (fresh.length > 0) return `${listed(fresh)} was not among what was reviewed`;
  const others = change.paths
    .filter(({ path, was: value }) => known.get(path) !== value)
    .map(({ path }) => path);
  return `the value of ${listed(others)} is not the one that stood there at the review`;
}

export function described({ action, paths }: Pick<Change, 'action' | 'paths'>): string {
  return paths.length === 0 ? action : `${action} of ${listed(paths.map(({ path }) => path))}`;
}

/** Names the first three. */
function listed(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `${names.slice(0, 3).join(', ')}${more}`;
}

function moved({ stack }: PlannedStack): Deviation {
  return { address: stack, how: 'changed', what: 'what is deployed is not what stood there at the review' };
}
