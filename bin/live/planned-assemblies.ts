import type { Surroundings } from '#bin/command';
import { awsSession, type AwsSession } from '#bin/live/aws-session';
import { seenCdkStacks, type SeenCdkStack } from '#bin/live/cdk-stacks';
import type { StackPatience } from '#bin/live/cloudformation';
import {
  seenTerraformStacks,
  type SeenTerraformStack,
  type TerraformProgram,
} from '#bin/live/terraform-stacks';
import type { Assembly } from '#bin/synthesis/assemblies';
import { byGravity, type LiveDanger } from '#lib/lifecycle/danger';
import type { PlannedStack } from '#lib/lifecycle/change';

/** Everything that is deployed, as it would be deployed now. */
export interface PlannedAssemblies {
  readonly session: AwsSession | null;
  readonly cdk: readonly { readonly assembly: Assembly; readonly stacks: readonly SeenCdkStack[] }[];
  readonly terraform: readonly {
    readonly assembly: Assembly;
    readonly stacks: readonly SeenTerraformStack[];
  }[];
}

export interface LookProps {
  readonly surroundings: Surroundings;
  readonly isOffline: boolean;
  readonly terraform: () => TerraformProgram;
  /** @default - a stack that is being deployed halts the command */
  readonly patience?: StackPatience | undefined;
}

/** Looks at what stands of each stack. */
export async function plannedAssemblies(
  assemblies: readonly Assembly[],
  { surroundings, isOffline, terraform, patience }: LookProps,
): Promise<PlannedAssemblies> {
  const hasAws = assemblies.some(({ provisioner }) => provisioner === 'cdk');
  const session = hasAws && !isOffline ? await awsSession(surroundings) : null;
  const planned = {
    session,
    cdk: [] as PlannedAssemblies['cdk'][number][],
    terraform: [] as PlannedAssemblies['terraform'][number][],
  };
  for (const assembly of assemblies) {
    const { folder } = assembly;
    if (assembly.provisioner === 'cdk')
      planned.cdk.push({ assembly, stacks: await seenCdkStacks(folder, session, patience) });
    else {
      const program = isOffline ? null : terraform();
      planned.terraform.push({ assembly, stacks: await seenTerraformStacks(folder, program) });
    }
  }
  return planned;
}

/** AWS first, as it is deployed. */
export function stacksOf({ cdk, terraform }: PlannedAssemblies): PlannedStack[] {
  return [...cdk, ...terraform].flatMap(({ stacks }) => stacks.map(({ planned }) => planned));
}

export function dangersOf({ cdk, terraform }: PlannedAssemblies): LiveDanger[] {
  return byGravity([...cdk, ...terraform].flatMap(({ stacks }) => stacks.flatMap(({ dangers }) => dangers)));
}
