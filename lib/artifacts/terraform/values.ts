import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { briefValue } from '#lib/artifacts/unresolved';

/** A mapping whose keys are in the order in which Terraform walks them. */
export type Mapping = Readonly<Record<string, ArtifactValue>>;

/** A set: walked in the order of its texts, and its keys are its values. */
export class ValueSet extends Array<ArtifactValue> {}

/** An expression that Terraform would refuse: a missing attribute, an index that is too large. `try` goes on from it. */
export class Failed extends Unresolved {}

/** Thrown by functions for operands that Terraform would refuse; becomes `Failed`. */
export class Failure extends Error {}

/** Thrown for a result that is larger than this reader makes. */
export class Excess extends Error {}

const MAXIMUM_TEXT = 2 ** 20;

/** @throws Excess where a text of this length is not put together */
export function affordable(length: number): void {
  if (length > MAXIMUM_TEXT) throw new Excess();
}

export function isList(value: ArtifactValue | undefined): value is readonly ArtifactValue[] {
  return Array.isArray(value);
}

export function isMapping(value: ArtifactValue | undefined): value is Mapping {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unresolved)
  );
}

export function mappingOf(entries: Iterable<readonly [string, ArtifactValue]>): Mapping {
  return Object.fromEntries(entries);
}

/** Terraform walks mappings in the order of their keys, by code point. */
export function entriesOf(mapping: Mapping): [string, ArtifactValue][] {
  return Object.entries(mapping).toSorted(([a], [b]) => compareTexts(a, b));
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each value once, as a set walks them. */
export function setOf(values: Iterable<ArtifactValue>): ValueSet {
  const byKey = new Map([...values].map((value) => [keyOf(value), value]));
  const set = new ValueSet();
  for (const [, value] of [...byKey].toSorted(([a], [b]) => compareTexts(a, b))) set.push(value);
  return set;
}

export function isEqual(a: ArtifactValue, b: ArtifactValue): boolean {
  return keyOf(a) === keyOf(b);
}

/** Equal for equal values; what depends on different things differs. */
export function keyOf(value: ArtifactValue): string {
  if (value instanceof Unresolved) return `unresolved ${value.dependsOn}`;
  if (isList(value)) return `[${value.map(keyOf).join(',')}]`;
  if (!isMapping(value)) return JSON.stringify(value);
  return `{${entriesOf(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${keyOf(item)}`)
    .join(',')}}`;
}

/** What a reader takes for one character, as Terraform counts them. */
export function characters(value: string): string[] {
  if (/^[\x20-\x7E]*$/.test(value)) return value.split('');
  return Array.from(new Intl.Segmenter('en').segment(value), ({ segment }) => segment);
}

/** As Terraform writes numbers in texts: without an exponent. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return BigInt(value).toString();
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** Terraform counts in decimals of hundreds of digits; fifteen of them survive here. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

export function text(value: ArtifactValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  throw new Failure('no text');
}

export function number(value: ArtifactValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return Number(value);
  throw new Failure('no number');
}

export function whole(value: ArtifactValue | undefined): number {
  const found = number(value);
  if (!Number.isSafeInteger(found)) throw new Failure('no whole number');
  return found;
}

export function truth(value: ArtifactValue | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Failure('neither true nor false');
}

export function list(value: ArtifactValue | undefined): readonly ArtifactValue[] {
  if (isList(value)) return value;
  throw new Failure('no list');
}

export function mapping(value: ArtifactValue | undefined): Mapping {
  if (isMapping(value)) return value;
  throw new Failure('no mapping');
}

/** The item of a list or the entry of a mapping. */
export function item(of: ArtifactValue, key: ArtifactValue): ArtifactValue {
  if (isList(of)) {
    const found = of[whole(key)];
    if (found === undefined) throw new Failure(`no item ${briefValue(key)}`);
    return found;
  }
  const name = text(key);
  const found = isMapping(of) && Object.hasOwn(of, name) ? of[name] : undefined;
  if (found === undefined) throw new Failure(`no ${briefValue(name)}`);
  return found;
}
