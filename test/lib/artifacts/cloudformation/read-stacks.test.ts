import { describe, expect, it } from 'vitest';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import { ReferenceTo } from '#lib/artifacts/unresolved';
import { LandfallError } from '#lib/errors/landfall-error';
import { byAddress, stack, template } from './stacks';

const TOPIC = { Type: 'AWS::SNS::Topic' };
const Parameters = { Stage: { Type: 'String' }, Env: { Type: 'String', Default: 'prod' } };

function addresses(root: unknown): string[] {
  return readStacks([stack(root)]).map(({ address }) => address);
}

describe('a resource', () => {
  it('carries its place, type, path and properties', () => {
    const [read] = readStacks([
      stack({
        Resources: {
          Topic: {
            ...TOPIC,
            Metadata: { 'aws:cdk:path': 'App/Topic/Resource' },
            Properties: { TopicName: 'x' },
          },
        },
      }),
    ]);
    expect(read).toMatchObject({
      address: 'App/Topic',
      path: 'App/Topic/Resource',
      format: 'cloudformation',
      type: 'AWS::SNS::Topic',
      region: 'eu-west-1',
      properties: { TopicName: 'x' },
      references: [],
      presence: null,
    });
  });

  it('whose properties are one macro says so', () => {
    const [read] = readStacks([
      stack({ Resources: { Topic: { ...TOPIC, Properties: { 'Fn::Transform': { Name: 'Mine' } } } } }),
    ]);
    expect(read?.properties).toMatchObject({ 'Fn::Transform': { dependsOn: 'macro Mine' } });
  });

  it.each([
    ['no type', { Resources: { Topic: {} } }, 'app.Resources.Topic'],
    ['no mapping as resources', { Resources: [] }, 'app.Resources'],
    ['no resources', {}, 'app'],
    ['no mapping as outputs', { Resources: {}, Outputs: 3 }, 'app.Outputs'],
  ])('of a template with %s is refused at its place', (_, root, at) => {
    const read = () => readStacks([stack(root)]);
    expect(read).toThrow(LandfallError);
    expect(read).toThrow(new RegExp(`^${at}: expected`));
  });
});

describe('a condition', () => {
  const isProd = { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] };
  const isOpen = { 'Fn::Equals': [{ Ref: 'Stage' }, 'x'] };
  it.each([
    ['an equality', isProd, true],
    ['its opposite', { 'Fn::Not': [isProd] }, false],
    ['one false part of an And', { 'Fn::And': [isOpen, { 'Fn::Not': [isProd] }] }, false],
    ['one true part of an Or', { 'Fn::Or': [isOpen, isProd] }, true],
    ['another condition', { Condition: 'Base' }, true],
  ])('from %s decides the presence', (_, node, isPresent) => {
    const root = {
      Parameters,
      Conditions: { Base: isProd, Tested: node },
      Resources: { Topic: { ...TOPIC, Condition: 'Tested' } },
    };
    expect(addresses(root)).toEqual(isPresent ? ['App/Topic'] : []);
  });

  it.each([
    ['on a parameter without a value', { 'Fn::And': [isProd, isOpen] }, 'parameter Stage'],
    ['on itself', { Condition: 'Tested' }, 'condition Tested, which depends on itself'],
    ['on a name that is not declared', { Condition: 'Nobody' }, 'condition Nobody, which is not declared'],
  ])('that depends %s leaves the resource in and says why', (_, node, dependsOn) => {
    const [read] = readStacks([
      stack({
        Parameters,
        Conditions: { Tested: node },
        Resources: { Topic: { ...TOPIC, Condition: 'Tested' } },
      }),
    ]);
    expect(read?.presence).toMatchObject({ dependsOn });
  });
});

describe('a loop', () => {
  it('over a list gives a resource for each item, in each part of it', () => {
    const root = {
      Resources: {
        'Fn::ForEach::Topics': [
          'Name',
          ['10.0', 'b'],
          {
            'Topic&{Name}': {
              ...TOPIC,
              Properties: { TopicName: { 'Fn::Sub': 'x-${Name}' }, Plain: { Ref: 'Name' } },
            },
          },
        ],
      },
    };
    const read = readStacks([stack(root)]);
    expect(read.map(({ address, properties }) => [address, properties])).toEqual([
      ['App/Topic100', { TopicName: 'x-10.0', Plain: '10.0' }],
      ['App/Topicb', { TopicName: 'x-b', Plain: 'b' }],
    ]);
  });

  it('in a loop gives every pair, and its resources can be referred to', () => {
    const inner = { 'T${A}${B}': { ...TOPIC, Properties: { Other: { Ref: 'T${A}y' } } } };
    const root = {
      Resources: { 'Fn::ForEach::A': ['A', ['1', '2'], { 'Fn::ForEach::B': ['B', ['x', 'y'], inner] }] },
    };
    const read = readStacks([stack(root)]);
    expect(read.map(({ address }) => address)).toEqual(['App/T1x', 'App/T1y', 'App/T2x', 'App/T2y']);
    expect(byAddress(read, 'App/T1x').references).toEqual(['App/T1y']);
  });

  it('over a parameter without a value gives one resource that says so', () => {
    const root = {
      Parameters: { Names: { Type: 'CommaDelimitedList' } },
      Resources: { 'Fn::ForEach::Topics': ['Name', { Ref: 'Names' }, { 'Topic${Name}': TOPIC }] },
    };
    const read = readStacks([stack(root)]);
    expect(read).toHaveLength(1);
    expect(read[0]?.presence).toMatchObject({ dependsOn: 'how often: parameter Names' });
  });

  it('works in properties and conditions too', () => {
    const root = {
      Conditions: { 'Fn::ForEach::C': ['N', ['1'], { 'Is${N}': { 'Fn::Equals': ['${N}', '1'] } }] },
      Resources: {
        Topic: {
          ...TOPIC,
          Condition: 'Is1',
          Properties: { 'Fn::ForEach::P': ['P', ['a'], { 'Key${P}': '${P}' }] },
        },
      },
    };
    expect(readStacks([stack(root)])[0]).toMatchObject({ properties: { Keya: 'a' }, presence: null });
  });
});

