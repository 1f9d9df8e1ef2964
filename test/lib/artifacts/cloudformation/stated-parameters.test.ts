import { describe, expect, it } from 'vitest';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import { stack } from './stacks';

const Parameters = {
  Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] },
  Zones: { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b', 'c'] },
  Nodes: { Type: 'Number', MinValue: 1, MaxValue: '9' },
  Ratio: { Type: 'Number', AllowedValues: [0.5, 1] },
  Least: { Type: 'List<Number>', MinValue: 2 },
  Free: { Type: 'String' },
};

const reading = (name: string, value: string) => () =>
  readStacks([stack({ Parameters, Resources: {} }, { parameters: new Map([[name, value]]) })]);

describe('a stated parameter', () => {
  it.each([
    ['Stage', 'qa', 'expected a value that the template allows, got "qa"; choose one of dev, prod'],
    ['Zones', 'a, d', 'got "a, d"; did you mean "a"'],
    ['Nodes', 'many', 'expected a number, got "many"'],
    ['Nodes', '', 'expected a number'],
    ['Nodes', '0', 'expected a number of at least 1 and at most 9, got "0"'],
    ['Ratio', '2', 'did you mean "1"?'],
    ['Least', '3,1', 'expected a number of at least 2, got "3,1"'],
  ])('%s of "%s" is refused as the deployment would', (name, value, message) => {
    expect(reading(name, value)).toThrow(`--parameter ${name}: `);
    expect(reading(name, value)).toThrow(message);
  });

  it.each([
    ['Stage', 'prod'],
    ['Zones', 'a, b'],
    ['Nodes', '9'],
    ['Ratio', '0.5'],
    ['Least', '2,3'],
    ['Free', ''],
    ['Unknown', 'x'],
  ])('%s of "%s" is taken', (name, value) => {
    expect(reading(name, value)).not.toThrow();
  });
});
