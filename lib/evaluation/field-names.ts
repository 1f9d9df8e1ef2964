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
  const written = Object.keys(row).filter((field) => !isAbsent(row, field));
  const renamed: Record<string, unknown> = { ...row };
  for (const [field, known] of Object.entries(names)) {
    const plain = new Set([field, ...known].map(lettersOf));
    const meant = written.filter((each) => plain.has(lettersOf(each)));
    const [first, ...rest] = meant;
    if (first === undefined) continue;
    const differing = rest.find((each) => own(row, each) !== own(row, first));
    if (differing !== undefined) throw new Unusable(`${first} and ${differing} contradict each other`);
    renamed[field] = own(row, first);
  }
  for (const [field, instead] of Object.entries(others)) {
    const found = written.find((each) => lettersOf(each) === lettersOf(field));
    if (found !== undefined) throw new Unusable(`${found} is not read: ${instead}`);
  }
  return renamed;
}
