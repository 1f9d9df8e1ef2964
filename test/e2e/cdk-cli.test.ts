import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesizedOptions } from './synthesis';

const CDK = 'node_modules/aws-cdk/bin/cdk';

const options = synthesizedOptions().filter(({ target }) => target.startsWith('aws-'));

/** The plain CDK CLI that `npx cdk` starts; no account, no network. */
function cdk(...args: string[]) {
  const result = spawnSync(process.execPath, [CDK, '--no-notices', '--no-color', ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 2 ** 20,
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

const context = ({ path, option, scenario }: (typeof options)[number]) =>
  [`environment=${path}`, `option=${option}`, `scenario=${scenario}`].flatMap((pair) => ['-c', pair]);

describe('the real cdk CLI', () => {
  it('has options of all three AWS targets to run', () => {
    expect(new Set(options.map(({ target }) => target))).toEqual(
      new Set(['aws-bedrock', 'aws-sagemaker', 'aws-eks']),
    );
  });

  it.each(options.map((option) => [`${option.environment}/${option.option}`, option] as const))(
    'synthesizes %s with its validator on, and sees no difference to itself and one to a changed template',
    (_, option) => {
      const assembly = mkdtempSync(join(tmpdir(), 'landfall-assembly-'));
      const synthesis = cdk('synth', '--quiet', '--no-lookups', '--output', assembly, ...context(option));
      expect(synthesis.output).not.toMatch(/\bERROR\b|FATAL/);
      expect(synthesis.status).toBe(0);

      // The CLI compares a nested stack's template by its deployed one, which there is none of here.
      const template = readdirSync(assembly)
        .filter((name) => name.endsWith('.template.json') && !name.includes('nested'))
        .map((name) => join(assembly, name))
        .find((path) => !readFileSync(path, 'utf8').includes('AWS::CloudFormation::Stack'));
      if (template === undefined) throw new Error('no stack without a nested one');
      const stack = basename(template, '.template.json');
      const diff = (before: string) =>
        cdk('diff', stack, '--exclusively', '-a', assembly, '--template', before, '--fail');
      expect(diff(template).status).toBe(0);

      const changed = JSON.parse(readFileSync(template, 'utf8')) as { Resources: Record<string, unknown> };
      const removed = Object.keys(changed.Resources)[0] ?? '';
      delete changed.Resources[removed];
      const before = join(assembly, 'before.json');
      writeFileSync(before, JSON.stringify(changed));
      const difference = diff(before);
      expect(difference.status).toBe(1);
      expect(difference.output).toContain(removed);
    },
  );

  it('ends with the problem at file, line and column where the environment is wrong', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'landfall-wrong-')), 'wrong.yaml');
    writeFileSync(path, readFileSync('environments/pilot.yaml', 'utf8').replace('scenarios:', 'scenaros:'));
    const synthesis = cdk('synth', '--quiet', '-c', `environment=${path}`);
    expect(synthesis.status).not.toBe(0);
    expect(synthesis.output).toMatch(/wrong\.yaml:\d+:\d+/);
    expect(synthesis.output).not.toMatch(/\n\s+at .*\.ts:\d+/);
  });
});
