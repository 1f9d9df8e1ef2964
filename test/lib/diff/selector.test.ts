import { describe, expect, it } from 'vitest';
import { parseSelector, resolvedSelectors, type Selector } from '#lib/diff/selector';
import { problemsIn } from '../spec/memory-files';

const file = (path: string, option: string | null = null, revision: string | null = null) => ({
  kind: 'environment',
  file: path,
  option,
  revision,
});

describe('a selector', () => {
  it.each([
    ['a/prod.yaml', file('a/prod.yaml')],
    ['a/prod.yaml#eks', file('a/prod.yaml', 'eks')],
    ['prod', file('environments/prod.yaml')],
    ['prod#eks', file('environments/prod.yaml', 'eks')],
    ['./prod', file('./prod')],
    ['git:main#prod', file('environments/prod.yaml', null, 'main')],
    ['git:main#prod#eks', file('environments/prod.yaml', 'eks', 'main')],
    ['git:feature/x#a/b.yaml', file('a/b.yaml', null, 'feature/x')],
    ['git:HEAD~1', { kind: 'same-file', revision: 'HEAD~1' }],
    ['option:eks', { kind: 'option', option: 'eks' }],
    ['file:x.json', { kind: 'document', path: 'x.json', option: null }],
    ['file:x.json#eks', { kind: 'document', path: 'x.json', option: 'eks' }],
  ])('%s is read by its form alone', (text, expected) => {
    expect(parseSelector(text)).toEqual({ text, ...expected });
  });

  it.each([
    '',
    '#eks',
    'prod#',
    'git:',
    'git:#prod',
    'git:main#',
    'git:main##eks',
    'option:',
    'file:',
    'live:prod',
  ])('"%s" says too little', (text) => {
    expect(problemsIn(() => parseSelector(text))).toMatchObject([{ code: 'BAD_USAGE', got: `"${text}"` }]);
  });

  it.each(['git:--upload-pack=x#prod', 'git:-p', 'git:a\nb#prod'])('%j is no revision', (text) => {
    expect(problemsIn(() => parseSelector(text))[0]?.expected).toContain('a revision');
  });
});

describe('a pair of selectors', () => {
  const pair = (from: string, to: string, environment?: string) =>
    resolvedSelectors(parseSelector(from), parseSelector(to), environment).map((side) =>
      side.kind === 'environment' ? [side.file, side.option, side.revision] : [side.path, side.option],
    );

  it.each([
    ['git:main', 'prod', undefined, ['environments/prod.yaml', null, 'main']],
    ['git:main', 'prod#eks', undefined, ['environments/prod.yaml', 'eks', 'main']],
    ['git:main', 'option:eks', 'a.yaml', ['a.yaml', 'eks', 'main']],
    ['git:main', 'file:x.json', 'prod', ['environments/prod.yaml', null, 'main']],
    ['option:colo', 'prod', undefined, ['environments/prod.yaml', 'colo', null]],
    ['option:colo', 'git:main#prod', undefined, ['environments/prod.yaml', 'colo', 'main']],
  ] as const)('lets %s take from %s what it leaves out', (from, to, environment, expected) => {
    expect(pair(from, to, environment)[0]).toEqual(expected);
  });

  it.each<[string, string]>([
    ['git:main', 'git:HEAD'],
    ['option:a', 'option:b'],
    ['git:main', 'file:x.json'],
  ])('asks which file %s against %s means', (from, to) => {
    const sides: [Selector, Selector] = [parseSelector(from), parseSelector(to)];
    expect(problemsIn(() => resolvedSelectors(...sides, undefined))[0]?.fix).toContain('--environment');
  });
});
