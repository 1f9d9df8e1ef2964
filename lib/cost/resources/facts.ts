import { partOf } from '#lib/artifacts/part-of';
import type { ArtifactValue } from '#lib/artifacts/resource';
import { Unresolved } from '#lib/artifacts/resource';
import { ReferenceTo, type ReadResource } from '#lib/artifacts/unresolved';
import type { PricingContext } from '#lib/cost/resources/component';
import { notShown, OpenFact } from '#lib/cost/resources/open-fact';
import { isPlainWord } from '#lib/cost/resources/plain-word';

/**
 * The value of a property by its name in CloudFormation: `EbsConfiguration.VolumeSizeInGB`. Terraform writes the same
 * words in snake case, and blocks as lists of one.
 */
export function valueAt(resource: ReadResource, path: string): ArtifactValue | undefined {
  const names = namesOf(path, resource.format);
  const first = names[0] ?? '';
  let value = resource.property === undefined ? ownAt(resource.properties, first) : resource.property(first);
  // Without an iterator, which a bill would make hundreds of thousands of.
  for (let index = 1; index < names.length; index += 1) {
    const name = names[index] ?? '';
    if (Array.isArray(value)) value = value[0] as ArtifactValue | undefined;
    if (value === undefined || value === null) return undefined;
    if (value instanceof Unresolved) return value;
    if (typeof value !== 'object') return undefined;
    value = ownAt(value as ReadResource['properties'], name);
  }
  return value ?? undefined;
}

function ownAt(values: ReadResource['properties'], name: string): ArtifactValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/**
 * A word that decides a price, and may stand in its line: a class, an edition, a kind.
 *
 * @throws OpenFact where the deployment decides it, or where it is no word but may be a secret
 */
export function textAt(resource: ReadResource, path: string): string | undefined {
  const value = valueAt(resource, path);
  if (value instanceof Unresolved) throw new OpenFact(`${path} depends on ${value.dependsOn}`);
  return typeof value === 'string' ? shownWord(value, path) : undefined;
}

/** @throws OpenFact for a text that is no word but may be a secret */
export function shownWord(text: string, path: string): string {
  if (!isPlainWord(text)) throw notShown(path);
  return text;
}

/** Above this a quantity is a mistake of whoever wrote it: a trillion. */
const MAXIMUM_QUANTITY = 1e12;

/** Numbers may stand as texts in templates. @throws OpenFact where the deployment decides it, or it is absurd or a word */
export function numberAt(resource: ReadResource, path: string): number | undefined {
  const value = valueAt(resource, path);
  if (value instanceof Unresolved) throw new OpenFact(`${path} depends on ${value.dependsOn}`);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number') return undefined;
  if (Number.isNaN(number)) throw new OpenFact(`${path} is no number`);
  if (number >= 0 && number <= MAXIMUM_QUANTITY) return number;
  throw new OpenFact(`${path} is ${number}, which no resource can have`);
}

export function listAt(resource: ReadResource, path: string): readonly ArtifactValue[] {
  const value = valueAt(resource, path);
  if (value instanceof Unresolved) throw new OpenFact(`${path} depends on ${value.dependsOn}`);
  return Array.isArray(value) ? (value as readonly ArtifactValue[]) : [];
}

/** Every block under a name: those of a list, or a single one that stands for itself. @throws OpenFact where the deployment decides */
export function blocksAt(resource: ReadResource, path: string): readonly ReadResource[] {
  const list = listAt(resource, path);
  if (list.length > 0) return list.map((block) => within(resource, block));
  const single = valueAt(resource, path);
  return single === undefined || Array.isArray(single) ? [] : [within(resource, single)];
}

/** @throws OpenFact where the fact is missing: it cannot be priced without */
export function needed<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new OpenFact(`${path} is not stated`);
  return value;
}

/**
 * The resource that a property names by reference: by its id, or by a name that is known already and that one of the
 * resources which it refers to has. Terraform reads `function.name` as the text that the function is given.
 */
export function resourceAt(
  resource: ReadResource,
  path: string,
  context: PricingContext,
): ReadResource | undefined {
  const value = valueAt(resource, path);
  if (value instanceof ReferenceTo) return context.find(value.address);
  if (typeof value !== 'string') return undefined;
  for (const address of resource.references) {
    const referred = context.find(address);
    if (referred !== undefined && isCalled(referred, value)) return referred;
  }
  return undefined;
}

/** `name`, `function_name`, `cluster_identifier`, `replication_group_id`: what others call a resource by. */
const IDENTITY = /(?:^|_)(?:name|id|identifier)$/;

function isCalled({ properties }: ReadResource, name: string): boolean {
  return Object.entries(properties).some(([key, value]) => value === name && IDENTITY.test(key));
}

/**
 * A resource whose properties are a part of another's: a launch template's data, a variant of an endpoint. Of a list,
 * as Terraform writes a block that stands once, its first.
 *
 * @throws OpenFact where the deployment decides it
 */
export function within(resource: ReadResource, value: ArtifactValue | undefined): ReadResource {
  const part = Array.isArray(value) ? (value[0] as ArtifactValue | undefined) : value;
  if (part instanceof Unresolved) throw new OpenFact(`a part of it depends on ${part.dependsOn}`);
  const isObject = typeof part === 'object' && part !== null && !Array.isArray(part);
  return partOf(resource, { properties: isObject ? (part as ReadResource['properties']) : {} });
}

/** A bill asks thousands of resources for the same few dozen paths. */
const NAMES = {
  asWritten: new Map<string, readonly string[]>(),
  snakeCase: new Map<string, readonly string[]>(),
};

function namesOf(path: string, format: ReadResource['format']): readonly string[] {
  const isSnake = format === 'terraform';
  const known = isSnake ? NAMES.snakeCase : NAMES.asWritten;
  let names = known.get(path);
  if (names === undefined) {
    const words = path.split('.');
    known.set(path, (names = isSnake ? words.map(snakeCase) : words));
  }
  return names;
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
