import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYamlTemplate } from '#lib/artifacts/cloudformation/template-text';
import { LandfallError } from '#lib/errors/landfall-error';

const read = (text: string): unknown => readYamlTemplate('t.yaml', text).root;

describe('a template in YAML', () => {
  it.each([
    ['!Ref Vpc', { Ref: 'Vpc' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Vpc.Arn', { 'Fn::GetAtt': 'Vpc.Arn' }],
    ['!Sub "${AWS::Region}-x"', { 'Fn::Sub': '${AWS::Region}-x' }],
    ['!Join ["-", [a, !Ref b]]', { 'Fn::Join': ['-', ['a', { Ref: 'b' }]] }],
    [
      '!If [A, !Select [0, !GetAZs ""], 1]',
      { 'Fn::If': ['A', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 1] },
    ],
    ['!Transform { Name: x }', { 'Fn::Transform': { Name: 'x' } }],
    ['2012-10-17', '2012-10-17'],
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['N', 'N'],
    ['"yes"', 'yes'],
    ['', null],
  ])('reads %s', (text, value) => {
    expect(read(`a: ${text}`)).toEqual({ a: value });
  });

  it.each(['Y', 'n', 'On', '007', '1e3', '2012-10-17', '"true"'])(
    'takes %s as a name where one is expected',
    (key) => {
      expect(read(`${key}: 1`)).toEqual({ [key.replaceAll('"', '')]: 1 });
    },
  );

  it('writes anchors out', () => {
    expect(read('a: &x [1, 2]\nb: *x')).toEqual({ a: [1, 2], b: [1, 2] });
  });

  it('knows where a value stands', () => {
    const { source } = readYamlTemplate('t.yaml', 'Resources:\n  T:\n    Type: 1\n');
    expect(source.place(['Resources', 'T', 'Type']).at).toBe('t.yaml:3:11');
    expect(source.place(['Resources', 'Nobody']).at).toBe('t.yaml:2:3');
  });

  it.each([
    ['two documents', 'a: 1\n---\nb: 2', 't.yaml:3:'],
    ['a key that stands twice', 'a: 1\na: 2', 't.yaml:2:1'],
    ['an open bracket', 'a: [1', 't.yaml:1:'],
    ['an alias of nothing', 'a: *x', 't.yaml:1:'],
    ['nesting beyond reason', '['.repeat(100_000), 't.yaml:1:'],
    ['aliases that multiply', multiplied(), 't.yaml:'],
  ])('with %s is refused at its place', (_, text, at) => {
    expect(() => read(text)).toThrow(LandfallError);
    expect(() => read(text)).toThrow(new RegExp(`^${at}`));
  });

  it('keeps keys that every object inherits as keys', () => {
    expect(Object.entries(read('__proto__: { x: 1 }') ?? {})).toEqual([['__proto__', { x: 1 }]]);
  });

  it('of any text is read or refused, never a crash', () => {
    const line = fc.constantFrom('a: !Ref b', '- !Sub', '  ? [1]', ': x', '&a *a', '!<x> y', '{', ']', '"', '|', '%YAML 1.2', '---', 'a: &a [*a]', '<<: *a'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        expect(crashOf(() => read(lines.join('\n')))).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What was thrown that is no refusal. */
function crashOf(act: () => unknown): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof LandfallError ? null : error;
  }
}

/** Ten levels of ten aliases: 10^10 values. */
function multiplied(): string {
  const levels = Array.from({ length: 10 }, (_, index) => `l${index + 1}: &l${index + 1} [${Array(10).fill(`*l${index}`).join(', ')}]`); // prettier-ignore
  return ['l0: &l0 x', ...levels].join('\n');
}
