import { filesOfApp } from '#bin/estimate/artifact-files';
import type { AwsSession } from '#bin/live/aws-session';
import { stackSight, type StackPatience, type StackSight } from '#bin/live/cloudformation';
import { loadReplacements } from '#bin/live/replacements';
import { assemblyStacks, type AssemblyStack } from '#lib/lifecycle/cloudformation/assembly-stacks';
import { plannedStack, type Planned, type ReplacementsOf } from '#lib/lifecycle/cloudformation/planned-stack';

/** A stack of an assembly, what was seen of it, and what its deployment would do. */
export interface SeenCdkStack extends Planned {
  readonly stack: AssemblyStack;
  /** `null` where nobody looked. */
  readonly sight: StackSight | null;
}

/**
 * Every stack of an assembly, in the order of deployment.
 *
 * @param session - To look with; `null` to plan without looking
 * @throws Halted where a stack is being deployed, or takes no deployment
 */
export async function seenCdkStacks(
  folder: string,
  session: AwsSession | null,
  patience?: StackPatience,
): Promise<SeenCdkStack[]> {
  const stacks = assemblyStacks(filesOfApp(folder), folder);
  const seen: SeenCdkStack[] = [];
  for (const stack of stacks) seen.push(await seenCdkStack(stack, session, patience));
  return seen;
}

/** Looks at one stack again. */
export async function seenCdkStack(
  stack: AssemblyStack,
  session: AwsSession | null,
  patience?: StackPatience,
): Promise<SeenCdkStack> {
  if (session === null) return { stack, sight: null, ...plannedStack(stack, undefined, never) };
  const client = await session.clientFor(stack.region, stack.lookupRole);
  const sight = await stackSight(client, stack.stackName, patience);
  const replacementsOf = sight.standing === null ? never : await loadReplacements();
  return { stack, sight, ...plannedStack(stack, sight.standing, replacementsOf) };
}

/** Where nothing stands, nothing is replaced. */
const never: ReplacementsOf = () => new Map();
