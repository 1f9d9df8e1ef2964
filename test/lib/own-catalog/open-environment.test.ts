import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import { OWN_CONFIG } from '../../_support/own-model';
import { memoryFiles, problemsIn, SMALL } from '../spec/memory-files';

const OWN = `
catalog:
  models:
    tuned: { config: ./tuned/config.json, repository: acme/tuned }
`;
const named = (text: string) => text.replace(/models: .*/, 'models: [tuned]');
const open = (files: Readonly<Record<string, string>>) =>
  openEnvironment('env/e.yaml', {}, memoryFiles({ 'env/tuned/config.json': OWN_CONFIG, ...files }));
const problems = (files: Readonly<Record<string, string>>) => problemsIn(() => open(files));

describe('catalog of an environment', () => {
  it('brings a model by its configuration, that scenarios may name', () => {
    const { catalog, environment } = open({ 'env/e.yaml': named(SMALL) + OWN });
    const model = catalog.models.get('tuned');
    expect(model).toMatchObject({ id: 'tuned', repository: 'acme/tuned', layers: 32, hidden: 4096 });
    // Llama 3.1 8B has these dimensions: 8.03 billion parameters.
    expect(model?.paramsTotalB).toBeCloseTo(8.03, 2);
    expect(environment.scenarios['chat']?.models).toEqual(['tuned']);
    expect(catalog.laidOver).toEqual({ models: ['tuned'], calibration: null, prices: null });
  });

  it('says nothing of a catalog that nothing is laid over', () => {
    expect(open({ 'env/e.yaml': SMALL }).catalog.laidOver).toBeUndefined();
  });

  it('looks for a file from the one that names it, also where another extends it', () => {
    const files = {
      'env/e.yaml': 'extends: ../base/base.yaml\nname: e\n',
      'base/base.yaml': named(SMALL) + OWN,
      'base/tuned/config.json': OWN_CONFIG,
    };
    expect(open(files).catalog.models.get('tuned')?.hidden).toBe(4096);
  });

  it('stands at the path that leads to nothing, beside every other problem', () => {
    const found = problems({
      'env/e.yaml': `${named(SMALL)}${OWN.replace('./tuned', './missing')}surplus: 1\n`,
    });
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['FILE_UNREADABLE', 'UNKNOWN_KEY']));
    const missing = found.find(({ code }) => code === 'FILE_UNREADABLE');
    expect(missing?.at).toMatch(/^env\/e\.yaml:\d+:\d+$/);
    expect(missing?.got).toContain('env/missing/config.json');
  });

  it.each([
    ['/etc/passwd', 'a path relative to this file'],
    ['https://example.com/config.json', 'a path relative to this file'],
  ])('refuses %s', (config, expected) => {
    const [problem] = problems({ 'env/e.yaml': named(SMALL) + OWN.replace('./tuned/config.json', config) });
    expect(problem).toMatchObject({ code: 'FILE_UNREADABLE', expected });
  });

  it('refuses the id of a bundled model: what was measured of that one would count for it', () => {
    const text = SMALL + OWN.replace('tuned:', 'llama-3.1-8b:');
    expect(problems({ 'env/e.yaml': text })[0]).toMatchObject({ code: 'CONFLICT' });
  });

  it('stands inside a configuration that cannot be read', () => {
    const files = { 'env/e.yaml': named(SMALL) + OWN, 'env/tuned/config.json': '{ "model_type": "llama" ' };
    expect(problems(files)[0]?.at).toMatch(/^env\/tuned\/config\.json:1:\d+$/);
  });

  it('refuses a calibration that is none', () => {
    const text = `${SMALL}catalog: { constants: ./constants.json }\n`;
    const found = problems({ 'env/e.yaml': text, 'env/constants.json': '{}' });
    expect(found[0]).toMatchObject({
      got: 'another file',
      expected: 'what `landfall sizing calibrate` writes',
    });
  });

  it('stands where prices are named that are not there', () => {
    const found = problems({ 'env/e.yaml': `${SMALL}catalog: { prices: ./nowhere.json }\n` });
    expect(found[0]?.at).toMatch(/^env\/e\.yaml:\d+:\d+$/);
  });

  it('is refused where a catalog without it was brought: it would be left out in silence', () => {
    const files = memoryFiles({ 'env/e.yaml': named(SMALL) + OWN, 'env/tuned/config.json': OWN_CONFIG });
    const [problem] = problemsIn(() => loadEnvironment('env/e.yaml', loadCatalog(), files));
    expect(problem).toMatchObject({ code: 'CONFLICT', fix: 'open it with openEnvironment' });
    expect(problem?.at).toMatch(/^env\/e\.yaml:\d+:1$/);
  });
});
