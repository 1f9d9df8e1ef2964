import { App, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { dirname } from 'node:path';
import { filesOfApp } from '#bin/estimate/artifact-files';
import { plansFor } from '#bin/synthesis/plans-for';
import { pricesFrom } from '#bin/input/price-source';
import { renderProblems } from '#bin/output/render-problems';
import { acceptedRules } from '#bin/synthesis/policy-gate';
import { GenAiPolicy } from '#constructs/aws/genai-policy';
import { LandfallError } from '#lib/errors/landfall-error';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import type { ReadResource } from '#lib/artifacts/unresolved';
import type { Plan } from '#lib/plan/plan';
import type { AcceptedRule } from '#lib/policy/check-policy';
import { stackBuilder } from '#stacks/index';

const INVALID_INPUT = 4;
const GUARDRAIL = 3;

/** Entry of `cdk synth|diff|deploy -c environment=FILE`, with option, scenario, prices, constants and model-config as further context. */
async function main(): Promise<void> {
  // Synthesized below; by itself it would do so again at the end of a process whose synth was refused.
  const app = new App({ autoSynth: false });
  const environmentPath = context(app, 'environment');
  if (environmentPath === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'cdk context',
      expected: 'an environment file',
      fix: 'pass `-c environment=environments/<name>.yaml`',
    });
  }
  const files = {
    prices: context(app, 'prices'),
    usualPrices: pricesFrom(process.env).prices,
    constants: context(app, 'constants'),
    modelConfig: context(app, 'model-config'),
  };
  const plans = plansFor({
    environmentPath,
    option: context(app, 'option'),
    scenario: context(app, 'scenario'),
    files,
  });
  refuseSharedOptions(plans);
  for (const plan of plans) {
    const build = await stackBuilder(plan, 'cdk');
    // Another synthesizer provisions this one; with a single plan that is a mistake.
    if (build === undefined && plans.length === 1) throw notByCdk(plan);
    // Paths inside a stack, and so logical ids, are the same with and without the outer scope.
    build?.(plans.length === 1 ? app : new Construct(app, plan.option), plan);
  }
  // Under `landfall` the artifacts are held to the policy by whoever asked for them.
  if (process.env['LANDFALL_POLICY'] === 'later') app.synth();
  else guarded(app, acceptedRules(environmentPath, files));
}

/** What breaks the policy ends the synth, in the words of the CDK's report. */
function guarded(app: App, accepted: readonly AcceptedRule[]): void {
  const policy = new GenAiPolicy({ accepted, read: resourcesBeside });
  Validations.of(app).addPlugins(policy);
  try {
    app.synth();
  } catch (error) {
    // The CDK has printed its report; under its own command line it reports, and fails, by itself.
    if (!policy.isBroken) throw error;
    process.exitCode = GUARDRAIL;
  }
}

function resourcesBeside(templatePaths: readonly string[]): readonly ReadResource[] {
  const folder = dirname(templatePaths[0] ?? '.');
  return readArtifacts(filesOfApp(folder), folder).resources;
}

function context(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Stacks are named by environment and option: a second scenario on the same option would overwrite the first. */
function refuseSharedOptions(plans: readonly Plan[]): void {
  const shared = plans.find((plan, index) => plans.findIndex(({ option }) => option === plan.option) < index);
  if (shared === undefined) return;
  throw new LandfallError({
    code: 'CONFLICT',
    at: `deploy.${shared.scenario}`,
    got: `a second scenario on option ${shared.option}`,
    expected: 'one scenario per option in one deployment',
    fix: `give ${shared.scenario} an option of its own, or pass \`-c scenario=${shared.scenario}\``,
  });
}

function notByCdk(plan: Plan): LandfallError {
  return new LandfallError({
    code: 'NOT_SYNTHESIZABLE',
    at: `options.${plan.option}`,
    got: `target ${plan.target}`,
    expected: 'a target that the CDK provisions',
    fix: 'synthesize it with Terraform: bin/cdktf.ts',
  });
}

main().catch((error: unknown) => {
  if (!(error instanceof LandfallError)) throw error;
  process.stderr.write(`${renderProblems(error)}\n`);
  process.exitCode = INVALID_INPUT;
});
