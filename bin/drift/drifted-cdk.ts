import { awsSession } from '#bin/live/aws-session';
import { seenCdkStack } from '#bin/live/cdk-stacks';
import { detectedDrift, USUAL_PATIENCE } from '#bin/live/cloudformation-drift';
import { filesOfApp } from '#bin/estimate/artifact-files';
import type { Surroundings } from '#bin/command';
import { changedOutside, uncheckedOf } from '#lib/drift/cloudformation-drift';
import { merged, type DriftedStack } from '#lib/drift/drift';
import { undeployed } from '#lib/drift/undeployed';
import { assemblyStacks, type AssemblyStack } from '#lib/lifecycle/cloudformation/assembly-stacks';

/**
 * Stacks of an assembly beside what stands of them in the account: the template that was deployed, and what its resources
 * have become since.
 *
 * @throws Halted where nobody is signed in, or a stack is being deployed
 */
export async function driftedCdk(folder: string, surroundings: Surroundings): Promise<DriftedStack[]> {
  const session = await awsSession(surroundings);
  const drifted: DriftedStack[] = [];
  for (const stack of assemblyStacks(filesOfApp(folder), folder)) {
    const { sight, planned } = await seenCdkStack(stack, session);
    const different = undeployed(planned.changes);
    const frame = frameOf(stack);
    if (sight === null || sight.standing === null) {
      drifted.push({ ...frame, isLive: false, things: merged(different), unchecked: 0, notes: [] });
      continue;
    }
    surroundings.progress?.(`${stack.stackName}: CloudFormation compares its resources`);
    const client = await session.clientFor(stack.region, stack.lookupRole);
    const { drifts, note } = await detectedDrift(
      client,
      stack.stackName,
      surroundings.detection ?? USUAL_PATIENCE,
    );
    drifted.push({
      ...frame,
      isLive: true,
      things: merged([...different, ...changedOutside(drifts)]),
      unchecked: uncheckedOf(sight.standing.template, drifts),
      notes: note === null ? [] : [note],
    });
  }
  return drifted;
}

function frameOf({ stackName, region }: AssemblyStack) {
  return { stack: stackName, provisioner: 'cloudformation', region } as const;
}
