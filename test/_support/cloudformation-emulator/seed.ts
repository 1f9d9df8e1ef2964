import { OPERATIONS } from './cloudformation';
import type { World } from './world';

export interface Seed {
  readonly template: object;
  readonly tags?: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
}

/** Deploys a template without the CDK: what stood in an account before a test, or what somebody did to it meanwhile. */
export async function seed(
  world: World,
  StackName: string,
  { template, tags = {}, ...more }: Seed,
): Promise<void> {
  const isNew = world.stack(StackName) === undefined;
  const named = Object.fromEntries(
    Object.entries(tags).flatMap(([key, value], index) => [
      [`Tags.member.${index + 1}.Key`, key],
      [`Tags.member.${index + 1}.Value`, value],
    ]),
  );
  const ChangeSetName = `seed-${world.unique()}`;
  const query = { StackName, ChangeSetName, ChangeSetType: isNew ? 'CREATE' : 'UPDATE', ...named };
  OPERATIONS['CreateChangeSet']?.(world, { ...query, TemplateBody: JSON.stringify(template) });
  OPERATIONS['ExecuteChangeSet']?.(world, { StackName, ChangeSetName });
  await world.settled();
  const stack = world.stack(StackName);
  if (stack !== undefined) stack.terminationProtection = more.terminationProtection ?? false;
  if (stack === undefined || !/^(?:CREATE|UPDATE)_COMPLETE$/.test(stack.status))
    throw new Error(
      `${StackName} could not be seeded: ${stack?.events.map(({ reason }) => reason).join('; ') ?? ''}`,
    );
}
