import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOO_MUCH } from '#lib/artifacts/effort';
import { readJsonText } from '#lib/artifacts/json-text';
import { withKubernetesObjects } from '#lib/artifacts/kubernetes/objects';
import { readTerraformConfiguration } from '#lib/artifacts/terraform/read-configuration';
import { readTerraformPlan } from '#lib/artifacts/terraform/read-plan';
import { LandfallError } from '#lib/errors/landfall-error';
import { memoryFiles } from '../memory-files';

const read = (text: unknown) => readTerraformConfiguration(memoryFiles({ 'm.tf.json': text }), '.');

describe('a hostile configuration', () => {
  it.each([
    ['lists', '[', ']'],
    ['mappings', '{"a":', '}'],
  ])('with %s nested a hundred thousand deep stays unresolved', (_, open, close) => {
    const depth = 100_000;
    const value = `${open.repeat(depth)}1${close.repeat(depth)}`;
    const found = read(
      `{"resource":{"a":{"x":{"v":${value}}}},"locals":${value},"variable":{"w":{"default":${value}}}}`,
    );
    expect(found.map(({ address }) => address)).toEqual(['a.x']);
  });

  it('with keys that every object inherits keeps them as keys', () => {
    const found = read('{"resource":{"__proto__":{"constructor":{"__proto__":{"x":1}}}}}');
    expect(found[0]?.address).toBe('__proto__.constructor');
    expect(Object.entries(found[0]?.properties ?? {})).toEqual([['__proto__', { x: 1 }]]);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each([
    ['texts', (x: string) => `\${${x}}\${${x}}`],
    ['lists', (x: string) => `\${[${x}, ${x}]}`],
    ['lists in JSON', (x: string) => [`\${${x}}`, `\${${x}}`]],
    ['mappings', (x: string) => `\${{ a = ${x}, b = ${x} }}`],
    ['joins', (x: string) => `\${join(${x}, [${x}, ${x}])}`],
    ['replacements', (x: string) => `\${replace(${x}, "x", "xx")}`],
    ['encodings', (x: string) => `\${base64encode(jsonencode([${x}, ${x}]))}`],
    ['formats', (x: string) => `\${format("%s%s", ${x}, ${x})}`],
  ])('whose %s double at every level is cut short', (_, twice) => {
    const locals = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`l${index + 1}`, twice(`local.l${index}`)]),
    );
    const found = read({ locals: { l0: 'xx', ...locals }, resource: { a: { x: { v: '${local.l60}' } } } });
    expect(JSON.stringify(found[0]?.properties['v'])).toContain(TOO_MUCH);
    expect(JSON.stringify(found[0]?.properties['v']).length).toBeLessThan(2 ** 26);
  });

  it('that repeats modules in modules is refused', () => {
    const module = { m: { source: './m', count: 1_000 } };
    const files = memoryFiles({
      'r.tf.json': { module },
      'm/m.tf.json': { resource: { a: { x: { count: 1_000 } } } },
    });
    expect(() => readTerraformConfiguration(files, '.')).toThrow(/at most 100000 resources/);
  });

  it.each([[-1], [1.5], [1e9], ['many'], [[1]], ['${1 - 2}']])('that counts %j is refused there', (count) => {
    const of = (body: object) => () => read({ resource: { a: { x: body } } });
    expect(of({ count })).toThrow(/^m\.tf\.json:5:18: .*a whole number between 0 and 10000/s);
    expect(of({ count: '3' })().map(({ address }) => address)).toEqual(['a.x[0]', 'a.x[1]', 'a.x[2]']);
  });

  it('of any form is read or refused, never a crash', () => {
    const text = fc.constantFrom('${var.v}', '${local.l}', '${a.x.v}', '${a.x[*].id}', '${module.m.o}', '${each.key}', '${[for k, v in var.v: k]}', '${merge(var.v, local.l)}', '${count.index + 1}', '${try(a.x.v.w, 1)}', '${var.v[0].b}', '$${', '%{', '${', 'x', './m'); // prettier-ignore
    const key = fc.constantFrom('a', 'x', 'm', 'l', 'v', 'o', 'value', 'default', 'type', 'count', 'for_each', 'dynamic', 'content', 'source', 'provider', 'region', 'alias', '//', '__proto__'); // prettier-ignore
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.constantFrom(0, -1, 3, true, null),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    }));
    const root = fc.record({ resource: node, variable: node, locals: node, module: node, output: node, provider: node }, { requiredKeys: [] }); // prettier-ignore
    fc.assert(
      fc.property(root, (configuration) => {
        expect(crashOf(() => withKubernetesObjects(read(JSON.stringify(configuration))))).toBeNull();
      }),
      { numRuns: 3_000 },
    );
  });

  it('as a plan of any form is read or refused, never a crash', () => {
    const key = fc.constantFrom('resources', 'child_modules', 'address', 'type', 'name', 'values', 'mode', 'change', 'actions', 'after_unknown', 'expressions', 'references', 'constant_value', 'module_calls', 'module', 'root_module', '__proto__'); // prettier-ignore
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom('a.x', 'module.m', 'var.v', 'a', 1, true, null),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    }));
    const root = fc.record({ format_version: fc.constant('1.0'), planned_values: node, prior_state: node, resource_changes: node, configuration: node, variables: node }); // prettier-ignore
    fc.assert(
      fc.property(root, (plan) => {
        const document = readJsonText('plan.json', JSON.stringify(plan));
        expect(crashOf(() => readTerraformPlan(document))).toBeNull();
      }),
      { numRuns: 3_000 },
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
