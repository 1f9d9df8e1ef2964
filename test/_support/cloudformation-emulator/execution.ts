import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf, isCustom, resourceType } from './resource-types';
import { inOrder, valueOf, type Scope, type TemplateText } from './template-values';
import {
  ACCOUNT,
  REGION,
  type ChangeSet,
  type DeployedResource,
  type Json,
  type Stack,
  type World,
} from './world';

/** Longest that one resource takes, in ms: long enough that a killed client leaves work behind. */
const RESOURCE_MS = 5;

class Failed extends Error {
  public readonly logicalId: string;
  public readonly type: string;

  public constructor(logicalId: string, type: string, reason: string) {
    super(reason);
    this.logicalId = logicalId;
    this.type = type;
  }
}

/** Brings a stack to a template, or back to where it was: as CloudFormation goes on when nobody waits. */
export async function execute(world: World, stack: Stack, changeSet: ChangeSet): Promise<void> {
  const template = JSON.parse(changeSet.templateText) as TemplateText;
  const isNew = stack.templateText === null;
  const verb = isNew ? 'CREATE' : 'UPDATE';
  const before = new Map(stack.resources);
  const made: DeployedResource[] = [];
  const outdated: DeployedResource[] = [];
  moved(stack, `${verb}_IN_PROGRESS`, 'User Initiated');
  try {
    const scope = scopeOf(world, stack, template, changeSet.parameters);
    for (const id of inOrder(template)) {
      await sleep(RESOURCE_MS);
      const after = brought(world, stack, id, scope);
      if (after === null) continue;
      made.push(...(after.isNew ? [after.resource] : []));
      outdated.push(...(after.replaced === null ? [] : [after.replaced]));
    }
    if (!isNew) moved(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    for (const [id, resource] of before) {
      if (template.Resources[id] !== undefined) continue;
      stack.resources.delete(id);
      removed(world, stack, id, resource, resource.deletionPolicy === 'Retain');
    }
    for (const resource of outdated) world.physical.delete(resource.physicalId);
    stack.templateText = changeSet.templateText;
    stack.parameters = changeSet.parameters;
    stack.tags = changeSet.tags;
    stack.outputs = Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [name, valueOf(Value, scope)]),
    );
    moved(stack, `${verb}_COMPLETE`);
  } catch (error) {
    rolledBack(world, stack, { error, before, made, verb });
  }
}

interface Brought {
  readonly resource: DeployedResource;
  readonly isNew: boolean;
  readonly replaced: DeployedResource | null;
}

/** Makes or changes one resource; `null` where it is as it should be. */
function brought(world: World, stack: Stack, id: string, scope: Scope): Brought | null {
  const declared = scope.template.Resources[id];
  if (declared === undefined) throw new Error(`no ${id}`);
  const { Type: type, DeletionPolicy: deletionPolicy = 'Delete' } = declared;
  const properties = evaluatedProperties(id, type, declared.Properties ?? {}, scope);
  const old = stack.resources.get(id);
  const isSame = old !== undefined && JSON.stringify(old.properties) === JSON.stringify(properties);
  if (old !== undefined && isSame) {
    stack.resources.set(id, { ...old, deletionPolicy });
    return null;
  }
  const spec = resourceType(type);
  const changed = [...new Set([...Object.keys(properties), ...Object.keys(old?.properties ?? {})])].filter(
    (name) => JSON.stringify(properties[name]) !== JSON.stringify(old?.properties[name]),
  );
  const replaces = old !== undefined && changed.some((name) => spec?.createOnly.has(name) === true);
  const word = old === undefined ? 'CREATE' : 'UPDATE';
  event(stack, id, type, old?.physicalId ?? '', `${word}_IN_PROGRESS`);
  const fault = world.faults.find((each) => each.type === type && each.times > 0);
  if (fault !== undefined) fault.times -= 1;
  const reason = fault?.reason ?? faultOf(type, properties);
  if (reason !== null) throw new Failed(id, type, reason);
  const isNew = old === undefined || replaces;
  const physicalId = isNew ? physicalIdOf(world, stack, id, type, properties) : old.physicalId;
  const resource = {
    type,
    properties,
    physicalId,
    attributes: attributesOf(type, physicalId, properties),
    deletionPolicy,
  };
  if (isNew) world.physical.set(physicalId, { id: physicalId, type, stack: stack.name, logicalId: id });
  stack.resources.set(id, resource);
  event(stack, id, type, physicalId, `${word}_COMPLETE`);
  return { resource, isNew, replaced: replaces ? old : null };
}

