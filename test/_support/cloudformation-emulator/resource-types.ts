import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Json } from './world';

let database: ReturnType<typeof loadAwsServiceSpecSync> | undefined;

/** What the published specification says of a type; `null` for one that it does not know. */
export interface ResourceType {
  readonly required: readonly string[];
  readonly properties: ReadonlySet<string>;
  readonly createOnly: ReadonlySet<string>;
  readonly mayReplace: ReadonlySet<string>;
  readonly identifier: string | null;
  readonly attributes: readonly string[];
}

export function resourceType(name: string): ResourceType | null {
  database ??= loadAwsServiceSpecSync();
  const [found] = database.lookup('resource', 'cloudFormationType', 'equals', name);
  if (found === undefined) return null;
  const properties = Object.entries(found.properties);
  const replacing = (how: 'yes' | 'maybe') =>
    new Set(properties.filter(([, { causesReplacement }]) => causesReplacement === how).map(([key]) => key));
  return {
    required: properties.filter(([, { required }]) => required === true).map(([key]) => key),
    properties: new Set(properties.map(([key]) => key)),
    createOnly: replacing('yes'),
    mayReplace: replacing('maybe'),
    identifier: found.primaryIdentifier?.length === 1 ? (found.primaryIdentifier[0] ?? null) : null,
    attributes: Object.keys(found.attributes),
  };
}

export const isCustom = (type: string) =>
  /^(?:Custom::|AWS::CloudFormation::CustomResource$|AWS::CDK::)/.test(type);

/** What CloudFormation's own check of a resource says before it asks the service; `null` where it is content. */
export function faultOf(type: string, properties: Json): string | null {
  if (isCustom(type)) return null;
  const spec = resourceType(type);
  if (spec === null) return `Template format error: Unrecognized resource types: [${type}]`;
  const missing = spec.required.find((name) => properties[name] === undefined);
  if (missing !== undefined)
    return `Properties validation failed for resource with message: [#: required key [${missing}] not found]`;
  const unknown = Object.keys(properties).find((name) => !spec.properties.has(name));
  if (unknown !== undefined)
    return `Properties validation failed for resource with message: [#: extraneous key [${unknown}] is not permitted]`;
  return null;
}
