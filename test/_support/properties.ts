import type { Template } from 'aws-cdk-lib/assertions';

/** Properties of the only resource of a type. */
export function propertiesOf(template: Template, type: string): Record<string, unknown> {
  const found = Object.values(template.findResources(type));
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return (found[0] as { Properties: Record<string, unknown> }).Properties;
}

/** Every policy statement of every role and policy of a template. */
export function statementsOf(template: Template): Record<string, unknown>[] {
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    Object.values(template.findResources(type)),
  ) as { Properties: { PolicyDocument: { Statement: Record<string, unknown>[] } } }[];
  const roles = Object.values(template.findResources('AWS::IAM::Role')) as {
    Properties: { Policies?: { PolicyDocument: { Statement: Record<string, unknown>[] } }[] };
  }[];
  return [
    ...policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement),
    ...roles.flatMap(({ Properties }) =>
      (Properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    ),
  ];
}
