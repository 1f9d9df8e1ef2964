#!/usr/bin/env node
import { App } from 'cdktf';
import { Command } from 'commander';
import { plansFor } from '#bin/synthesis/plans-for';
import { pricesFrom } from '#bin/input/price-source';
import { renderProblems } from '#bin/output/render-problems';
import { LandfallError } from '#lib/errors/landfall-error';
import { stackBuilder } from '#stacks/index';

const INVALID_INPUT = 4;

interface Flags {
  readonly environment: string;
  readonly option?: string;
  readonly scenario?: string;
  readonly output: string;
  readonly prices?: string;
  readonly constants?: string;
  readonly modelConfig?: string;
}

/** Writes Terraform JSON of every option that Terraform provisions; `terraform` or `tofu` applies it. */
async function main(flags: Flags): Promise<void> {
  const plans = plansFor({
    environmentPath: flags.environment,
    option: flags.option,
    scenario: flags.scenario,
    files: { ...flags, usualPrices: pricesFrom(process.env).prices },
  });
  const app = new App({ outdir: flags.output, skipValidation: false });
  let built = 0;
  for (const plan of plans) {
    const build = await stackBuilder(plan, 'terraform');
    if (build === undefined) continue;
    build(app, plan);
    built += 1;
  }
  if (built === 0) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `${flags.environment}: ${plans.map(({ option }) => `options.${option}`).join(', ')}`,
      got: `target ${plans.map(({ target }) => target).join(', ')}`,
      expected: 'a target that Terraform provisions',
      fix: `use the CDK: npx cdk synth -c environment=${flags.environment} -c option=${plans[0]?.option ?? ''}`,
    });
  }
  app.synth();
}

const flags = new Command('cdktf')
  .description('Terraform JSON of the options that Terraform provisions')
  .requiredOption('--environment <file>', 'environment file', process.env['LANDFALL_ENVIRONMENT'])
  .option(
    '--option <id>',
    'this option instead of the one that `deploy` names',
    process.env['LANDFALL_OPTION'],
  )
  .option('--scenario <id>', 'only this scenario', process.env['LANDFALL_SCENARIO'])
  .option('--prices <path>', 'a pin or a folder of refreshed prices')
  .option('--constants <file>', 'own calibration of the sizing')
  .option('--model-config <file>', 'a model of your own: my-model=path/config.json')
  .option('--output <folder>', 'where to write', 'cdktf.out')
  .parse()
  .opts<Flags>();

main(flags).catch((error: unknown) => {
  if (!(error instanceof LandfallError)) throw error;
  process.stderr.write(`${renderProblems(error)}\n`);
  process.exitCode = INVALID_INPUT;
});
