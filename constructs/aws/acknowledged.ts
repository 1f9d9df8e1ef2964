import { Stack, Validations, type CfnElement } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Packs of cdk-nag that hold a catalogue of controls; they know most rules under one name. */
const NIST_AND_HIPAA = ['NIST.800.53.R5', 'HIPAA.Security'];

/** A rule as NIST's and HIPAA's packs name it. */
export function nistAndHipaa(rule: string): readonly string[] {
  return NIST_AND_HIPAA.map((pack) => `${pack}-${rule}`);
}

/** A rule that PCI DSS's pack has as well. */
export function allControls(rule: string): readonly string[] {
  return [...nistAndHipaa(rule), `PCI.DSS.321-${rule}`];
}

/** The finding on each policy that AWS writes and changes, by its name. */
export function managedByAws(...policies: readonly string[]): readonly string[] {
  return policies.map((name) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`);
}

/**
 * Rules of public packs that one resource breaks for a reason. What is said of a construct holds for everything below
 * it, so the resource itself is asked for.
 */
export function acknowledge(resource: Construct, rules: readonly string[], reason: string): void {
  const of = resource.node.defaultChild ?? resource;
  for (const id of rules) Validations.of(of).acknowledge({ id, reason });
}

/** An ARN as cdk-nag writes it: pseudo parameters by their names. */
export function readableArn(arn: string): string {
  return arn.replaceAll(
    /\$\{Token\[([A-Za-z.]+)\.\d+\]\}/g,
    (_, name: string) => `<${name.replaceAll('.', '::')}>`,
  );
}

/** The id of a resource in its template, as findings on references to it name it. */
export function logicalId(resource: Construct): string {
  return Stack.of(resource).getLogicalId(resource.node.defaultChild as CfnElement);
}