function evaluatedProperties(id: string, type: string, properties: Json, scope: Scope): Json {
  try {
    return valueOf(properties, scope) as Json;
  } catch (error) {
    throw new Failed(id, type, error instanceof Error ? error.message : String(error));
  }
}

/** A name that somebody chose may stand only once in an account. */
function physicalIdOf(world: World, stack: Stack, id: string, type: string, properties: Json): string {
  const spec = resourceType(type);
  const chosen = spec?.identifier == null ? undefined : properties[spec.identifier];
  const physicalId = typeof chosen === 'string' ? chosen : `${stack.name}-${id}-${world.unique()}`;
  if (typeof chosen === 'string' && world.physical.get(physicalId)?.type === type)
    throw new Failed(
      id,
      type,
      `${physicalId} already exists in stack ${world.physical.get(physicalId)?.stack ?? '?'}`,
    );
  return physicalId;
}

function attributesOf(type: string, physicalId: string, properties: Json): Readonly<Record<string, unknown>> {
  if (isCustom(type)) return {};
  return Object.fromEntries(
    (resourceType(type)?.attributes ?? []).map((name) => [
      name,
      properties[name] ??
        (name.endsWith('Arn')
          ? `arn:aws:service:${REGION}:${ACCOUNT}:${physicalId}`
          : `${physicalId}.${name}`),
    ]),
  );
}

function rolledBack(
  world: World,
  stack: Stack,
  {
    error,
    before,
    made,
    verb,
  }: {
    readonly error: unknown;
    readonly before: ReadonlyMap<string, DeployedResource>;
    readonly made: readonly DeployedResource[];
    readonly verb: 'CREATE' | 'UPDATE';
  },
): void {
  const failed = error instanceof Failed ? error : new Failed('?', '?', String(error));
  event(stack, failed.logicalId, failed.type, '', `${verb}_FAILED`, failed.message);
  const back = verb === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
  moved(
    stack,
    `${back}_IN_PROGRESS`,
    `The following resource(s) failed to ${verb.toLowerCase()}: [${failed.logicalId}].`,
  );
  for (const resource of made.toReversed()) world.physical.delete(resource.physicalId);
  stack.resources = new Map(before);
  moved(stack, `${back}_COMPLETE`);
}

function removed(world: World, stack: Stack, id: string, resource: DeployedResource, isKept: boolean): void {
  if (!isKept) world.physical.delete(resource.physicalId);
  event(stack, id, resource.type, resource.physicalId, isKept ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE');
}

export function deleted(world: World, stack: Stack): void {
  for (const [id, resource] of stack.resources)
    removed(world, stack, id, resource, resource.deletionPolicy === 'Retain');
  stack.resources.clear();
  moved(stack, 'DELETE_COMPLETE');
}

function scopeOf(
  world: World,
  stack: Stack,
  template: TemplateText,
  parameters: Readonly<Record<string, string>>,
): Scope {
  const exports = new Map<string, unknown>();
  for (const other of world.stacks) {
    if (other.templateText === null || other.status === 'DELETE_COMPLETE') continue;
    const { Outputs = {} } = JSON.parse(other.templateText) as TemplateText;
    for (const [name, { Export }] of Object.entries(Outputs))
      if (typeof Export?.Name === 'string') exports.set(Export.Name, other.outputs[name]);
  }
  return { stack, template, parameters, exports };
}

export function moved(stack: Stack, status: string, reason = ''): void {
  stack.status = status;
  stack.statusReason = reason;
  event(stack, stack.name, 'AWS::CloudFormation::Stack', stack.id, status, reason);
}

function event(
  stack: Stack,
  logicalId: string,
  type: string,
  physicalId: string,
  status: string,
  reason = '',
): void {
  const id = `${stack.events.length + 1}`;
  stack.events.unshift({ id, logicalId, type, physicalId, status, reason, at: new Date().toISOString() });
}
