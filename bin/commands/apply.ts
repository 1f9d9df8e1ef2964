import {
  EXIT,
  fine,
  json,
  textOf,
  type Flags,
  type Outcome,
  type Run,
  type Surroundings,
} from '#bin/command';
import { filesOfApp } from '#bin/estimate/artifact-files';
import { catalogDigest, openInputs } from '#bin/live/bundle-inputs';
import { applyStacks, halt, refuseOthers } from '#bin/live/apply-stacks';
import { untilHalted } from '#bin/live/halted';
import { lockPath, takeLock } from '#bin/live/lock';
import { dangersOf, plannedAssemblies, stacksOf } from '#bin/live/planned-assemblies';
import { readBundle, refuseUnapproved, refuseUnknownApprovals } from '#bin/live/read-bundle';
import { terraformProgram } from '#bin/live/terraform-program';
import { discardPlanFiles } from '#bin/live/terraform-stacks';
import { synthesisFailure } from '#bin/commands/plan';
import { assemblies, usualFolder, type Assembly } from '#bin/synthesis/assemblies';
import { plansFor, type PlanRequest } from '#bin/synthesis/plans-for';
import { LandfallError } from '#lib/errors/landfall-error';
import type { PlanBundle } from '#lib/lifecycle/bundle';
import type { PlannedStack } from '#lib/lifecycle/change';
import { assemblyStacks } from '#lib/lifecycle/cloudformation/assembly-stacks';
import { toApprove } from '#lib/lifecycle/danger';
import { digestOf } from '#lib/lifecycle/digest';
import { artifactDeviations, inputDeviations } from '#lib/lifecycle/input-deviations';
import { applyResult } from '#lib/lifecycle/outcome';
import { terraformStacks } from '#lib/lifecycle/terraform/app-stacks';
import { applyScreen } from '#lib/report/screens/apply-screen';
import { renderText } from '#lib/report/text';

/** How long a deployment under way is waited for, which may be our own of before a crash, in ms: two hours. */
const LONGEST_MS = 2 * 3_600_000;
const EVERY_MS = 2000;

export const run: Run = ([file = ''], flags, surroundings) =>
  untilHalted(() => applied(file, flags, surroundings), surroundings);

async function applied(file: string, flags: Flags, surroundings: Surroundings): Promise<Outcome> {
  const now = surroundings.now?.() ?? `${surroundings.today}T00:00:00Z`;
  const approved = (textOf(flags, 'approve') ?? '').split('\n').filter((address) => address !== '');
  const bundle = readBundle(file, now);
  refuseUnknownApprovals(bundle, approved);
  refuseUnapproved(toApprove(bundle.dangers), approved);
  await refuseUnlessConfirmed(bundle, flags, surroundings);
  const request = requestOf(bundle, surroundings);
  halt(inputDeviations(bundle, { inputs: openInputs(request).inputs, catalogSha256: catalogDigest() }));
  const progress = surroundings.progress ?? (() => undefined);
  const lock = takeLock(lockPath(file, bundle.environment), { now, progress });
  try {
    const plans = plansFor(request);
    const made = await assemblies(plans, request, usualFolder(textOf(flags, 'folder')));
    const failed = made.find(({ finished }) => finished.code !== 0);
    if (failed !== undefined) return synthesisFailure(failed.finished);
    halt(artifactDeviations(bundle.stacks, made.flatMap(artifactsOf)));
    return await deployed(bundle, made, { flags, surroundings, approved, progress });
  } finally {
    discardPlanFiles();
    lock.release();
  }
}

async function deployed(
  bundle: PlanBundle,
  made: readonly Assembly[],
  {
    flags,
    surroundings,
    approved,
    progress,
  }: {
    readonly flags: Flags;
    readonly surroundings: Surroundings;
    readonly approved: readonly string[];
    readonly progress: (line: string) => void;
  },
): Promise<Outcome> {
  const program = terraformProgram(textOf(flags, 'terraform'), surroundings.variables ?? {});
  const patience = { longestMs: LONGEST_MS, everyMs: EVERY_MS, progress };
  const look = { surroundings, isOffline: false, terraform: () => program, patience };
  progress('looking at what stands');
  const seen = await plannedAssemblies(made, look);
  refuseOthers(bundle, stacksOf(seen));
  // By what would be done now, whatever the bundle says of it.
  refuseUnapproved(toApprove(dangersOf(seen)), approved);
  const clockMs = () => performance.now();
  const result = applyResult(bundle, await applyStacks(seen, { ...look, bundle, clockMs }));
  const stdout = flags['json'] === true ? json(result) : renderText(applyScreen(result), surroundings);
  return result.isComplete ? fine(stdout) : { stdout, stderr: '', exitCode: EXIT.preflight };
}

/** Digests of what was synthesized, before anybody is asked what stands. */
function artifactsOf({ provisioner, folder }: Assembly): Pick<PlannedStack, 'stack' | 'artifactSha256'>[] {
  const files = filesOfApp(folder);
  return provisioner === 'cdk'
    ? assemblyStacks(files, folder).map(({ stackName, sha256 }) => ({
        stack: stackName,
        artifactSha256: sha256,
      }))
    : terraformStacks(files, folder).map(({ name, configuration }) => ({
        stack: name,
        artifactSha256: digestOf(configuration),
      }));
}

function requestOf({ request }: PlanBundle, { prices: usualPrices }: Surroundings): PlanRequest {
  const { environment, option, scenario, prices, constants, modelConfig } = request;
  return {
    environmentPath: environment,
    option: option ?? undefined,
    scenario: scenario ?? undefined,
    files: {
      prices: prices ?? undefined,
      constants: constants ?? undefined,
      modelConfig: modelConfig ?? undefined,
      usualPrices,
    },
  };
}

async function refuseUnlessConfirmed(
  bundle: PlanBundle,
  flags: Flags,
  { confirm }: Surroundings,
): Promise<void> {
  if (flags['yes'] === true) return;
  const question = `Apply plan ${bundle.sha256.slice(0, 8)} to ${bundle.environment}?`;
  const isConfirmed = confirm !== undefined && (await confirm(question));
  if (isConfirmed) return;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: 'landfall apply',
    got: confirm === undefined ? 'nobody to ask: this is no terminal' : 'no',
    expected: 'somebody who says yes',
    fix: 'add --yes',
  });
}
