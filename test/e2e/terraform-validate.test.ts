import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { feasibleOptions, synthesizeTerraform } from './synthesis';
import { tools } from './tools';

const root = process.env['LANDFALL_TOOLS'] ?? join(homedir(), '.cache', 'landfall-tools');
const configuration = process.env['TF_CLI_CONFIG_FILE'] ?? join(root, 'terraform.rc');
const mirror = join(root, 'terraform-mirror', 'registry.terraform.io', 'hashicorp');
const providers = ['kubernetes', 'helm'].filter((name) => existsSync(join(mirror, name)));

/** No script can install these two providers; where they are absent, that is reported and is not a failure. */
const runs = tools.terraform.present && providers.length === 2;
if (!runs)
  console.warn(
    `terraform validate: NOT RUN, lacks ${tools.terraform.present ? 'the providers kubernetes and helm' : 'terraform'} ` +
      '(the resources are checked against the providers’ published schemas and a real API server instead)',
  );

describe.runIf(runs)('a real terraform', () => {
  it('validates every stack of every option outside AWS', () => {
    const refused = feasibleOptions()
      .filter(({ target }) => !target.startsWith('aws-'))
      .flatMap((option) => {
        const stacks = join(synthesizeTerraform(option), 'stacks');
        return readdirSync(stacks).flatMap((stack) => {
          const folder = join(stacks, stack);
          const terraform = (...args: string[]) =>
            spawnSync('terraform', [`-chdir=${folder}`, ...args], {
              encoding: 'utf8',
              env: { ...process.env, TF_CLI_CONFIG_FILE: configuration },
            });
          const initialised = terraform('init', '-backend=false', '-input=false');
          if (initialised.status !== 0) return [`${option.option}/${stack}: init: ${initialised.stderr}`];
          const validated = terraform('validate', '-json');
          return validated.status === 0 ? [] : [`${option.option}/${stack}: ${validated.stdout}`];
        });
      });
    expect(refused).toEqual([]);
  });
});
