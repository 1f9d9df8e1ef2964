import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What each entry of the package must export. */
const ENTRIES = {
  landfall: ['compareEnvironment', 'loadCatalog', 'loadEnvironment', 'makePlan', 'LandfallError'],
  'landfall/kubernetes': ['modelServer', 'YamlCluster', 'metalObjects', 'applyStore'],
  'landfall/terraform': ['TerraformCluster'],
  'landfall/aws': ['Network', 'InferenceEndpoint', 'BedrockAccess', 'S3VectorsStore'],
  'landfall/aws/eks': ['GpuCluster', 'GpuNodeGroup', 'EksKubernetesCluster'],
};

describe('the packed package, installed into an app', () => {
  const app = mkdtempSync(join(tmpdir(), 'landfall-app-'));
  beforeAll(() => {
    const modules = join(app, 'node_modules');
    mkdirSync(join(modules, 'landfall'), { recursive: true });
    const stage = join(app, 'stage');
    mkdirSync(stage);
    for (const name of ['package.json', 'schema', 'environments', 'cdk.json', 'LICENSE', 'README.md'])
      cpSync(name, join(stage, name), { recursive: true });
    cpSync(process.env['LANDFALL_BUILT'] ?? 'no build', join(stage, 'dist'), { recursive: true });
    const packed = execFileSync(
      'npm',
      ['pack', stage, '--ignore-scripts', '--json', '--pack-destination', app],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const tarball = /"filename":\s*"([^"]+)"/.exec(packed)?.[1] ?? '';
    execFileSync('tar', [
      '-xzf',
      join(app, tarball),
      '-C',
      join(modules, 'landfall'),
      '--strip-components=1',
    ]);
    // The package's dependencies and peers, as an install would lay them out.
    for (const name of readdirSync('node_modules').filter((each) => !each.startsWith('.')))
      symlinkSync(resolve('node_modules', name), join(modules, name));
  });
  afterAll(() => rmSync(app, { recursive: true, force: true }));

  const node = (file: string, text: string) => {
    writeFileSync(join(app, file), text);
    return execFileSync('node', [file], { cwd: app, encoding: 'utf8' });
  };

  it.each(Object.entries(ENTRIES))('gives %s to CommonJS and to ES modules', (entry, names) => {
    const print = (from: string) =>
      `console.log(${JSON.stringify(names)}.filter((n) => !(n in ${from})).join())`;
    expect(node('app.cjs', `const entry = require('${entry}');\n${print('entry')}`).trim()).toBe('');
    expect(node('app.mjs', `import * as entry from '${entry}';\n${print('entry')}`).trim()).toBe('');
  });

  it('compares an environment through its API', () => {
    const text = `const { loadCatalog, loadEnvironment, compareEnvironment } = require('landfall');
      const catalog = loadCatalog();
      const { environment } = loadEnvironment('node_modules/landfall/environments/pilot.yaml', catalog);
      const { comparison } = compareEnvironment({ environment, catalog, asOf: '2026-11-23' });
      console.log(comparison.scenarios[0].options.length);`;
    expect(node('compare.cjs', text).trim()).toBe('6');
  });
});
