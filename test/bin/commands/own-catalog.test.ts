import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '#lib/compare/comparison';
import type { DiffDocument } from '#lib/diff/environment-diff';
import { comparisonSchema } from '#lib/report/documents/comparison';
import { inFolder, landfall } from '../../_support/command-line';
import { OWN_CONFIG } from '../../_support/own-model';

const PILOT = readFileSync('environments/pilot.yaml', 'utf8');
const OWN = 'catalog: { models: { tuned: { config: ./tuned/config.json, repository: acme/tuned } } }\n';

/** A folder with an environment that names a model of its own. */
function withOwnModel<Result>(use: (file: string, folder: string) => Promise<Result>): Promise<Result> {
  return inFolder(async (folder) => {
    mkdirSync(join(folder, 'tuned'));
    writeFileSync(join(folder, 'tuned', 'config.json'), OWN_CONFIG);
    const file = join(folder, 'own.yaml');
    writeFileSync(file, PILOT.replace(/models: \[.*\]/, 'models: [tuned]') + OWN);
    return use(file, folder);
  });
}

describe('an environment with a model of its own', () => {
  it('is checked, compared and named', () =>
    withOwnModel(async (file) => {
      expect((await landfall('check', file)).stdout).toContain('valid');
      const { stdout } = await landfall('compare', file, '--json');
      const comparison = comparisonSchema.parse(JSON.parse(stdout));
      expect(comparison.catalog.laidOver).toEqual({ models: ['tuned'], calibration: null, prices: null });
      expect(comparison.scenarios[0]?.options.find(({ id }) => id === 'eks')?.model).toBe('tuned');
      expect((await landfall('compare', file)).stdout).toContain('(bundled) · over it tuned');
    }));

  it('deploys what was compared: the server loads its repository', () =>
    withOwnModel(async (file, folder) => {
      const out = join(folder, 'out');
      const { exitCode } = await landfall('synth', file, '--option', 'leased', '--format', 'yaml', '-o', out);
      expect(exitCode).toBe(0);
      expect(readFileSync(join(out, 'leased', 'objects.yaml'), 'utf8')).toContain('- acme/tuned');
    }));

  it('has the same books: the second is synthesized with the model too', () =>
    withOwnModel(async (file) => {
      const { stdout, stderr } = await landfall('estimate', file, '--option', 'eks', '--from', 'artifacts');
      expect(stderr).toBe('');
      expect(stdout).toContain('0 resources unaccounted for');
    }));
});

describe('--model-config', () => {
  it('is told to the synthesizer of the second book', () =>
    withOwnModel(async (_, folder) => {
      const file = join(folder, 'plain.yaml');
      writeFileSync(file, PILOT.replace(/models: \[.*\]/, 'models: [tuned]'));
      const model = ['--model-config', `tuned=${join(folder, 'tuned', 'config.json')}`];
      const words = ['estimate', file, '--option', 'leased', '--from', 'artifacts', ...model];
      const { stdout, stderr } = await landfall(...words);
      expect(stderr).toBe('');
      expect(stdout).toContain('0 resources unaccounted for');
    }));
});

describe('prices of an environment', () => {
  it('count in every verb, and the diff says what is theirs', () =>
    inFolder(async (folder) => {
      const pin = join(folder, 'pin.json');
      await landfall('catalog', 'pin', 'environments/pilot.yaml', '--output', pin);
      const [before, after] = ['before.yaml', 'after.yaml'].map((name) => join(folder, name));
      if (before === undefined || after === undefined) throw new Error('two files');
      writeFileSync(before, PILOT);
      writeFileSync(after, `${PILOT}catalog: { prices: ./pin.json }\n`);
      const compared = JSON.parse((await landfall('compare', after, '--json')).stdout) as Comparison;
      expect(compared.catalog.laidOver?.prices).toBe(pin);
      const diff = JSON.parse((await landfall('diff', before, after, '--json')).stdout) as DiffDocument;
      // The pin holds the bundled prices: a catalog of other files that changes nothing.
      expect(diff.cost).toMatchObject({ delta: 0, because: { spec: 0, catalog: 0, engine: 0 } });
      for (const verb of ['portfolio', 'routes', 'models']) {
        const { exitCode, stderr } = await landfall(verb, before, '--prices', pin, '--json');
        expect([verb, exitCode, stderr]).toEqual([verb, 0, '']);
      }
    }));
});
