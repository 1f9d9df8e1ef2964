import { describe, expect, it } from 'vitest';
import { Effort } from '#lib/artifacts/effort';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { Evaluation } from '#lib/artifacts/terraform/evaluate';
import { parseExpression, parseTemplate } from '#lib/artifacts/terraform/parse-expression';
import observed from './observed-expressions.json';

const UNKNOWN = { value: new Unresolved('variable x'), references: [], used: 1 };

/** `var.…` is unknown; there are no other names. */
function evaluated(text: string): ArtifactValue {
  const parsed = parseExpression(text);
  if (parsed === null) throw new Error(`not followed: ${text}`);
  return new Evaluation({ effort: new Effort(), resolve: () => UNKNOWN }).value(parsed);
}

describe('an expression', () => {
  // What `jsonencode(…)` printed in the console of Terraform 1.11.4.
  it.each(observed.results)('$expression is what Terraform makes of it', ({ expression, json }) => {
    expect(evaluated(expression)).toEqual(JSON.parse(json));
  });

  it.each(observed.refused)('%s stays open, for Terraform refuses it', (expression) => {
    expect(evaluated(expression)).toBeInstanceOf(Unresolved);
  });

  it.each([
    ['var.x + 1', 'variable x'],
    ['var.x.size[0]', 'variable x.size[0]'],
    ['var.x ? 1 : 2', 'variable x'],
    ['true && var.x', 'variable x'],
    ['[for v in var.x: v]', 'variable x'],
    ['upper(var.x)', 'variable x'],
    ['length(var.x)', 'variable x'],
    ['contains(["a"], var.x)', 'variable x'],
    ['coalesce(var.x, 1)', 'variable x'],
    ['{(var.x) = 1}', 'a key, variable x'],
    ['var.x[*].id', 'variable x[*]'],
    ['file("x")', 'function file'],
  ])('%s depends on %s', (expression, dependsOn) => {
    expect(evaluated(expression)).toMatchObject({ dependsOn });
  });

  it.each([
    ['false && var.x', false],
    ['var.x || true', true],
    ['length([var.x, var.x])', 2],
    ['keys({ a = var.x })', ['a']],
    ['merge({ a = var.x }, { a = 1 })', { a: 1 }],
    ['try(1, var.x)', 1],
    ['[var.x, 5][1]', 5],
  ])('%s needs not all of its operands', (expression, value) => {
    expect(evaluated(expression)).toEqual(value);
  });

  it('keeps what is known of a text', () => {
    const parts = ['a-', { dependsOn: 'variable x' }, '-b'];
    expect(evaluated('"a-${var.x}-b"')).toMatchObject({ parts });
    expect(evaluated('join("-", ["a", var.x, "b"])')).toMatchObject({ parts });
  });
});

describe('what is not followed', () => {
  it.each([
    '%{ if true }x%{ endif }',
    '${',
    '${1 +}',
    '${"',
    '${a.}',
    '${~ 1 ~}',
    '${f(1',
    '${[for x 1]}',
    '${1 2}',
    '${"\\x"}',
  ])('is not guessed: %s', (text) => {
    expect(parseTemplate(text)).toBeNull();
  });

  it.each([
    ['brackets', '('.repeat(100_000)],
    ['signs', `${'-'.repeat(100_000)}1`],
    ['conditionals', 'true ? '.repeat(50_000)],
    ['texts in texts', '"${'.repeat(50_000)],
  ])('%s without an end are not', (_, text) => {
    expect(parseExpression(text)).toBeNull();
  });

  it.each([
    ['attributes', `a${'.b'.repeat(100_000)}`],
    ['operators', `1${' + 1'.repeat(50_000)}`],
    ['indices', `var.x${'[0]'.repeat(50_000)}`],
    ['loops', '[for a in range(1000): [for b in range(1000): [for c in range(1000): c]]]'],
  ])('chains of %s come to an end', (_, text) => {
    expect(() => evaluated(text)).not.toThrow();
  });
});
