import { EXIT, json, textOf, type Flags, type Outcome, type Run, type Surroundings } from '#bin/command';
import { driftedCdk } from '#bin/drift/drifted-cdk';
import { driftedObjectsOf } from '#bin/drift/drifted-objects';
import { driftedTerraform } from '#bin/drift/drifted-terraform';
import { synthesisFailure } from '#bin/commands/plan';
import { selectionWords } from '#bin/input/selection-words';
import { statedFiles } from '#bin/input/stated-files';
import { untilHalted } from '#bin/live/halted';
import { kubectl } from '#bin/live/kubectl';
import { terraformProgram } from '#bin/live/terraform-program';
import { assemblies, usualFolder, type Assembly } from '#bin/synthesis/assemblies';
import { plansFor, type PlanRequest } from '#bin/synthesis/plans-for';
import { driftOf, hasDrifted, type DriftedStack } from '#lib/drift/drift';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Plan } from '#lib/plan/plan';
import { driftScreen } from '#lib/report/screens/drift-screen';
import { renderText } from '#lib/report/text';

/** What is live against what is synthesized. Reads only. */
export const run: Run = ([path = ''], flags, surroundings) =>
  untilHalted(() => drifted(path, flags, surroundings), surroundings);

async function drifted(path: string, flags: Flags, surroundings: Surroundings): Promise<Outcome> {
  const request = {
    environmentPath: path,
    option: textOf(flags, 'option'),
    scenario: textOf(flags, 'scenario'),
    files: statedFiles(flags),
  };
  const plans = plansFor(request);
  const found =
    flags['format'] === 'yaml'
      ? await byObjects(plans, flags, surroundings, path)
      : await byAssemblies(plans, request, flags, surroundings);
  if ('exitCode' in found) return found;
  const now = surroundings.now?.() ?? `${surroundings.today}T00:00:00Z`;
  const drift = driftOf(plans[0]?.environment ?? '', now, found);
  const stdout = flags['json']
    ? json(drift)
    : renderText(driftScreen(drift, selectionWords(path, flags)), {
        ...surroundings,
        wide: flags['wide'] === true,
      });
  const fails = (flags['exitCode'] === true || flags['fail'] === true) && hasDrifted(drift);
  return { stdout, stderr: '', exitCode: fails ? EXIT.different : EXIT.fine };
}

/** Stacks of the CDK and of Terraform; or why they could not be synthesized. */
async function byAssemblies(
  plans: readonly Plan[],
  request: PlanRequest,
  flags: Flags,
  surroundings: Surroundings,
): Promise<DriftedStack[] | Outcome> {
  const made = await assemblies(plans, request, usualFolder(textOf(flags, 'folder')));
  const failed = made.find(({ finished }) => finished.code !== 0);
  if (failed !== undefined) return synthesisFailure(failed.finished);
  const stacks: DriftedStack[] = [];
  for (const assembly of made) stacks.push(...(await ofAssembly(assembly, flags, surroundings)));
  return stacks;
}

function ofAssembly({ provisioner, folder }: Assembly, flags: Flags, surroundings: Surroundings) {
  if (provisioner === 'cdk') return driftedCdk(folder, surroundings);
  return driftedTerraform(folder, terraformProgram(textOf(flags, 'terraform'), surroundings.variables ?? {}));
}

/** Objects as `synth --format yaml` writes them. */
async function byObjects(
  plans: readonly Plan[],
  flags: Flags,
  { variables = {} }: Surroundings,
  path: string,
): Promise<DriftedStack[]> {
  const without = plans.find(({ cluster }) => cluster === null);
  if (without !== undefined) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `${path}: options.${without.option}`,
      got: `a target without a cluster: ${without.target}`,
      expected: 'an option whose model server runs on Kubernetes',
      fix: 'leave --format out: its stacks are compared',
    });
  }
  const cluster = kubectl({
    env: variables,
    kubeconfig: textOf(flags, 'kubeconfig') ?? variables['TF_VAR_kubeconfig'],
  });
  const stacks: DriftedStack[] = [];
  for (const plan of plans) stacks.push(await driftedObjectsOf(plan, cluster));
  return stacks;
}