describe('stacks of one app', () => {
  const producer = {
    Resources: { Vpc: { Type: 'AWS::EC2::VPC' } },
    Outputs: { Id: { Value: { Ref: 'Vpc' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:vpc' } } } },
  };
  const consumer = {
    Resources: { Topic: { ...TOPIC, Properties: { V: { 'Fn::ImportValue': 'App:vpc' } } } },
  };

  it('import what another exports, with the reference to its resource', () => {
    const read = readStacks([stack(consumer, { name: 'Consumer' }), stack(producer)]);
    expect(byAddress(read, 'Consumer/Topic')).toMatchObject({
      properties: { V: new ReferenceTo('App/Vpc', null) },
      references: ['App/Vpc'],
    });
  });

  it('do not import from another region', () => {
    const read = readStacks([
      stack(consumer, { name: 'Consumer' }),
      stack(producer, { region: 'us-east-1' }),
    ]);
    expect(byAddress(read, 'Consumer/Topic').properties['V']).toMatchObject({ dependsOn: 'export App:vpc' });
  });

  it('that export what they import from each other come to an end', () => {
    const ring = (own: string, other: string) => ({
      Resources: { Topic: { ...TOPIC, Properties: { V: { 'Fn::ImportValue': other } } } },
      Outputs: { Out: { Value: { 'Fn::ImportValue': other }, Export: { Name: own } } },
    });
    const read = readStacks([stack(ring('a', 'b'), { name: 'A' }), stack(ring('b', 'a'), { name: 'B' })]);
    expect(read.map(({ properties }) => properties['V'])).toMatchObject([
      { dependsOn: 'output Out, which depends on itself' },
      { dependsOn: 'output Out, which depends on itself' },
    ]);
  });
});

describe('a nested stack', () => {
  const child = {
    Parameters: { VpcId: { Type: 'String' }, Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
    Resources: {
      Topic: { ...TOPIC, Properties: { V: { Ref: 'VpcId' }, Count: { 'Fn::Length': { Ref: 'Subnets' } } } },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Topic', 'TopicArn'] } } },
  };
  const parent = {
    Parameters,
    Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Stage' }, 'x'] } },
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC' },
      S1: { Type: 'AWS::EC2::Subnet' },
      S2: { Type: 'AWS::EC2::Subnet' },
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Condition: 'Open',
        Properties: {
          Parameters: {
            VpcId: { Ref: 'Vpc' },
            Subnets: { 'Fn::Join': [',', [{ Ref: 'S1' }, { Ref: 'S2' }]] },
          },
        },
      },
      User: { ...TOPIC, Properties: { Arn: { 'Fn::GetAtt': ['Child', 'Outputs.Arn'] } } },
    },
  };
  const read = () =>
    readStacks([stack(parent, { template: template(parent, { Child: template(child, {}, 'child') }) })]);

  it('takes its parameters from its parent', () => {
    expect(byAddress(read(), 'App/Child/Topic')).toMatchObject({
      properties: { V: new ReferenceTo('App/Vpc', null), Count: 2 },
      references: ['App/Vpc', 'App/S1', 'App/S2'],
    });
  });

  it('gives its outputs to its parent', () => {
    expect(byAddress(read(), 'App/User').properties['Arn']).toEqual(
      new ReferenceTo('App/Child/Topic', 'TopicArn'),
    );
  });

  it('hands its own presence down', () => {
    expect(byAddress(read(), 'App/Child/Topic').presence).toMatchObject({ dependsOn: 'parameter Stage' });
  });

  it('that holds itself is entered once', () => {
    const root = { Resources: { Child: { Type: 'AWS::CloudFormation::Stack' } } };
    const itself = { root, source: { name: 'loop', place: () => ({ at: 'loop' }) }, nested: () => itself };
    const read = readStacks([stack(root, { template: itself })]);
    expect(read.map(({ address }) => address)).toEqual(['App/Child']);
  });

  it('whose parameters and outputs lead to each other comes to an end', () => {
    const echo = {
      Parameters: { In: { Type: 'String' } },
      Resources: { Topic: { ...TOPIC, Properties: { V: { Ref: 'In' } } } },
      Outputs: { Out: { Value: { Ref: 'In' } } },
    };
    const from = (other: string) => ({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { Parameters: { In: { 'Fn::GetAtt': [other, 'Outputs.Out'] } } },
    });
    const root = { Resources: { A: from('B'), B: from('A') } };
    const nested = { A: template(echo, {}, 'a'), B: template(echo, {}, 'b') };
    const read = readStacks([stack(root, { template: template(root, nested) })]);
    expect(read.map(({ address }) => address)).toContain('App/A/Topic');
  });
});

describe('a nested stack', () => {
  it('of which the template is elsewhere says so', () => {
    const Nested = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://example.com/t' },
    };
    const [unread] = readStacks([stack({ Resources: { Nested } })]);
    expect(unread?.isUnread).toBe(true);
    const inner = template({ Resources: { Topic: TOPIC } }, {}, 'inner');
    const [read] = readStacks([
      stack({ Resources: { Nested } }, { template: template({ Resources: { Nested } }, { Nested: inner }) }),
    ]);
    expect(read?.isUnread).toBeUndefined();
  });
});
