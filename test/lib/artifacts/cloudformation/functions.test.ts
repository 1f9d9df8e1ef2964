import { describe, expect, it } from 'vitest';
import { PartlyKnownText, ReferenceTo } from '#lib/artifacts/unresolved';
import { Unresolved } from '#lib/artifacts/resource';
import { bucket, evaluated } from './stacks';

const Parameters = {
  Size: { Type: 'Number', Default: '3' },
  Name: { Type: 'String', Default: 'chat' },
  Open: { Type: 'String' },
  Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
  Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/aws/image' },
};

describe('names', () => {
  it.each([
    [{ Ref: 'Size' }, 3],
    [{ Ref: 'Name' }, 'chat'],
    [{ Ref: 'Zones' }, ['a', 'b', 'c']],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::AccountId' }, '123456789012'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    [{ Ref: 'AWS::StackName' }, 'App'],
    [
      [1, { Ref: 'AWS::NoValue' }, 2],
      [1, 2],
    ],
    [{ a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ])('%j is %j', (node, value) => {
    expect(evaluated(node, { Parameters })).toEqual(value);
  });

  it.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ])('%s lies in partition %s with URLs in %s', (region, partition, urlSuffix) => {
    const value = evaluated([{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }], {}, { region });
    expect(value).toEqual([partition, urlSuffix]);
  });

  it.each([
    [{ Ref: 'Open' }, 'parameter Open'],
    [{ Ref: 'Image' }, 'SSM parameter /aws/image'],
    [{ Ref: 'AWS::StackId' }, 'pseudo parameter AWS::StackId'],
    [{ Ref: 'Nobody' }, 'Nobody, which the template does not declare'],
    [{ 'Fn::GetAZs': '' }, 'availability zones of eu-west-1'],
    [{ 'Fn::ImportValue': 'elsewhere' }, 'export elsewhere'],
    [{ 'Fn::Transform': { Name: 'AWS::Include' } }, 'macro AWS::Include'],
    [{ 'Fn::Novelty': [] }, 'function Fn::Novelty'],
    ['{{resolve:ssm:/path:1}}', 'dynamic reference ssm:/path:1'],
    [{ 'Fn::Join': 'x' }, 'Fn::Join with arguments of another form'],
    [{ 'Fn::Select': [7, ['a']] }, 'item 7 of a list that has none there'],
    [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'item 0 of availability zones of eu-west-1'],
  ])('%j depends on %s', (node, dependsOn) => {
    const value = evaluated(node, { Parameters });
    expect(value).toBeInstanceOf(Unresolved);
    expect(value).toMatchObject({ dependsOn });
  });

  it('leaves the region open where the app does', () => {
    expect(evaluated({ Ref: 'AWS::Region' }, {}, { region: null })).toBeInstanceOf(Unresolved);
  });

  it('prefers a given value to the default', () => {
    const parameters = new Map([['Size', '7']]);
    expect(evaluated({ Ref: 'Size' }, { Parameters }, { parameters })).toBe(7);
  });
});

describe('references', () => {
  it('are recorded on the resource and carried by the value', () => {
    const read = bucket({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] });
    expect(read.references).toEqual(['App/Vpc']);
    expect(read.properties['Value']).toEqual(new ReferenceTo('App/Vpc', 'CidrBlock'));
  });

  it('take the short form of an attribute with points', () => {
    const value = evaluated({ 'Fn::GetAtt': 'Vpc.Endpoint.Address' });
    expect(value).toEqual(new ReferenceTo('App/Vpc', 'Endpoint.Address'));
  });

  it('of the branch that is not taken are not recorded', () => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    expect(bucket({ 'Fn::If': ['Never', { Ref: 'Vpc' }, 'none'] }, { Conditions }).references).toEqual([]);
  });

  it('of both branches are recorded where the condition is open', () => {
    const Conditions = { Maybe: { 'Fn::Equals': [{ Ref: 'Open' }, 'b'] } };
    const read = bucket({ 'Fn::If': ['Maybe', { Ref: 'Vpc' }, 'none'] }, { Conditions, Parameters });
    expect(read.references).toEqual(['App/Vpc']);
    expect(read.properties['Value']).toMatchObject({ dependsOn: 'parameter Open' });
  });

  it('to the resource itself are none', () => {
    expect(bucket({ Ref: 'Bucket' }).references).toEqual([]);
  });
});

