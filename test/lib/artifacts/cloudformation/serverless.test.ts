import { describe, expect, it } from 'vitest';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import { byAddress, stack } from './stacks';

describe('the Serverless Application Model', () => {
  const Transform = 'AWS::Serverless-2016-10-31';
  const Globals = { Function: { MemorySize: 512, Environment: { Variables: { A: '1' } }, Layers: ['a'] } };
  const Events = { Get: { Type: 'Api', Properties: { Path: '/', Method: 'get' } } };
  const Fn = {
    Type: 'AWS::Serverless::Function',
    Properties: { Environment: { Variables: { B: '2' } }, Layers: ['b'], Events },
  };

  it('lays what is global beneath the properties of each of its types', () => {
    const resources = readStacks([stack({ Transform, Globals, Resources: { Fn } })]);
    expect(byAddress(resources, 'App/Fn').properties).toMatchObject({
      MemorySize: 512,
      Environment: { Variables: { A: '1', B: '2' } },
      Layers: ['a', 'b'],
    });
  });

  it('has one API more where an event names none, and none where it names one', () => {
    const types = (resources: object) =>
      readStacks([stack({ Transform: ['AWS::LanguageExtensions', Transform], Resources: resources })]).map(
        ({ type }) => type,
      );
    expect(types({ Fn, Other: Fn })).toEqual([Fn.Type, Fn.Type, 'AWS::Serverless::Api']);
    const named = { Get: { Type: 'HttpApi', Properties: { ApiId: 'x' } } };
    expect(types({ Fn: { ...Fn, Properties: { Events: named } } })).toEqual([Fn.Type]);
  });

  it('is nothing to a template without its transform', () => {
    expect(readStacks([stack({ Globals, Resources: { Fn } })]).map(({ address }) => address)).toEqual([
      'App/Fn',
    ]);
  });
});
