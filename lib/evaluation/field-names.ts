import { lettersOf } from '#lib/catalog/names';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { isAbsent, Unusable } from '#lib/evaluation/row-fields';

/** Other names of a field, by its own; compared without case and punctuation. */
export type FieldNames = Readonly<Record<string, readonly string[]>>;

/** A field that looks like one of ours and says something else, with what to write. */
export type OtherFields = Readonly<Record<string, string>>;

/**
 * A row under the field names of the benchmark. An optional field under another name must not be passed over: a layout or
 * a filter that nobody reads makes another run of it.
 *
 * @throws Unusable where two names of one field contradict each other, or a field says something else than ours
 */
export function underOwnNames(row: RawRow, names: FieldNames, others: OtherFields = {}): RawRow {
  const written = fieldsByLetters(row);
  const renamed: Record<string, unknown> = { ...row };
  for (const [field, known] of plainNames(names)) {
    const names = known.filter((each) => written.has(each));
    if (names.length === 0) continue;
    const [first = field, ...rest] = names.flatMap((each) => written.get(each) ?? []);
    const differing = rest.find((each) => own(row, each) !== own(row, first));
    if (differing !== undefined) throw new Unusable(`${first} and ${differing} contradict each other`);
    renamed[field] = own(row, first);
  }
  for (const [field, instead] of Object.entries(others)) {
    const [found] = written.get(lettersOfField(field)) ?? [];
    if (found !== undefined) throw new Unusable(`${found} is not read: ${instead}`);
  }
  return renamed;
}

let last: { readonly row: RawRow; readonly fields: ReadonlyMap<string, readonly string[]> } | undefined;

/** The fields that a row gives, by their letters and digits. Kept for the row that was asked about last. */
export function fieldsByLetters(row: RawRow): ReadonlyMap<string, readonly string[]> {
  if (last?.row !== row) last = { row, fields: groupedByLetters(row) };
  return last.fields;
}

function groupedByLetters(row: RawRow): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const field of Object.keys(row)) {
    if (isAbsent(row, field)) continue;
    const letters = lettersOfField(field);
    const same = found.get(letters);
    if (same === undefined) found.set(letters, [field]);
    else same.push(field);
  }
  return found;
}

const LETTERS = new Map<string, string>();
const MOST_FIELDS = 10_000;

/** Kept, since all rows of a file have the same few fields. */
export function lettersOfField(field: string): string {
  let letters = LETTERS.get(field);
  if (letters === undefined) {
    if (LETTERS.size >= MOST_FIELDS) LETTERS.clear();
    LETTERS.set(field, (letters = lettersOf(field)));
  }
  return letters;
}

const PLAIN_NAMES = new WeakMap<FieldNames, readonly (readonly [string, readonly string[]])[]>();

/** Letters of every name; kept, since a file may have a hundred thousand rows. */
function plainNames(names: FieldNames): readonly (readonly [string, readonly string[]])[] {
  let plain = PLAIN_NAMES.get(names);
  if (plain === undefined) {
    plain = Object.entries(names).map(
      ([field, known]) => [field, [...new Set([field, ...known].map(lettersOf))]] as const,
    );
    PLAIN_NAMES.set(names, plain);
  }
  return plain;
}
