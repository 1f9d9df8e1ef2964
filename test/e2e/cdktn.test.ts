import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { feasibleOptions, run, synthesizeTerraform } from './synthesis';

/** The maintained fork of cdktf, under cdktf's name: what a user of it writes into package.json. */
const FORK = 'npm:cdktn@0.24.0';

interface Manifest {
  readonly imports: Record<string, unknown>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

describe('the fork of cdktf', () => {
  const app = mkdtempSync(join(tmpdir(), 'landfall-fork-'));
  beforeAll(() => {
    const { imports, dependencies, devDependencies } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    ) as Manifest;
    const pinned = ['constructs', '@cdktf/provider-kubernetes', '@cdktf/provider-helm'].map((name) => [
      name,
      devDependencies[name],
    ]);
    const manifest = {
      name: 'landfall',
      version: '0.0.0',
      type: 'commonjs',
      imports,
      dependencies: { ...dependencies, ...Object.fromEntries(pinned), cdktf: FORK },
      overrides: { cdktf: '$cdktf' },
    };
    writeFileSync(join(app, 'package.json'), JSON.stringify(manifest));
    for (const folder of ['dist', 'environments']) cpSync(folder, join(app, folder), { recursive: true });
    run('npm', ['install', '--prefix', app, '--ignore-scripts', '--no-audit', '--no-fund']);
  });

  const options = feasibleOptions().filter(({ target }) => !target.startsWith('aws-'));

  it.each(options.map((option) => [`${option.environment}/${option.option}`, option] as const))(
    'synthesizes %s to the same Terraform',
    (_, option) => {
      const output = join(app, `out-${option.environment}-${option.option}`);
      const { path, option: id, scenario } = option;
      const select = ['--environment', path, '--option', id, '--scenario', scenario, '--output', output];
      run(process.execPath, [join(app, 'dist/bin/cdktf.js'), ...select]);
      expect(stacksOf(output)).toEqual(stacksOf(synthesizeTerraform(option)));
    },
  );
});

/** Stacks by name, without the stamp of the program that wrote them. */
function stacksOf(output: string): Record<string, unknown> {
  const stacks = join(output, 'stacks');
  return Object.fromEntries(
    readdirSync(stacks).map((stack) => {
      const { '//': _stamp, ...document } = JSON.parse(
        readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'),
      ) as Record<string, unknown>;
      return [stack, document];
    }),
  );
}
