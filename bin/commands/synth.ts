import { join, resolve } from 'node:path';
import { EXIT, fine, textOf, type Outcome, type Run } from '#bin/command';
import { plansFor, type PlanRequest } from '#bin/synthesis/plans-for';
import { runSynthesizer, SYNTHESIZERS, type Finished } from '#bin/synthesis/run-synthesizer';
import { provisionerOf } from '#bin/synthesis/provisioner-of';
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
      ? [await manifests(plans, output ?? 'manifests.out')]
      : await assemblies(plans, request, output);
  const failed = parts.find((part) => part.finished.code !== 0);
  if (failed !== undefined) return failure(failed.finished);
  const screen = parts.flatMap((part) => screenOf(part));
  // Commands to copy are worthless when cut.
  return fine(
    renderText(screen, { ...surroundings, wide: true }),
    parts.map(({ finished }) => finished.stderr).join(''),
  );
};

interface Part {
  readonly folder: string;
  readonly plans: readonly Plan[];
  readonly files: readonly string[];
  readonly next: readonly string[];
  readonly finished: Finished;
}

/** One folder per provisioner that the plans need. */
async function assemblies(
  plans: readonly Plan[],
  request: PlanRequest,
  output: string | undefined,
): Promise<Part[]> {
  const provisioners = [...new Set(plans.map(provisionerOf))];
  const parts: Part[] = [];
  for (const provisioner of provisioners) {
    const { folder: usual } = SYNTHESIZERS[provisioner];
    const folder = output === undefined ? usual : provisioners.length === 1 ? output : join(output, usual);
    const synthesis = await synthesize(provisioner, request, folder);
    const own = plans.filter((plan) => provisionerOf(plan) === provisioner);
    parts.push({
      folder,
      plans: own,
      next: nextCommands(provisioner, folder, synthesis.files),
      ...synthesis,
    });
    if (synthesis.finished.code !== 0) break;
  }
  return parts;
}

/** A synthesizer that fails leaves the folder as it was. */
async function synthesize(
  provisioner: 'cdk' | 'terraform',
  request: PlanRequest,
  folder: string,
): Promise<Pick<Part, 'files' | 'finished'>> {
  let finished: Finished = { code: 0, stderr: '' };
  try {
    const files = await fillFolder(folder, async (temporary) => {
      const { code, stderr } = await runSynthesizer(provisioner, request, temporary);
      finished = { code, stderr: stderr.replaceAll(resolve(temporary), folder) };
      if (finished.code !== 0) throw new SynthesisFailed();
    });
    return { files, finished };
  } catch (error) {
    if (error instanceof SynthesisFailed) return { files: [], finished };
    throw error;
  }
}

class SynthesisFailed extends Error {}

async function manifests(plans: readonly Plan[], folder: string): Promise<Part> {
  const { writeManifests } = await import('#bin/synthesis/write-manifests');
  let next: string[] = [];
  const files = await fillFolder(folder, async (temporary) => {
    next = plans.flatMap((plan) => writeManifests(plan, temporary, folder));
  });
  return { folder, plans, files, next, finished: { code: 0, stderr: '' } };
}

function nextCommands(provisioner: 'cdk' | 'terraform', folder: string, files: readonly string[]): string[] {
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
function failure({ code, stderr }: Finished): Outcome {
  const invalid = code === EXIT.invalid;
  return { stdout: '', stderr, exitCode: invalid ? EXIT.invalid : EXIT.bug };
}
