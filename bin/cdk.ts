import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { plansFor } from '#bin/synthesis/plans-for';
import { pricesFrom } from '#bin/input/price-source';
import { renderProblems } from '#bin/output/render-problems';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Plan } from '#lib/plan/plan';
import { stackBuilder } from '#stacks/index';

const INVALID_INPUT = 4;

/** Entry of `cdk synth|diff|deploy -c environment=FILE`, with option, scenario, prices, constants and model-config as further context. */
async function main(): Promise<void> {
  const app = new App();
  const environmentPath = context(app, 'environment');
  if (environmentPath === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'cdk context',
      expected: 'an environment file',
      fix: 'pass `-c environment=environments/<name>.yaml`',
    });
  }
  const plans = plansFor({
    environmentPath,
    option: context(app, 'option'),
    scenario: context(app, 'scenario'),
    files: {
      prices: context(app, 'prices'),
      usualPrices: pricesFrom(process.env).prices,
      constants: context(app, 'constants'),
      modelConfig: context(app, 'model-config'),
    },
  });
  refuseSharedOptions(plans);
  for (const plan of plans) {
    const build = await stackBuilder(plan, 'cdk');
    // Another synthesizer provisions this one; with a single plan that is a mistake.
    if (build === undefined && plans.length === 1) throw notByCdk(plan);
    // Paths inside a stack, and so logical ids, are the same with and without the outer scope.
    build?.(plans.length === 1 ? app : new Construct(app, plan.option), plan);
  }
  app.synth();
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
