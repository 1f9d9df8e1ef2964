import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const HOOK = resolve('test/_support/without-cdk.cjs');

/** Runs a source file where aws-cdk-lib, constructs, cdktf and @cdktf/* cannot be resolved. */
function runWithoutCdk(file: string, ...words: string[]) {
  return spawnSync(
    process.execPath,
    ['--require', HOOK, '--conditions=source', '--import', 'tsx', file, ...words],
    { encoding: 'utf8' },
  );
}

describe('a machine without the CDK', () => {
  it('compares the options of an environment', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = runWithoutCdk(
      'bin/landfall.ts',
      'compare',
      'environments/support.yaml',
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('USD/month');
    expect(status).toBe(0);
  });

  it('estimates one option', { timeout: 60_000 }, () => {
    const words = ['estimate', 'environments/support.yaml', '--option', 'eks', '--json'];
    const { status, stdout } = runWithoutCdk('bin/landfall.ts', ...words);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'landfall/estimate/v1', option: 'eks' });
    expect(status).toBe(0);
  });

  it.each(['bin/cdk.ts', 'bin/cdktf.ts'])(
    'cannot synthesize with %s, which shows that the packages are really out of reach',
    { timeout: 60_000 },
    (file) => {
      const { status, stderr } = runWithoutCdk(file);
      expect(stderr).toContain('is out of reach in this test');
      expect(status).not.toBe(0);
    },
  );
});
