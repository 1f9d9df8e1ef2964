import type { Danger } from '#lib/diff/dangers/danger';
import { dangersOf } from '#lib/diff/dangers/dangers-of';
import { planChanges } from '#lib/diff/plan-diff';
import type { WrittenOption } from '#lib/diff/side';
import { nodeAt, without, writtenChanges, type WrittenChange } from '#lib/diff/written-changes';
import type { Plan } from '#lib/plan/plan';
import type { Path } from '#lib/text/located';
import { spot, type Place } from '#lib/text/place';

/** Changes that are taken back one by one; each costs a plan. */
const MOST_TRIED = 12;

/** What a plan was made of, beside the plan. */
interface Planned {
  readonly plan: Plan;
  readonly written: WrittenOption;
}

/**
 * Dangers with the line of the second file that causes each. Where the files differ by several values, the cause is the
 * one without which the danger would not be: each is taken back by itself and planned anew.
 */
export function withCauses(dangers: readonly Danger[], from: Planned, to: Planned): readonly Danger[] {
  const changes = writtenChanges(from.written, to.written);
  if (dangers.length === 0 || changes.length === 0) return dangers;
  const [first, ...others] = changes;
  const causes =
    others.length === 0 ? [] : changes.slice(0, MOST_TRIED).map((change) => tried(change, from, to));
  return dangers.map((danger) => {
    const cause = causes.find(({ left }) => left !== null && !left.has(identityOf(danger)))?.change;
    const place = (cause ?? likeliest(danger, changes) ?? first)?.place;
    return place === undefined ? danger : { ...danger, at: shownAt(place, to.written.prefix) };
  });
}

interface Tried {
  readonly change: WrittenChange;
  /** Dangers that are there without the change too; `null` where nothing can be planned without it. */
  readonly left: ReadonlySet<string> | null;
}

function tried(change: WrittenChange, from: Planned, to: Planned): Tried {
  const plan = to.written.replanned?.(without(change, to.written.root)) ?? null;
  if (plan === null) return { change, left: null };
  const left = dangersOf(from.plan, plan, planChanges(from.plan, plan)).map(identityOf);
  return { change, left: new Set(left) };
}

function identityOf({ class: name, address, path }: Danger): string {
  return JSON.stringify([name, address, path]);
}

/** Several changes together cause it: the one that is named as the plan names what differs, else the first. */
function likeliest({ path }: Danger, changes: readonly WrittenChange[]): WrittenChange | undefined {
  const words = new Set(path.split(/[.[\]]/));
  return changes.find(({ path: written }) => words.has(String(written.at(-1))));
}

/** Where a file writes a value; `undefined` where it does not. */
export function writtenAt({ root, prefix }: WrittenOption, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node === undefined ? undefined : shownAt(node.place, prefix);
}

function shownAt(place: Place, prefix = ''): string {
  const { at } = spot(place);
  return 'label' in place ? at : `${prefix}${at}`;
}
