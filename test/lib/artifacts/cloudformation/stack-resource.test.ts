import { describe, expect, it } from 'vitest';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import { stack } from './stacks';

const TOPIC = { Type: 'AWS::SNS::Topic' };
const Parameters = { Stage: { Type: 'String' }, Env: { Type: 'String', Default: 'prod' } };

describe('a resource of a stack', () => {
  it.each([
    ['plain values', { Count: 2, On: false, Name: 'x', Secret: '{{resolve:ssm:/a}}', Nothing: null }],
    ['lists and mappings', { List: [1, { Ref: 'Env' }], Map: { Name: { Ref: 'Stage' } } }],
    [
      'references',
      {
        To: { Ref: 'Topic' },
        Of: { 'Fn::GetAtt': ['Topic', 'Arn'] },
        Text: { 'Fn::Sub': '${Env}-${Topic}' },
      },
    ],
    ['properties that a function takes away', { Gone: { Ref: 'AWS::NoValue' }, Kept: { Ref: 'Env' } }],
    ['a loop', { 'Fn::ForEach::Each': ['N', ['A'], { '${N}': 1 }], Name: 'x' }],
    ['a choice', { 'Fn::If': ['IsLarge', { Size: 1 }, { Size: 2 }] }],
    ['a name that every object has', { toString: 'x' }],
  ])('gives one of its properties as it gives all: %s', (_, Properties) => {
    const read = () =>
      readStacks([
        stack({ Parameters, Resources: { Topic: TOPIC, Queue: { Type: 'AWS::SQS::Queue', Properties } } }),
      ])[1];
    const names = [...Object.keys(Properties), 'A', 'Size', 'Absent', 'constructor'];
    const all = Object.fromEntries(Object.entries(read()?.properties ?? {}));
    const each = names.map((name) => [name, read()?.property?.(name)] as const);
    expect(Object.fromEntries(each.filter(([, value]) => value !== undefined))).toEqual(all);
    expect(all).not.toEqual({});
  });
});
