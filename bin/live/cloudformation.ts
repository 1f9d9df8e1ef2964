import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '#bin/command';
import type { AwsClient } from '#bin/aws/client';
import { AwsRefused } from '#bin/aws/refusal';
import { listAt, textAt } from '#bin/aws/xml-answer';
import { RequestFailed } from '#bin/http/retried';
import { Halted } from '#bin/live/halted';
import { isObject } from '#lib/artifacts/json';
import { readTemplateText } from '#lib/artifacts/cloudformation/template-text';
import type { StandingStack } from '#lib/lifecycle/cloudformation/planned-stack';

/** A look at a stack of an account. */
export interface StackSight {
  /** What stands; `null` for nothing, or what a creation that failed has left, which is made anew. */
  readonly standing: StandingStack | null;
  /** A creation failed, and its stack has to be deleted before another one. */
  readonly isFailedCreation: boolean;
  readonly terminationProtection: boolean;
}

/** Names that are left of a creation that came to nothing. */
const FAILED_CREATION = /^ROLLBACK_(?:COMPLETE|FAILED)$/;

/**
 * What stands under a name.
 *
 * @param patience - How long a deployment under way is waited for, and who hears of it. @default - it is not
 * @throws Halted where somebody else deploys it, or a deployment has left it so that it takes no other
 */
export async function stackSight(
  client: AwsClient,
  name: string,
  patience?: StackPatience,
): Promise<StackSight> {
  const found = await settled(client, name, patience);
  if (found === null) return { standing: null, isFailedCreation: false, terminationProtection: false };
  const { status, tags, terminationProtection } = found;
  if (status === 'REVIEW_IN_PROGRESS')
    return { standing: null, isFailedCreation: false, terminationProtection };
  if (FAILED_CREATION.test(status)) return { standing: null, isFailedCreation: true, terminationProtection };
  if (status.endsWith('_FAILED')) throw stuck(name, status);
  const text = textAt(
    await client.query('cloudformation', 'GetTemplate', { StackName: name }),
    'TemplateBody',
  );
  const { root } = readTemplateText(`the deployed template of ${name}`, text ?? '');
  const template = isObject(root) ? root : {};
  return {
    standing: { template, tags, terminationProtection },
    isFailedCreation: false,
    terminationProtection,
  };
}

export interface StackPatience {
  readonly longestMs: number;
  readonly everyMs: number;
  readonly progress: (line: string) => void;
}

interface Described {
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
}

async function settled(
  client: AwsClient,
  name: string,
  patience: StackPatience | undefined,
): Promise<Described | null> {
  for (let waitedMs = 0; ;) {
    const found = await described(client, name);
    if (found === null || found.status === 'REVIEW_IN_PROGRESS' || !found.status.endsWith('_IN_PROGRESS'))
      return found;
    if (patience === undefined || waitedMs >= patience.longestMs) throw busy(name, found.status);
    if (waitedMs === 0) patience.progress(`${name}: ${found.status}, waiting for it to end`);
    await sleep(patience.everyMs);
    waitedMs += patience.everyMs;
  }
}

async function described(client: AwsClient, name: string): Promise<Described | null> {
  try {
    const answer = await client.query('cloudformation', 'DescribeStacks', { StackName: name });
    const [stack] = listAt(answer, 'Stacks');
    const status = textAt(stack, 'StackStatus');
    if (status === undefined)
      throw new RequestFailed(`cloudformation in ${client.region}: no status of ${name}`);
    const tags = listAt(stack, 'Tags').map(
      (tag) => [textAt(tag, 'Key') ?? '', textAt(tag, 'Value') ?? ''] as const,
    );
    return {
      status,
      tags: Object.fromEntries(tags),
      terminationProtection: textAt(stack, 'EnableTerminationProtection') === 'true',
    };
  } catch (error) {
    // Every mistake in the question has this code; the text tells a stack that is not there.
    if (error instanceof AwsRefused && error.code === 'ValidationError' && error.says('does not exist'))
      return null;
    throw error;
  }
}

/** Lets a stack be deleted that a creation which failed has left: the CDK protects one before it stands. */
export async function unprotect(client: AwsClient, name: string): Promise<void> {
  await client.query('cloudformation', 'UpdateTerminationProtection', {
    StackName: name,
    EnableTerminationProtection: 'false',
  });
}

function busy(name: string, status: string): Halted {
  return new Halted(EXIT.preflight, {
    code: 'DEPLOYMENT_UNDER_WAY',
    at: name,
    got: status,
    expected: 'a stack that nobody deploys',
    fix: 'wait until it has ended',
  });
}

function stuck(name: string, status: string): Halted {
  return new Halted(EXIT.preflight, {
    code: 'DEPLOYMENT_UNDER_WAY',
    at: name,
    got: status,
    expected: 'a stack that takes a deployment',
    fix: `bring it back first: \`npx cdk rollback\`, or continue its rollback in CloudFormation`,
  });
}
