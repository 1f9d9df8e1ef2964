import { members, Refused, type Query } from './query';
import { deleted, execute, moved } from './execution';
import { isCustom, resourceType } from './resource-types';
import type { TemplateText } from './template-values';
import { ACCOUNT, REGION, type ChangeSet, type Stack, type World } from './world';

/** States in which CloudFormation accepts another update. */
const UPDATABLE = /^(?:CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE)$/;

type Operation = (world: World, query: Query) => Record<string, unknown>;

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeStacks: (world, { StackName }) => {
    const found = StackName === undefined ? world.stacks : [standing(world, StackName)];
    return {
      Stacks: found
        .filter(({ status }) => StackName !== undefined || status !== 'DELETE_COMPLETE')
        .map(shown),
    };
  },

  GetTemplate: (world, { StackName = '' }) => {
    const { templateText } = standing(world, StackName);
    // None before the first execution. What is not ASCII comes back as question marks, as from CloudFormation.
    return { TemplateBody: (templateText ?? '').replaceAll(/[\u0080-\uffff]/g, '?') };
  },

  DescribeStackEvents: (world, { StackName = '' }) => {
    const stack = standing(world, StackName);
    return {
      StackEvents: stack.events.map(({ id, logicalId, type, physicalId, status, reason, at }) => ({
        StackId: stack.id,
        EventId: id,
        StackName: stack.name,
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        Timestamp: at,
        ResourceStatus: status,
        ...(reason === '' ? {} : { ResourceStatusReason: reason }),
      })),
    };
  },

  DescribeStackResources: (world, { StackName = '' }) => {
    const stack = standing(world, StackName);
    return {
      StackResources: [...stack.resources].map(([id, { type, physicalId }]) => ({
        StackName: stack.name,
        StackId: stack.id,
        LogicalResourceId: id,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        Timestamp: stack.createdAt,
        ResourceStatus: 'CREATE_COMPLETE',
      })),
    };
  },

  ListStackResources: (world, { StackName = '' }) => {
    const { resources, createdAt } = standing(world, StackName);
    return {
      StackResourceSummaries: [...resources].map(([id, { type, physicalId }]) => ({
        LogicalResourceId: id,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        LastUpdatedTimestamp: createdAt,
        ResourceStatus: 'CREATE_COMPLETE',
      })),
    };
  },

  CreateChangeSet: (world, query) => {
    const { StackName = '', ChangeSetName = '', ChangeSetType = 'UPDATE' } = query;
    const stack = ChangeSetType === 'CREATE' ? begun(world, StackName) : updatable(world, StackName);
    if (world.changeSet(ChangeSetName, stack.id) !== undefined)
      throw new Refused('AlreadyExistsException', `ChangeSet ${ChangeSetName} already exists`);
    const templateText = templateOf(world, query);
    const template = JSON.parse(templateText) as TemplateText;
    const unknown = Object.values(template.Resources).filter(
      ({ Type }) => resourceType(Type) === null && !isCustom(Type),
    );
    if (unknown.length > 0)
      throw new Refused(
        'ValidationError',
        `Unrecognized resource types: [${unknown.map(({ Type }) => Type).join(', ')}]`,
      );
    const parameters = parametersOf(query, template, stack);
    const tags = Object.fromEntries(members(query, 'Tags').map(({ Key = '', Value = '' }) => [Key, Value]));
    const isEmpty =
      stack.templateText !== null &&
      same(JSON.parse(stack.templateText), template) &&
      same(stack.tags, tags) &&
      same(stack.parameters, parameters);
    const id = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:changeSet/${ChangeSetName}/${world.unique()}`;
    const kind = ChangeSetType === 'CREATE' ? 'CREATE' : 'UPDATE';
    const executionStatus = isEmpty ? 'UNAVAILABLE' : 'AVAILABLE';
    world.changeSets.push({
      id,
      name: ChangeSetName,
      stackId: stack.id,
      kind,
      templateText,
      parameters,
      tags,
      isEmpty,
      executionStatus,
    });
    return { Id: id, StackId: stack.id };
  },

  DescribeChangeSet: (world, { ChangeSetName = '', StackName }) => {
    const changeSet = known(world, ChangeSetName, StackName);
    const stack = standing(world, changeSet.stackId);
    const { Resources } = JSON.parse(changeSet.templateText) as TemplateText;
    return {
      ChangeSetName: changeSet.name,
      ChangeSetId: changeSet.id,
      StackId: stack.id,
      StackName: stack.name,
      ExecutionStatus: changeSet.executionStatus,
      CreationTime: stack.createdAt,
      ...(changeSet.isEmpty
        ? {
            Status: 'FAILED',
            StatusReason:
              "The submitted information didn't contain changes. Submit different information to create a change set.",
          }
        : { Status: 'CREATE_COMPLETE' }),
      Changes: changeSet.isEmpty
        ? []
        : Object.entries(Resources).map(([id, { Type }]) => ({
            Type: 'Resource',
            ResourceChange: {
              Action: stack.resources.has(id) ? 'Modify' : 'Add',
              LogicalResourceId: id,
              ResourceType: Type,
            },
          })),
    };
  },

  DeleteChangeSet: (world, { ChangeSetName = '', StackName }) => {
    const changeSet = world.changeSet(ChangeSetName, StackName);
    if (changeSet !== undefined) world.changeSets.splice(world.changeSets.indexOf(changeSet), 1);
    return {};
  },

  ExecuteChangeSet: (world, { ChangeSetName = '', StackName }) => {
    const changeSet = known(world, ChangeSetName, StackName);
    const stack = standing(world, changeSet.stackId);
    if (changeSet.executionStatus !== 'AVAILABLE')
      throw new Refused(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`,
      );
    if (stack.status !== 'REVIEW_IN_PROGRESS' && !UPDATABLE.test(stack.status)) throw notIn(stack);
    changeSet.executionStatus = 'EXECUTE_COMPLETE';
    for (const other of world.changeSets)
      if (other.stackId === stack.id && other !== changeSet && other.executionStatus === 'AVAILABLE')
        other.executionStatus = 'OBSOLETE';
    const running = execute(world, stack, changeSet).finally(() => world.running.delete(running));
    world.running.add(running);
    return {};
  },

  UpdateTerminationProtection: (world, { StackName = '', EnableTerminationProtection }) => {
    const stack = standing(world, StackName);
    stack.terminationProtection = EnableTerminationProtection === 'true';
    return { StackId: stack.id };
  },

  DeleteStack: (world, { StackName = '' }) => {
    const stack = world.stack(StackName);
    if (stack === undefined) return {};
    if (stack.terminationProtection)
      throw new Refused(
        'ValidationError',
        `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
      );
    deleted(world, stack);
    return {};
  },
};

function standing(world: World, nameOrId: string): Stack {
  const stack = world.stack(nameOrId);
  if (stack === undefined) throw new Refused('ValidationError', `Stack with id ${nameOrId} does not exist`);
  return stack;
}

function known(world: World, name: string, stack: string | undefined): ChangeSet {
  const changeSet = world.changeSet(name, stack);
  if (changeSet === undefined)
    throw new Refused('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);
  return changeSet;
}

function begun(world: World, name: string): Stack {
  const standing = world.stack(name);
  if (standing?.status === 'REVIEW_IN_PROGRESS') return standing;
  if (standing !== undefined)
    throw new Refused(
      'ValidationError',
      `Stack [${name}] already exists and cannot be created again with the changeSet.`,
    );
  const stack: Stack = {
    name,
    id: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/${world.unique()}`,
    createdAt: new Date().toISOString(),
    status: '',
    statusReason: '',
    templateText: null,
    parameters: {},
    tags: {},
    outputs: {},
    terminationProtection: false,
    resources: new Map(),
    events: [],
  };
  world.stacks.push(stack);
  moved(stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}

function updatable(world: World, name: string): Stack {
  const stack = standing(world, name);
  if (!UPDATABLE.test(stack.status)) throw notIn(stack);
  return stack;
}

function notIn({ id, status }: Stack): Refused {
  return new Refused('ValidationError', `Stack:${id} is in ${status} state and can not be updated.`);
}

function templateOf(world: World, { TemplateURL, TemplateBody }: Query): string {
  const text = TemplateBody ?? world.objects.get(new URL(TemplateURL ?? '').pathname.split('/').at(-1) ?? '');
  if (text === undefined) throw new Refused('ValidationError', 'S3 error: The specified key does not exist.');
  return text;
}

function parametersOf(
  query: Query,
  { Parameters = {} }: TemplateText,
  stack: Stack,
): Readonly<Record<string, string>> {
  const given = new Map(
    members(query, 'Parameters').map(({ ParameterKey = '', ParameterValue, UsePreviousValue }) => [
      ParameterKey,
      UsePreviousValue === 'true' ? stack.parameters[ParameterKey] : ParameterValue,
    ]),
  );
  return Object.fromEntries(
    Object.entries(Parameters).map(([name, { Default }]) => {
      const value = given.get(name) ?? Default;
      if (value === undefined) throw new Refused('ValidationError', `Parameters: [${name}] must have values`);
      return [name, value];
    }),
  );
}

function shown(stack: Stack): Record<string, unknown> {
  return {
    StackName: stack.name,
    StackId: stack.id,
    StackStatus: stack.status,
    ...(stack.statusReason === '' ? {} : { StackStatusReason: stack.statusReason }),
    CreationTime: stack.createdAt,
    EnableTerminationProtection: stack.terminationProtection,
    Outputs: Object.entries(stack.outputs).map(([key, value]) => ({
      OutputKey: key,
      OutputValue: String(value),
    })),
    Parameters: Object.entries(stack.parameters).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: value,
    })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
