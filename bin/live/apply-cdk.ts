import { EXIT } from '#bin/command';
import type { AwsSession } from '#bin/live/aws-session';
import type { CdkCli, CdkRun } from '#bin/live/cdk-cli';
import { seenCdkStack, type SeenCdkStack } from '#bin/live/cdk-stacks';
import { unprotect, type StackPatience } from '#bin/live/cloudformation';
import { Halted } from '#bin/live/halted';
import { cdkEvent, failureIn, lastWords } from '#lib/lifecycle/cloudformation/cdk-events';
import { isOfTemplate } from '#lib/lifecycle/cloudformation/template-changes';
import { canonicalJson } from '#lib/lifecycle/digest';

export interface CdkApply {
  readonly folder: string;
  readonly session: AwsSession;
  readonly cli: CdkCli;
  /** Names the change sets of this bundle. */
  readonly bundle: string;
  readonly patience: StackPatience;
}

/**
 * Deploys one stack of which it was seen what it would do. The change is first laid down as a change set; then what stands
 * is looked at once more, and only if it has not moved the change set is executed. CloudFormation refuses to execute one
 * that was made for another state, so that nothing but what was seen is ever done.
 *
 * @returns why it failed; `null` where the stack stands as it should
 * @throws Halted where the stack has moved meanwhile
 */
export async function appliedCdkStack(seen: SeenCdkStack, apply: CdkApply): Promise<string | null> {
  const { stack, sight, planned } = seen;
  const { session, patience } = apply;
  if (sight?.isFailedCreation === true && sight.terminationProtection)
    await unprotect(await session.clientFor(stack.region, stack.deployRole), stack.stackName);
  const isOfStackOnly = planned.changes.every(({ type }) => type === 'stack');
  if (isOfStackOnly) {
    const whole = await deployed(seen, apply, []);
    return whole.code === 0 ? notAsReviewed(seen, apply) : reasonOf(whole);
  }
  const changeSet = `landfall-${apply.bundle}`;
  const prepared = await deployed(seen, apply, [
    '--method',
    'prepare-change-set',
    '--change-set-name',
    changeSet,
  ]);
  if (prepared.code !== 0) return reasonOf(prepared);
  // What CloudFormation does not count as a change leaves no change set to execute.
  if (prepared.lines.some((line) => line.includes('(no changes)'))) return notAsReviewed(seen, apply);
  const again = await seenCdkStack(stack, session, patience);
  if (canonicalJson(again.planned.live) !== canonicalJson(planned.live)) throw moved(stack.stackName);
  const executed = await deployed(seen, apply, [
    '--method',
    'execute-change-set',
    '--change-set-name',
    changeSet,
  ]);
  return executed.code === 0 ? notAsReviewed(seen, apply) : reasonOf(executed);
}

function deployed(
  { stack }: SeenCdkStack,
  { folder, cli, patience }: CdkApply,
  method: readonly string[],
): Promise<CdkRun> {
  const args = ['deploy', stack.selector, '--exclusively', '--app', folder, ...method];
  return cli.run(args, (line) => {
    const event = cdkEvent(line);
    if (event !== null)
      patience.progress(`${stack.stackName}  ${event.status}  ${event.type}  ${event.said}`);
  });
}

function reasonOf({ lines }: CdkRun): string {
  return failureIn(lines) ?? lastWords(lines);
}

/** Looks whether all is there: an exit code says what a program believes. */
async function notAsReviewed(
  { stack }: SeenCdkStack,
  { session, patience }: CdkApply,
): Promise<string | null> {
  const { planned } = await seenCdkStack(stack, session, patience);
  const left = planned.changes.filter((change) => !isOfTemplate(change));
  return left.length === 0
    ? null
    : `${left.length} of its changes are still to be done, ${left[0]?.address ?? ''} the first`;
}

function moved(stack: string): Halted {
  return new Halted(EXIT.stale, {
    code: 'PLAN_STALE',
    at: stack,
    got: 'another state than a moment ago',
    expected: 'the state that was reviewed',
    fix: 'somebody else deploys; plan again once that has ended',
  });
}
