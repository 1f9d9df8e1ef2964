import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import { acceleratorsNamed, acceleratorsOfChip } from '#lib/catalog/names';
import { suggestion } from '#lib/errors/did-you-mean';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { shown } from '#lib/text/place';

/** No run of a real system has a figure beyond them; a smaller or larger one is a wrong unit. */
const [SMALLEST, LARGEST] = [1e-9, 1e9];

/** Why a row is not evaluated. Thrown by the readers of fields and turned into a value by `usable`. */
export class Unusable extends Error {}

/** What `read` makes of a row, or the reason why nothing can be said about it. */
export function usable<T>(read: () => T): T | { readonly reason: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unusable) return { reason: error.message };
    throw error;
  }
}

export function catalogued<T>(row: RawRow, field: string, known: ReadonlyMap<string, T>): T {
  const id = text(row, field);
  return known.get(id) ?? unknown(field, id, [...known.keys()]);
}

/** The accelerator that `gpu` names, as publishers write it. */
export function acceleratorOf(row: RawRow, { accelerators }: Pick<Catalog, 'accelerators'>): Accelerator {
  const name = text(row, 'gpu');
  const found = acceleratorsNamed(name, accelerators);
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  if (found.length === 0) {
    const ofChip = acceleratorsOfChip(name, accelerators);
    return unknown('gpu', name, ofChip.length > 0 ? ofChip.map(({ id }) => id) : [...accelerators.keys()]);
  }
  const candidates = found.map(({ id }) => id).join(', ');
  throw new Unusable(`gpu ${shown(name)} may be any of ${candidates}: name the one that was measured`);
}

export function oneOf(name: string, field: string, known: readonly string[]): string {
  return known.includes(name) ? name : unknown(field, name, known);
}

export function unknown(field: string, name: string, known: readonly string[]): never {
  throw new Unusable(`${field} ${shown(name)} is not known; ${suggestion(name, known)}`);
}

export function text(row: RawRow, field: string): string {
  if (isAbsent(row, field)) throw new Unusable(`${field} is missing`);
  const value = own(row, field);
  if (typeof value === 'string' && value !== '') return value;
  throw new Unusable(`${field} is ${shown(value)}, not a text`);
}

export function whole(row: RawRow, field: string): number {
  const value = number(row, field);
  if (Number.isInteger(value)) return value;
  throw new Unusable(`${field} is ${value}, not a whole number`);
}

export function number(row: RawRow, field: string): number {
  const value = optional(row, field);
  if (value === null) throw new Unusable(`${field} is missing`);
  return value;
}

export function optional(row: RawRow, field: string): number | null {
  if (isAbsent(row, field)) return null;
  const value = own(row, field);
  if (typeof value === 'number' && value >= SMALLEST && value <= LARGEST) return value;
  throw new Unusable(`${field} is ${shown(value)}, not a number above 0 and up to ${LARGEST}`);
}

export function isAbsent(row: RawRow, field: string): boolean {
  const value = own(row, field);
  return value === undefined || value === null;
}
