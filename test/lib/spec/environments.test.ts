import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadEnvironment } from '#lib/spec/load-environment';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { PRESETS, presetOf, starterEnvironment } from '#lib/spec/starter';
import { targets } from '#lib/targets/index';
import { memoryFiles, problemsIn } from './memory-files';

const pathOf = (id: string) => join(__dirname, '../../../environments', `${id}.yaml`);

describe.each(PRESETS.map((preset) => preset.id))('environments/%s.yaml', (id) => {
  const text = readFileSync(pathOf(id), 'utf8');

  it('has an option for every target', () => {
    const { environment } = readEnvironment(pathOf(id));
    const used = Object.values(environment.options).map((option) => option.target);
    expect(new Set(used)).toEqual(new Set(targets.ids));
  });

  it('starts with the line that editors find the schema by', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schema/environment.schema.json');
  });

  it('is a valid starter under another name', () => {
    const starter = starterEnvironment(text, { name: 'mine', schemaPath: './s.json' });
    const { environment } = readEnvironment('mine.yaml', memoryFiles({ 'mine.yaml': starter }));
    expect(environment.name).toBe('mine');
    expect(starter).toContain('$schema=./s.json');
  });
});

describe('presetOf', () => {
  it('suggests the preset that was meant', () => {
    expect(problemsIn(() => presetOf('suport'))).toMatchObject([{ fix: 'did you mean "support"?' }]);
  });
});

describe('the shipped environments', () => {
  it('name only what the bundled catalog and the targets have', () => {
    const catalog = loadCatalog();
    const names = PRESETS.map(({ id }) => loadEnvironment(pathOf(id), catalog).environment.name);
    expect(names).toEqual(PRESETS.map(({ id }) => id));
  });
});
