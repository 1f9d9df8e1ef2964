import { Evaluation } from '#lib/artifacts/cloudformation/evaluate';
import { NO_VALUE } from '#lib/artifacts/cloudformation/scope';
import type { Stack } from '#lib/artifacts/cloudformation/stack';
import { isList, isObject, own, ownObject, type JsonObject } from '#lib/artifacts/json';
import { Unresolved, type ArtifactResource, type ArtifactValue } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';

/**
 * Most resources have no charge, and of the others few properties decide it: what nobody asks for is not followed. A class,
 * since an app may have a hundred thousand of these, and an object with getters of its own takes ten times as much.
 */
export class StackResource implements ReadResource {
  public readonly format = 'cloudformation' as const;
  public readonly address: string;
  public readonly path: string | null;
  public readonly type: string;
  public readonly region: string | null;
  public readonly presence: Unresolved | null;
  public readonly isUnread: true | undefined;
  private readonly stack: Stack;
  private readonly node: JsonObject;
  /** What names its properties; `null` where a function makes some of them, `undefined` before anybody asked. */
  private declared: JsonObject | null | undefined = undefined;
  private followed: ArtifactResource['properties'] | null = null;
  private pointedTo: readonly string[] | null = null;

  public constructor(
    stack: Stack,
    node: JsonObject,
    {
      address,
      path,
      type,
      presence,
      isUnread,
    }: Pick<ReadResource, 'address' | 'path' | 'type' | 'presence' | 'isUnread'>,
  ) {
    this.address = address;
    this.path = path;
    this.type = type;
    this.region = stack.region;
    this.presence = presence;
    this.isUnread = isUnread;
    this.stack = stack;
    this.node = node;
  }

  public get properties(): ArtifactResource['properties'] {
    return (this.followed ??= propertiesOf(this.node, new Evaluation(this.stack)));
  }

  public property(name: string): ArtifactValue | undefined {
    if (this.declared === undefined) this.declared = namedProperties(this.node);
    const { declared } = this;
    if (declared === null || this.followed !== null)
      return own(this.properties, name) as ArtifactValue | undefined;
    const node = own(declared, name);
    if (node === undefined || typeof node === 'number' || typeof node === 'boolean') return node;
    if (isStructure(node)) return own(this.properties, name) as ArtifactValue | undefined;
    const value = new Evaluation(this.stack).evaluated(node);
    return value === NO_VALUE ? undefined : value;
  }

  public get isKept(): boolean {
    const policy = own(this.node, 'DeletionPolicy');
    return policy === 'Retain' || policy === 'RetainExceptOnCreate' || policy === 'Snapshot';
  }

  public get references(): readonly string[] {
    return (this.pointedTo ??= referencesOf(this.node, new Evaluation(this.stack), this.address));
  }
}

function propertiesOf(node: JsonObject, evaluation: Evaluation): ArtifactResource['properties'] {
  const declared = ownObject(node, 'Properties');
  const keys = Object.keys(declared);
  if (hasFunction(declared)) return propertiesByFunction(declared, evaluation);
  const properties: Record<string, ArtifactValue> = {};
  for (const key of keys) {
    const below = declared[key];
    if (isStructure(below)) defineFollowed(properties, key, () => evaluation.value(below));
    else {
      const value = evaluation.evaluated(below);
      if (value === NO_VALUE) continue;
      // Assigned, this name would set the prototype.
      if (key === '__proto__') defineFollowed(properties, key, () => value);
      else properties[key] = value;
    }
  }
  return properties;
}

/** Where one function, a loop or a macro makes some properties or all. */
function propertiesByFunction(declared: JsonObject, evaluation: Evaluation): ArtifactResource['properties'] {
  const value = evaluation.value(declared);
  const isMapping = typeof value === 'object' && value !== null && !isList(value);
  if (isMapping && !(value instanceof Unresolved)) return value;
  return { [Object.keys(declared)[0] ?? '']: value };
}

/** Lists and mappings always have a value; a function may take its property away. */
function isStructure(node: unknown): boolean {
  if (isList(node)) return true;
  return isObject(node) && !(Object.keys(node).length === 1 && Object.keys(node).some(isFunction));
}

function namedProperties(node: JsonObject): JsonObject | null {
  const declared = ownObject(node, 'Properties');
  return hasFunction(declared) ? null : declared;
}

function hasFunction(declared: JsonObject): boolean {
  for (const key in declared) if (isFunction(key)) return true;
  return false;
}

function isFunction(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

/** A property that is followed once, when somebody asks for it. */
function defineFollowed(
  properties: Record<string, ArtifactValue>,
  key: string,
  follow: () => ArtifactValue,
): void {
  let value: ArtifactValue | undefined;
  Object.defineProperty(properties, key, {
    enumerable: true,
    configurable: true,
    get: () => (value ??= follow()),
  });
}

function referencesOf(node: JsonObject, evaluation: Evaluation, address: string): readonly string[] {
  evaluation.value(ownObject(node, 'Properties'));
  evaluation.references.delete(address);
  return [...evaluation.references];
}
