import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import type { StackInput, Template } from '#lib/artifacts/cloudformation/template';
import type { ArtifactValue } from '#lib/artifacts/resource';
import { withoutText } from '#lib/artifacts/source';
import type { ReadResource } from '#lib/artifacts/unresolved';

export function template(
  root: unknown,
  nested: Readonly<Record<string, Template>> = {},
  name = 'app',
): Template {
  return { root, source: withoutText(name), nested: (logicalId) => nested[logicalId] ?? null };
}

export function stack(root: unknown, more: Partial<StackInput> = {}): StackInput {
  return { name: 'App', region: 'eu-west-1', account: '123456789012', template: template(root), ...more };
}

/** What a value comes to as the property of a bucket, in a template with the sections besides. */
export function evaluated(
  value: unknown,
  sections: object = {},
  more: Partial<StackInput> = {},
): ArtifactValue {
  return bucket(value, sections, more).properties['Value'] ?? null;
}

export function bucket(value: unknown, sections: object = {}, more: Partial<StackInput> = {}): ReadResource {
  const resources = {
    Vpc: { Type: 'AWS::EC2::VPC' },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { Value: value } },
  };
  return byAddress(readStacks([stack({ ...sections, Resources: resources }, more)]), 'App/Bucket');
}

export function byAddress(resources: readonly ReadResource[], address: string): ReadResource {
  const found = resources.find((resource) => resource.address === address);
  if (found === undefined) {
    throw new Error(`no ${address} among ${resources.map((each) => each.address).join(', ')}`);
  }
  return found;
}