describe('texts', () => {
  it.each([
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 3]] }, 'a-chat-3'],
    [{ 'Fn::Join': ['', []] }, ''],
    [{ 'Fn::Sub': '${Name}-${AWS::Region}-${!Literal}' }, 'chat-eu-west-1-${Literal}'],
    [{ 'Fn::Sub': ['${Name}/${x}', { x: { Ref: 'Size' } }] }, 'chat/3'],
    [{ 'Fn::Split': ['/', 'a/b/c'] }, ['a', 'b', 'c']],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::Base64': 'äpfel' }, 'w6RwZmVs'],
    [{ 'Fn::ToJsonString': { a: [1, { Ref: 'Name' }] } }, '{"a":[1,"chat"]}'],
    [{ 'Fn::Length': [1, { Ref: 'Open' }] }, 2],
    [{ 'Fn::Length': { Ref: 'Zones' } }, 3],
  ])('%j is %j', (node, value) => {
    expect(evaluated(node, { Parameters })).toEqual(value);
  });

  it('keep the pieces that are known', () => {
    const value = evaluated({ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Vpc.Name}-${Open}' }, { Parameters });
    expect(value).toBeInstanceOf(PartlyKnownText);
    expect(value).toMatchObject({
      parts: ['arn:aws:s3:::', { attribute: 'Name' }, '-', { dependsOn: 'parameter Open' }],
      dependsOn: 'attribute Name of App/Vpc, parameter Open',
    });
  });

  it('that the CDK joined for an export are taken apart again', () => {
    const joined = { 'Fn::Join': ['||', [{ Ref: 'Vpc' }, { 'Fn::GetAtt': ['Vpc', 'VpcId'] }]] };
    const value = evaluated({ 'Fn::Split': ['||', joined] });
    expect(value).toEqual([new ReferenceTo('App/Vpc', null), new ReferenceTo('App/Vpc', 'VpcId')]);
  });

  it('with an unknown piece that may hold the delimiter are not taken apart', () => {
    const joined = { 'Fn::Join': [',', [{ Ref: 'Open' }, 'b']] };
    expect(evaluated({ 'Fn::Split': [',', joined] }, { Parameters })).toBeInstanceOf(Unresolved);
  });
});

describe('address ranges', () => {
  // The example of the Fn::Cidr page of the CloudFormation user guide: six /27 in a /24.
  it('are cut from a block', () => {
    expect(evaluated({ 'Fn::Cidr': ['192.168.0.0/24', '6', '5'] })).toEqual([
      '192.168.0.0/27',
      '192.168.0.32/27',
      '192.168.0.64/27',
      '192.168.0.96/27',
      '192.168.0.128/27',
      '192.168.0.160/27',
    ]);
  });

  it.each([
    ['too many for the block', ['10.0.0.0/24', 3, 7]],
    ['of a block in IPv6', ['fd00::/56', 1, 64]],
    ['of no block', ['300.0.0.0/8', 1, 8]],
  ])('%s stay open', (_, node) => {
    expect(evaluated({ 'Fn::Cidr': node })).toBeInstanceOf(Unresolved);
  });
});

describe('mappings', () => {
  const Mappings = { Sizes: { 'eu-west-1': { small: 't3.micro', list: ['a', 'b'] } } };

  it.each([
    [['Sizes', { Ref: 'AWS::Region' }, 'small'], 't3.micro'],
    [
      ['Sizes', 'eu-west-1', 'list'],
      ['a', 'b'],
    ],
    [['Sizes', 'elsewhere', 'small', { DefaultValue: { Ref: 'AWS::Region' } }], 'eu-west-1'],
    [['Sizes', 'constructor', 'name', { DefaultValue: 'none' }], 'none'],
  ])('%j is %j', (node, value) => {
    expect(evaluated({ 'Fn::FindInMap': node }, { Mappings })).toEqual(value);
  });

  it('without the entry leave the value open', () => {
    expect(evaluated({ 'Fn::FindInMap': ['Sizes', 'x', 'y'] }, { Mappings })).toMatchObject({
      dependsOn: 'entry Sizes.x.y, which the mappings do not have',
    });
  });
});
