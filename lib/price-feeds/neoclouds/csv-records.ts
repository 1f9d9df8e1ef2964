import { IncompleteDocument, UnknownForm } from '#lib/price-feeds/document-reader';
import { CsvReader } from '#lib/trace/csv-reader';

/**
 * The rows of a table, by the names of their columns.
 *
 * @param url - Where it was read, for messages
 * @param needed - Columns that it must have
 * @param wanted - Columns that it may have; empty where it lacks them
 */
export function csvRecords<Needed extends string, Wanted extends string = never>(
  text: string,
  url: string,
  needed: readonly Needed[],
  wanted: readonly Wanted[] = [],
): readonly Readonly<Record<Needed | Wanted, string>>[] {
  if (!text.endsWith('\n')) throw new IncompleteDocument('the last line does not end');
  const [header, ...records] = new CsvReader(url).push(text, true);
  const at = new Map(header?.fields.map((name, index) => [name, index]));
  const missing = needed.find((name) => !at.has(name));
  if (header === undefined || missing !== undefined) throw new UnknownForm(`no column ${missing ?? ''}`);
  return records.map(({ fields, line }) => {
    if (fields.length !== header.fields.length)
      throw new UnknownForm(`line ${line} has ${fields.length} fields`);
    const read = [...needed, ...wanted].map((name) => [name, fields[at.get(name) ?? -1] ?? '']);
    return Object.fromEntries(read) as Record<Needed | Wanted, string>;
  });
}
