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
import { replaceFile } from '#bin/files/write-files';
import { pickOption } from '#bin/input/pick-option';
import { statedFiles } from '#bin/input/stated-files';
import { catalogDigest, fromHere, openInputs, type OpenedInputs } from '#bin/live/bundle-inputs';
import { untilHalted } from '#bin/live/halted';
import { dangersOf, plannedAssemblies, stacksOf } from '#bin/live/planned-assemblies';
import { discardPlanFiles } from '#bin/live/terraform-stacks';
import { terraformProgram } from '#bin/live/terraform-program';
import { packageVersion } from '#bin/package-root';
import { assemblies, usualFolder } from '#bin/synthesis/assemblies';
import { plansFor, type PlanRequest } from '#bin/synthesis/plans-for';
import { makeBundle, bundleText, type BundleCost, type PlanBundle } from '#lib/lifecycle/bundle';
import { isChanged, type PlannedStack } from '#lib/lifecycle/change';
import { expiryMs, later, USUAL_EXPIRY } from '#lib/lifecycle/expiry';
import type { Plan } from '#lib/plan/plan';
import { planBundleScreen } from '#lib/report/screens/plan-bundle-screen';
import { renderText } from '#lib/report/text';

/** Where the bundle goes where nobody says. */
const USUAL_FILE = 'landfall.plan.json';

export const run: Run = ([environmentPath = ''], flags, surroundings) =>
  untilHalted(() => planned(environmentPath, flags, surroundings), surroundings);

async function planned(environmentPath: string, flags: Flags, surroundings: Surroundings): Promise<Outcome> {
  const now = surroundings.now?.() ?? `${surroundings.today}T00:00:00Z`;
  const expiresAt = later(now, expiryMs(textOf(flags, 'expires') ?? USUAL_EXPIRY));
  const request = {
    environmentPath,
    option: textOf(flags, 'option'),
    scenario: textOf(flags, 'scenario'),
    files: statedFiles(flags),
  };
  const plans = plansFor(request);
  const opened = openInputs(request);
  const made = await assemblies(plans, request, usualFolder(textOf(flags, 'folder')));
  const failed = made.find(({ finished }) => finished.code !== 0);
  if (failed !== undefined) return synthesisFailure(failed.finished);
  try {
    const seen = await plannedAssemblies(made, {
      surroundings,
      isOffline: flags['offline'] === true,
      terraform: () => terraformProgram(textOf(flags, 'terraform'), surroundings.variables ?? {}),
    });
    const stacks = stacksOf(seen);
    const bundle = makeBundle({
      landfall: packageVersion(),
      environment: plans[0]?.environment ?? '',
      createdAt: now,
      expiresAt,
      request: bundleRequest(request),
      inputs: opened.inputs,
      catalogSha256: catalogDigest(),
      stacks,
      dangers: dangersOf(seen),
      cost: costOf(plans, stacks, { opened, request, asOf: surroundings.today }),
    });
    return written(bundle, flags, surroundings);
  } finally {
    discardPlanFiles();
  }
}

/** The synthesizer has said what is wrong, in our form where the input is to blame. */
export function synthesisFailure({
  code,
  stderr,
}: {
  readonly code: number;
  readonly stderr: string;
}): Outcome {
  const said = code === EXIT.invalid || code === EXIT.guardrail;
  return { stdout: '', stderr, exitCode: said ? code : EXIT.bug };
}

/** In words that mean the same to a second run in the same working folder, on any machine. */
function bundleRequest({
  environmentPath,
  option,
  scenario,
  files = {},
}: PlanRequest): PlanBundle['request'] {
  const { prices, constants, modelConfig } = files;
  return {
    environment: fromHere(environmentPath),
    option: option ?? null,
    scenario: scenario ?? null,
    prices: prices === undefined ? null : fromHere(prices),
    constants: constants === undefined ? null : fromHere(constants),
    modelConfig: modelConfig ?? null,
  };
}

/** Known before: what is not there costs nothing, what does not change costs the same. */
function costOf(
  plans: readonly Plan[],
  stacks: readonly PlannedStack[],
  {
    opened,
    request,
    asOf,
  }: { readonly opened: OpenedInputs; readonly request: PlanRequest; readonly asOf: string },
): BundleCost {
  const { environment, catalog } = opened;
  const estimates = plans.map(
    ({ scenario, option }) =>
      pickOption({ environment, path: request.environmentPath, catalog, asOf, scenario, option }).estimate,
  );
  const sum = estimates.reduce((total, { totals }) => total + totals.monthlyUsd.base, 0);
  const afterMonthlyUsd = Math.round(sum * 1e4) / 1e4;
  const isNew = stacks.every(({ live }) => live.kind === 'absent');
  const isSame = !stacks.some(isChanged);
  return {
    afterMonthlyUsd,
    beforeMonthlyUsd: isNew ? 0 : isSame ? afterMonthlyUsd : null,
    isAtLeast: estimates.some(({ lines }) => lines.some(({ state }) => state === 'unpriced')),
  };
}

function written(bundle: PlanBundle, flags: Flags, surroundings: Surroundings): Outcome {
  const isJson = flags['json'] === true;
  const output = textOf(flags, 'output') ?? (isJson ? null : USUAL_FILE);
  if (output !== null) replaceFile(output, bundleText(bundle));
  const stdout = isJson ? json(bundle) : renderText(planBundleScreen(bundle, output), surroundings);
  const differs = flags['exitCode'] === true && bundle.stacks.some(isChanged);
  return differs ? { stdout, stderr: '', exitCode: EXIT.different } : fine(stdout);
}
