import { isObject, own, type JsonObject } from '#lib/artifacts/json';
import { faultAt, type ArtifactSource } from '#lib/artifacts/source';

/** A template with what is needed to follow it: places for errors, and the templates of its nested stacks. */
export interface Template {
  readonly root: unknown;
  readonly source: ArtifactSource;
  /** Template of an `AWS::CloudFormation::Stack`; `null` where it is not at hand. */
  nested(logicalId: string, resource: JsonObject): Template | null;
}

/** One stack to read. */
export interface StackInput {
  /** Starts the addresses of its resources; unique among what is read together. */
  readonly name: string;
  /** `AWS::StackName`; the name where absent. */
  readonly stackName?: string;
  readonly region: string | null;
  readonly account?: string | null;
  readonly template: Template;
  /** Values of its parameters, over their defaults. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Construct paths by logical id, for templates whose resources do not carry them. */
  readonly paths?: ReadonlyMap<string, string>;
}

/**
 * The template as an object with `Resources`.
 *
 * @throws LandfallError where it has another form
 */
export function templateObject({ root, source }: Template): JsonObject {
  if (!isObject(root)) {
    throw faultAt(source, [], {
      code: 'WRONG_TYPE',
      expected: 'a CloudFormation template: an object with `Resources`',
      fix: 'name the template that `cdk synth` or `aws cloudformation get-template` writes',
    });
  }
  for (const section of ['Resources', 'Parameters', 'Conditions', 'Mappings', 'Outputs']) {
    const value = own(root, section);
    if (value === undefined && section !== 'Resources') continue;
    if (isObject(value)) continue;
    throw faultAt(source, value === undefined ? [] : [section], {
      code: value === undefined ? 'MISSING_KEY' : 'WRONG_TYPE',
      expected: `\`${section}\` as a mapping of names`,
      fix: 'is this a CloudFormation template?',
    });
  }
  return root;
}
