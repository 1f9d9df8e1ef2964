import { NO_VALUE, type Evaluated } from '#lib/artifacts/cloudformation/scope';
import { Unresolved } from '#lib/artifacts/resource';

/** Where a stack would stand; `null` is what its author left open, or the deployment makes up. */
export interface StackPlace {
  readonly stackName: string | null;
  readonly region: string | null;
  readonly account: string | null;
}

interface Partition {
  readonly partition: string;
  readonly urlSuffix: string;
}

const COMMERCIAL: Partition = { partition: 'aws', urlSuffix: 'amazonaws.com' };

/** By the first words of a region's name. Source: RegionInfo of aws-cdk-lib 2.276.0. */
const PARTITIONS: readonly (readonly [string, Partition])[] = [
  ['cn-', { partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' }],
  ['us-gov-', { partition: 'aws-us-gov', urlSuffix: 'amazonaws.com' }],
  ['us-iso-', { partition: 'aws-iso', urlSuffix: 'c2s.ic.gov' }],
  ['us-isob-', { partition: 'aws-iso-b', urlSuffix: 'sc2s.sgov.gov' }],
  ['us-isof-', { partition: 'aws-iso-f', urlSuffix: 'csp.hci.ic.gov' }],
  ['eu-isoe-', { partition: 'aws-iso-e', urlSuffix: 'cloud.adc-e.uk' }],
  ['eusc-', { partition: 'aws-eusc', urlSuffix: 'amazonaws.eu' }],
];

/** A pseudo parameter, or `undefined` where the name is none. */
export function pseudoParameter(name: string, place: StackPlace): Evaluated | undefined {
  if (!name.startsWith('AWS::')) return undefined;
  if (name === 'AWS::NoValue') return NO_VALUE;
  return knownPseudoParameter(name, place) ?? new Unresolved(`pseudo parameter ${name}`);
}

function knownPseudoParameter(name: string, { stackName, region, account }: StackPlace): string | null {
  if (name === 'AWS::StackName') return stackName;
  if (name === 'AWS::Region') return region;
  if (name === 'AWS::AccountId') return account;
  if (region === null) return null;
  const { partition, urlSuffix } = PARTITIONS.find(([start]) => region.startsWith(start))?.[1] ?? COMMERCIAL;
  if (name === 'AWS::Partition') return partition;
  return name === 'AWS::URLSuffix' ? urlSuffix : null;
}
