import { join } from 'node:path';
import { EXIT, fine, textOf, type Outcome, type Run } from '#bin/command';
import { plansFor, type PlanRequest } from '#bin/synthesis/plans-for';
import { acceptedRules, policyRefusal } from '#bin/synthesis/policy-gate';
import type { Finished } from '#bin/synthesis/run-synthesizer';
import { assemblies, namedFolder, type Assembly } from '#bin/synthesis/assemblies';
import { statedFiles } from '#bin/input/stated-files';
import { fillFolder } from '#bin/files/write-files';
import type { Screen } from '#lib/report/document-model';
import { counted } from '#lib/report/format';
import { renderText } from '#lib/report/text';
import type { Plan } from '#lib/plan/plan';

export const run: Run = async ([environmentPath = ''], flags, surroundings) => {
  const request = {
    environmentPath,
    option: textOf(flags, 'option'),
    scenario: textOf(flags, 'scenario'),
    files: statedFiles(flags),
  };
  const plans = plansFor(request);
  const output = textOf(flags, 'output');
  const parts =
    flags['format'] === 'yaml'
      ? [await manifests(plans, request, output ?? 'manifests.out')]
      : (await assemblies(plans, request, namedFolder(output))).map(withCommands);
  const failed = parts.find((part) => part.finished.code !== 0);
  if (failed !== undefined) return failure(failed.finished);
  const screen = parts.flatMap((part) => screenOf(part));
  // Commands to copy are worthless when cut.
  return fine(
    renderText(screen, { ...surroundings, wide: true }),
    parts.map(({ finished }) => finished.stderr).join(''),
  );
};

type Part = Omit<Assembly, 'provisioner'> & { readonly next: readonly string[] };

function withCommands(assembly: Assembly): Part {
  return { ...assembly, next: nextCommands(assembly) };
}

async function manifests(plans: readonly Plan[], request: PlanRequest, folder: string): Promise<Part> {
  const { writeManifests } = await import('#bin/synthesis/write-manifests');
  const accepted = acceptedRules(request.environmentPath, request.files);
  let next: string[] = [];
  let refused: Finished | null = null;
  try {
    const files = await fillFolder(folder, async (temporary) => {
      next = plans.flatMap((plan) => writeManifests(plan, temporary, folder));
      refused = policyRefusal(temporary, accepted, request.environmentPath);
      if (refused !== null) throw new PolicyBroken();
    });
    return { folder, plans, files, next, finished: { code: 0, stderr: '' } };
  } catch (error) {
    if (error instanceof PolicyBroken && refused !== null) {
      return { folder, plans, files: [], next: [], finished: refused };
    }
    throw error;
  }
}

class PolicyBroken extends Error {}

function nextCommands({ provisioner, folder, files }: Assembly): string[] {
  if (provisioner === 'cdk') return [`npx cdk deploy --app ${folder} --all`];
  return files
    .filter((file) => file.endsWith('cdk.tf.json'))
    .flatMap((file) => {
      const stack = join(folder, file, '..');
      return [`terraform -chdir=${stack} init`, `terraform -chdir=${stack} apply`];
    });
}

function screenOf({ folder, plans, files, next }: Part): Screen {
  const shown = files.filter((file) => !file.startsWith('.') && !file.includes('asset.'));
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${folder}: ${counted(files.length, 'file')}`,
      details: plans.map(({ scenario, option, target }) => `${scenario} on ${option} (${target})`),
    },
    { kind: 'lines', lines: shown.map((file) => `  ${join(folder, file)}`) },
    { kind: 'next', commands: next },
  ];
}

/** The synthesizer has said what is wrong, in our form where the input is to blame. */
function failure({ code, stderr }: Assembly['finished']): Outcome {
  const said = code === EXIT.invalid || code === EXIT.guardrail;
  return { stdout: '', stderr, exitCode: said ? code : EXIT.bug };
}
