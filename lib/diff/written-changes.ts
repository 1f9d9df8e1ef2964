import type { WrittenOption } from '#lib/diff/side';
import { plain, type Located, type LocatedMap, type Path } from '#lib/text/located';
import type { Place } from '#lib/text/place';

/** A value that one environment file writes otherwise than the other, of what decides about one option. */
export interface WrittenChange {
  /** `['options', 'eks', 'purchase']`. */
  readonly path: Path;
  /** Where it stands in the second file: the value, or what it was taken out of. */
  readonly place: Place;
  /** What the first file says there; `undefined` where it says nothing. */
  readonly before: Located | undefined;
}

/** What differs between two files for a scenario on an option, in the order of the second one. */
export function writtenChanges(from: WrittenOption, to: WrittenOption): readonly WrittenChange[] {
  if (from.option !== to.option) return [chosenOtherwise(from, to)];
  const parts: Path[] = [
    ['name'],
    ['scenarios', to.scenario],
    ['options', to.option],
    ['finance'],
    ['catalog'],
  ];
  return parts.flatMap((path) =>
    differences(path, nodeAt(from.root, path), nodeAt(to.root, path), to.root.place),
  );
}

/** Another option: where `deploy` names it, or where it is described. */
function chosenOtherwise(
  { root: from }: WrittenOption,
  { root, scenario, option }: WrittenOption,
): WrittenChange {
  const path = ['deploy', scenario];
  const [before, after] = [nodeAt(from, path), nodeAt(root, path)];
  const isDeployed = after?.kind === 'scalar' && after.value === option;
  if (isDeployed && !isSame(before, after)) return { path, place: after.place, before };
  const described = entryAt(root, ['options', option]);
  return { path: ['options', option], place: described ?? root.place, before: undefined };
}

/** @param around - Where the mapping stands that they are in */
function differences(
  path: Path,
  before: Located | undefined,
  after: Located | undefined,
  around: Place,
): readonly WrittenChange[] {
  if (isSame(before, after)) return [];
  if (before?.kind === 'map' && after?.kind === 'map') return ofMaps(path, before, after);
  return [{ path, place: after?.place ?? around, before }];
}

function ofMaps(path: Path, before: LocatedMap, after: LocatedMap): readonly WrittenChange[] {
  const keys = new Set([...after.entries.keys(), ...before.entries.keys()]);
  return [...keys].flatMap((key) => {
    const [old, now] = [before.entries.get(key), after.entries.get(key)];
    if (old === undefined && now !== undefined) {
      return [{ path: [...path, key], place: now.keyPlace, before: undefined }];
    }
    return differences([...path, key], old?.value, now?.value, after.place);
  });
}

function isSame(a: Located | undefined, b: Located | undefined): boolean {
  const text = (node: Located | undefined) => (node === undefined ? undefined : JSON.stringify(plain(node)));
  return text(a) === text(b);
}

export function nodeAt(root: Located, path: Path): Located | undefined {
  let node: Located | undefined = root;
  for (const step of path) node = node?.kind === 'map' ? node.entries.get(String(step))?.value : undefined;
  return node;
}

/** Place of the key at the end of a path. */
function entryAt(root: Located, path: Path): Place | undefined {
  const above = nodeAt(root, path.slice(0, -1));
  return above?.kind === 'map' ? above.entries.get(String(path.at(-1)))?.keyPlace : undefined;
}

/** The document as if one change had not been made. */
export function without({ path, before }: WrittenChange, root: Located): Located {
  const [step, ...rest] = path;
  if (step === undefined || root.kind !== 'map') return before ?? root;
  const key = String(step);
  const entries = new Map(root.entries);
  const entry = entries.get(key);
  if (rest.length === 0 && before === undefined) entries.delete(key);
  else {
    const place = entry?.keyPlace ?? root.place;
    const empty: Located = { kind: 'map', place: root.place, entries: new Map() };
    const value =
      rest.length === 0 && before !== undefined
        ? before
        : without({ path: rest, place, before }, entry?.value ?? empty);
    entries.set(key, { keyPlace: place, value });
  }
  return { ...root, entries };
}
