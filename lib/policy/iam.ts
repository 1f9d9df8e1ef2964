import { isList, isObject } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';
import type { Infrastructure } from '#lib/policy/infrastructure';
import { documentIn, fieldsOf, objectsOf, textsOf, valueOf, type Fields } from '#lib/policy/values';

/** One statement that allows something, of a policy that some identity has. */
export interface AllowedStatement {
  /** What holds it. */
  readonly resource: ReadResource;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Names of what its conditions demand, in small letters; conditions that an absent value meets are left out. */
  readonly demanded: ReadonlySet<string>;
}

const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];
const HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];
/** Operators that hold where the value is absent, or is anything but what is named. */
const LENIENT = /IfExists$|^(?:ForAllValues:)|Not(?:Equals|Like)|^Null$/;

/** Every statement that allows, of policies and of those that stand inside roles. */
export function allowedStatements(infrastructure: Infrastructure): readonly AllowedStatement[] {
  const own = POLICIES.flatMap((type) => infrastructure.ofType(type)).flatMap((resource) =>
    statementsOf(resource, valueOf(resource, 'PolicyDocument')),
  );
  const inside = HOLDERS.flatMap((type) => infrastructure.ofType(type)).flatMap((resource) =>
    objectsOf(valueOf(resource, 'Policies')).flatMap((policy) =>
      statementsOf(resource, policy['PolicyDocument']),
    ),
  );
  return [...own, ...inside];
}

function statementsOf(resource: ReadResource, document: ArtifactValue | undefined): AllowedStatement[] {
  return objectsOf(fieldsOf(documentIn(document))['Statement'])
    .filter(({ Effect }) => Effect !== 'Deny')
    .map((statement) => ({
      resource,
      actions: textsOf(statement['Action']),
      resources: textsOf(statement['Resource']),
      demanded: demandedBy(fieldsOf(statement['Condition'])),
    }));
}

function demandedBy(conditions: Fields): ReadonlySet<string> {
  const names = Object.entries(conditions).flatMap(([operator, keys]) =>
    LENIENT.test(operator) || !isObject(keys) || keys instanceof Unresolved || isList(keys)
      ? []
      : Object.keys(keys),
  );
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Whether one of the patterns (`bedrock:Invoke*`) lets the action through. */
export function allows({ actions }: AllowedStatement, action: string): boolean {
  return actions.some((pattern) => {
    const expression = pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*');
    return new RegExp(`^${expression}$`, 'i').test(action);
  });
}
