import { readPartlyKnownJson } from '#lib/artifacts/kubernetes/manifest-text';
import { isList, isObject, own } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { PartlyKnownText, ReferenceTo, type ReadResource } from '#lib/artifacts/unresolved';

export type Fields = Readonly<Record<string, ArtifactValue>>;

/** Stands for what only the deployment knows in a text that is looked through. */
const UNKNOWN = '\uFFFD';

/** The value at `Spec.Of.It`; `undefined` where nothing is written, an `Unresolved` where the deployment decides. */
export function valueOf(of: ReadResource | Fields, path: string): ArtifactValue | undefined {
  let value: unknown = isResource(of) ? of.properties : of;
  for (const name of path.split('.')) {
    if (value instanceof Unresolved) return value;
    value = own(value, name);
  }
  return (value ?? undefined) as ArtifactValue | undefined;
}

function isResource(of: ReadResource | Fields): of is ReadResource {
  return 'properties' in of && 'address' in of;
}

/** The objects of a list; those of a single one. What is no object is left out. */
export function objectsOf(value: ArtifactValue | undefined): readonly Fields[] {
  const items = isList(value) ? value : [value];
  return items.filter((item): item is Fields => isObject(item) && !(item instanceof Unresolved));
}

export function fieldsOf(value: ArtifactValue | undefined): Fields {
  return objectsOf(isList(value) ? undefined : value)[0] ?? {};
}

/** Texts of a value that may be one or a list of them; what is unknown stands as one character that no name has. */
export function textsOf(value: ArtifactValue | undefined): readonly string[] {
  const items = isList(value) ? value : [value];
  return items.flatMap((item) => {
    const text = textOf(item);
    return text === null ? [] : [text];
  });
}

/** A text as far as it is known; `null` for what is none. */
export function textOf(value: ArtifactValue | undefined): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof PartlyKnownText) {
    return value.parts.map((part) => (typeof part === 'string' ? part : UNKNOWN)).join('');
  }
  return value instanceof Unresolved ? UNKNOWN : null;
}

/** `true`, said so. */
export function isTrue(value: ArtifactValue | undefined): boolean {
  return value === true || value === 'true';
}

/** `false`, said so: what nobody says, or the deployment decides, is not. */
export function isFalse(value: ArtifactValue | undefined): boolean {
  return value === false || value === 'false';
}

/** Whether anything is written, be it a reference. */
export function isWritten(value: ArtifactValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** The address of the resource that a value is the id or an attribute of; `null` for anything else. */
export function referredBy(value: ArtifactValue | undefined): string | null {
  return value instanceof ReferenceTo ? value.address : null;
}

/** A document of JSON inside a property, whose unknown pieces stay open; nothing where it is none. */
export function documentIn(value: ArtifactValue | undefined): ArtifactValue | undefined {
  return isObject(value) && !(value instanceof Unresolved) ? value : readPartlyKnownJson(value);
}
