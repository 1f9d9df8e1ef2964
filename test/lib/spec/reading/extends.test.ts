import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';

const read = (files: Record<string, string>) => readEnvironment('env/a.yaml', memoryFiles(files));

describe('extends', () => {
  it('merges mappings and replaces scalars and lists', () => {
    const { environment, sources } = read({
      'env/a.yaml': 'extends: ./b.yaml\nname: prod\nscenarios: { chat: { models: [gpt-oss-120b] } }\n',
      'env/b.yaml': SMALL,
    });
    expect(environment.name).toBe('prod');
    expect(environment.scenarios['chat']?.models).toEqual(['gpt-oss-120b']);
    expect(environment.scenarios['chat']?.traffic.inputTokens.mean).toBe(1000);
    expect(sources).toEqual(['env/a.yaml', 'env/b.yaml']);
  });

  it('removes a key by an empty value', () => {
    const { environment } = read({
      'env/a.yaml': 'extends: b.yaml\noptions: { eks: }\n',
      'env/b.yaml': SMALL,
    });
    expect(Object.keys(environment.options)).toEqual(['bedrock']);
  });

  it('replaces an option whole when its target changes', () => {
    const { environment } = read({
      'env/a.yaml': 'extends: b.yaml\noptions: { bedrock: { target: colo } }\n',
      'env/b.yaml': SMALL.replace('{ target: aws-bedrock }', '{ target: aws-bedrock, guardrail: true }'),
    });
    expect(environment.options['bedrock']).toMatchObject({ target: 'colo' });
    expect(environment.options['bedrock']).not.toHaveProperty('guardrail');
  });

  it('points to the file in which the value stands', () => {
    const files = {
      'env/a.yaml': 'extends: ../base/b.yaml\nname: 5\n',
      'base/b.yaml': SMALL.replace('mean: 1,', 'mean: -1,'),
    };
    expect(problemsIn(() => read(files)).map((each) => each.at)).toEqual([
      'base/b.yaml:7:34',
      'env/a.yaml:2:7',
    ]);
  });

  it('refuses a cycle and shows it', () => {
    const files = { 'env/a.yaml': 'extends: b.yaml\n', 'env/b.yaml': 'extends: ./a.yaml\n' };
    expect(problemsIn(() => read(files))).toMatchObject([
      { code: 'EXTENDS_CYCLE', at: 'env/b.yaml:1:10', got: 'env/a.yaml → env/b.yaml → env/a.yaml' },
    ]);
  });

  it('refuses a chain longer than eight files', () => {
    const chain = Array.from({ length: 9 }, (_, n) => [`env/${n}.yaml`, `extends: ${n + 1}.yaml\n`]);
    const files = { 'env/a.yaml': 'extends: 0.yaml\n', ...Object.fromEntries(chain) };
    expect(problemsIn(() => read(files))).toMatchObject([{ code: 'EXTENDS_TOO_DEEP' }]);
  });

  it('refuses a missing file at the line that names it', () => {
    expect(problemsIn(() => read({ 'env/a.yaml': 'name: a\nextends: no.yaml\n' }))).toMatchObject([
      { code: 'EXTENDS_MISSING', at: 'env/a.yaml:2:10' },
    ]);
  });

  it.each(['/etc/passwd', 'https://example.com/a.yaml', 'file:///etc/passwd'])('refuses %s', (path) => {
    expect(problemsIn(() => read({ 'env/a.yaml': `extends: ${path}\n` }))).toMatchObject([
      { code: 'EXTENDS_MISSING' },
    ]);
  });
});
