import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import { Unresolved } from '#lib/artifacts/resource';
import { evaluated, stack } from './stacks';

/** Doubles at each level: `levels` of 60 would be 2^60 characters. */
function doubling(levels: number): unknown {
  let node: unknown = 'xx';
  for (let level = 0; level < levels; level += 1) node = { 'Fn::Sub': ['${a}${a}', { a: node }] };
  return node;
}

describe('a hostile template', () => {
  it.each([
    ['lists', '[', ']'],
    ['mappings', '{"a":', '}'],
    ['joins', '{"Fn::Join":["",[', ']]}'],
    ['conditions', '{"Fn::Not":[', ']}'],
  ])('with %s nested a hundred thousand deep stays unresolved', (_, open, close) => {
    const depth = 100_000;
    const node: unknown = JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);
    const Conditions = { Deep: node };
    const root = {
      Conditions,
      Resources: { T: { Type: 'A::B::C', Condition: 'Deep', Properties: { node } } },
    };
    const [read] = readStacks([stack(root)]);
    expect(read?.presence).toBeInstanceOf(Unresolved);
  });

  it('with keys that every object inherits keeps them as keys', () => {
    const text =
      '{"Resources":{"__proto__":{"Type":"A::B::C","Properties":{"__proto__":{"x":1},"constructor":2}}}}';
    const [read] = readStacks([stack(JSON.parse(text))]);
    expect(read?.address).toBe('App/__proto__');
    expect(Object.entries(read?.properties ?? {})).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 2],
    ]);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'that refers to %s refers to nothing',
    (name) => {
      expect(
        evaluated([{ Ref: name }, { [`Fn::${name}`]: 1 }, { 'Fn::Sub': ['${' + name + '}', {}] }]),
      ).toMatchObject([
        { dependsOn: `${name}, which the template does not declare` },
        { dependsOn: `function Fn::${name}` },
        { dependsOn: `${name}, which the template does not declare` },
      ]);
    },
  );

  it('whose text doubles at every level is cut short', () => {
    expect(evaluated(doubling(19))).toHaveLength(2 ** 20);
    expect(evaluated(doubling(60))).toBeInstanceOf(Unresolved);
  });

  it('whose encodings grow at every level is cut short', () => {
    let node: unknown = 'x';
    for (let level = 0; level < 150; level += 1) node = { 'Fn::Base64': node };
    expect(evaluated(node)).toBeInstanceOf(Unresolved);
  });

  it('whose stacks hand each other twice what they got is cut short', () => {
    const twice = (index: number) => {
      const got = index === 0 ? 'x' : { 'Fn::ImportValue': `e${index - 1}` };
      return {
        Resources: { T: { Type: 'A::B::C', Properties: { Value: [got, got] } } },
        Outputs: { O: { Value: [got, got], Export: { Name: `e${index}` } } },
      };
    };
    const read = readStacks(
      Array.from({ length: 60 }, (_, index) => stack(twice(index), { name: `S${index}` })),
    );
    expect(JSON.stringify(read.at(-1)?.properties).length).toBeLessThan(2 ** 24);
  });

  it('whose loops multiply is cut short', () => {
    let body: object = { 'T${A}${B}${C}${D}': { Type: 'A::B::C' } };
    const items = Array.from({ length: 300 }, (_, index) => String(index));
    for (const name of ['A', 'B', 'C', 'D']) body = { [`Fn::ForEach::${name}`]: [name, items, body] };
    expect(() => readStacks([stack({ Resources: body })])).toThrow(/at most 100000 resources|Type/);
  });

  it('of any form is read or refused, never a crash', () => {
    const names = fc.constantFrom('Ref', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::If', 'Fn::GetAtt', 'Fn::Split', 'Fn::Cidr', 'Fn::FindInMap', 'Fn::ForEach::X', 'Fn::Length', 'Fn::And', 'Condition', 'Fn::ImportValue', 'Fn::Equals', 'Fn::Transform', '__proto__', 'x'); // prettier-ignore
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(
          '',
          'T',
          '${T}',
          '${T.a}',
          'C',
          'AWS::NoValue',
          '{{resolve:x}}',
          0,
          -1,
          1.5,
          null,
          true,
        ),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(names, tie('node'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(node, node, (one, two) => {
        const root = {
          Conditions: { C: one },
          Outputs: { O: { Value: two, Export: { Name: one } } },
          Resources: {
            T: { Type: 'A::B::C', Condition: 'C', Properties: two },
            U: { Type: 'A::B::C', Properties: { one } },
          },
        };
        expect(readStacks([stack(root)]).some(({ address }) => address === 'App/U')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
