import { join, resolve } from 'node:path';
import { fillFolder } from '#bin/files/write-files';
import { acceptedRules, policyRefusal } from '#bin/synthesis/policy-gate';
import type { PlanRequest } from '#bin/synthesis/plans-for';
import { runSynthesizer, SYNTHESIZERS, type Finished } from '#bin/synthesis/run-synthesizer';
import type { Plan } from '#lib/plan/plan';
import { targets } from '#lib/targets/index';

export type Provisioner = 'cdk' | 'terraform';

/** What one synthesizer made, or why it did not. */
export interface Assembly {
  readonly provisioner: Provisioner;
  readonly folder: string;
  readonly plans: readonly Plan[];
  /** Relative to the folder, sorted. */
  readonly files: readonly string[];
  readonly finished: Finished;
}

/**
 * Synthesizes what plans need, one folder per provisioner.
 *
 * @param folderOf - Where each writes to
 */
export async function assemblies(
  plans: readonly Plan[],
  request: PlanRequest,
  folderOf: (provisioner: Provisioner, isOnly: boolean) => string,
): Promise<Assembly[]> {
  const provisioners = [...new Set(plans.map(provisionerOf))];
  const made: Assembly[] = [];
  for (const provisioner of provisioners) {
    const folder = folderOf(provisioner, provisioners.length === 1);
    const synthesis = await synthesize(provisioner, request, folder);
    const own = plans.filter((plan) => provisionerOf(plan) === provisioner);
    made.push({ provisioner, folder, plans: own, ...synthesis });
    if (synthesis.finished.code !== 0) break;
  }
  return made;
}

/** Where `synth` writes to: the usual folders, or the one that is named, which holds both where there are two. */
export function namedFolder(output: string | undefined) {
  return (provisioner: Provisioner, isOnly: boolean): string => {
    const { folder: usual } = SYNTHESIZERS[provisioner];
    if (output === undefined) return usual;
    return isOnly ? output : join(output, usual);
  };
}

/** The usual folders, in the working folder or in the one that is named. */
export function usualFolder(above: string | undefined) {
  return (provisioner: Provisioner): string => {
    const { folder: usual } = SYNTHESIZERS[provisioner];
    return above === undefined ? usual : join(above, usual);
  };
}

/** A synthesizer that fails, or whose work breaks the policy, leaves the folder as it was. */
async function synthesize(
  provisioner: Provisioner,
  request: PlanRequest,
  folder: string,
): Promise<Pick<Assembly, 'files' | 'finished'>> {
  const accepted = acceptedRules(request.environmentPath, request.files);
  let finished: Finished = { code: 0, stderr: '' };
  try {
    const files = await fillFolder(folder, async (temporary) => {
      const { code, stderr } = await runSynthesizer(provisioner, request, temporary);
      finished = { code, stderr: stderr.replaceAll(resolve(temporary), folder) };
      if (code === 0) finished = policyRefusal(temporary, accepted, request.environmentPath) ?? finished;
      if (finished.code !== 0) throw new SynthesisFailed();
    });
    return { files, finished };
  } catch (error) {
    if (error instanceof SynthesisFailed) return { files: [], finished };
    throw error;
  }
}

class SynthesisFailed extends Error {}

export function provisionerOf(plan: Plan): Provisioner {
  const target = targets.entries.find(({ id }) => id === plan.target);
  if (target === undefined) throw new Error(`a plan for the unknown target ${plan.target}`);
  return target.provisioner;
}
