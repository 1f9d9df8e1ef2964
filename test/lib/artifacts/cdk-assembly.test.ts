import { describe, expect, it } from 'vitest';
import { readCdkAssembly } from '#lib/artifacts/cdk-assembly';
import { ReferenceTo } from '#lib/artifacts/unresolved';
import { memoryFiles } from './memory-files';
import { byAddress } from './cloudformation/stacks';

const TOPIC = { Type: 'AWS::SNS::Topic' };

function stackArtifact(templateFile: string, more: object = {}, properties: object = {}): object {
  return {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/us-east-1',
    properties: { templateFile, ...properties },
    ...more,
  };
}

function app(artifacts: object, files: object = {}): ReturnType<typeof memoryFiles> {
  return memoryFiles({ 'cdk.out/manifest.json': { version: '36.0.0', artifacts }, ...files });
}

describe('a CDK app', () => {
  const files = app(
    {
      Tree: { type: 'cdk:tree' },
      Web: stackArtifact(
        'Web.template.json',
        { additionalMetadataFile: 'Web.metadata.json' },
        { stackName: 'my-web' },
      ),
    },
    {
      'cdk.out/Web.template.json': {
        Parameters: { Size: { Type: 'String', Default: 'small' } },
        Resources: {
          Topic: { ...TOPIC, Properties: { Size: { Ref: 'Size' }, Account: { Ref: 'AWS::AccountId' } } },
        },
      },
      'cdk.out/Web.metadata.json': {
        '/Web/Topic/Resource': [{ type: 'aws:cdk:logicalId', data: 'Topic' }],
      },
    },
  );

  it('gives the resources of its stacks with the region and the construct path', () => {
    expect(readCdkAssembly(files, 'cdk.out')).toMatchObject([
      {
        address: 'my-web/Topic',
        path: 'Web/Topic/Resource',
        region: 'us-east-1',
        properties: { Size: 'small', Account: { dependsOn: 'pseudo parameter AWS::AccountId' } },
      },
    ]);
  });

  it.each(['Size', 'Web:Size', 'my-web:Size'])('takes a value for the parameter %s', (name) => {
    const [read] = readCdkAssembly(files, 'cdk.out', new Map([[name, 'large']]));
    expect(read?.properties['Size']).toBe('large');
  });

  it('refuses a value for a parameter that no stack declares, and names the nearest', () => {
    expect(() => readCdkAssembly(files, 'cdk.out', new Map([['Sizes', 'x']]))).toThrow(
      '--parameter Sizes: expected the name of a parameter of the app, got "Sizes"; did you mean "Size"?',
    );
  });

  it('tells stacks of one name in two regions apart by their ids', () => {
    const twice = app(
      {
        East: stackArtifact('T.json', {}, { stackName: 'same' }),
        West: stackArtifact('T.json', { environment: 'aws://1/us-west-2' }, { stackName: 'same' }),
      },
      { 'cdk.out/T.json': { Resources: { Topic: TOPIC } } },
    );
    expect(readCdkAssembly(twice, 'cdk.out').map(({ address, region }) => [address, region])).toEqual([
      ['East/Topic', 'us-east-1'],
      ['West/Topic', 'us-west-2'],
    ]);
  });

  it('leaves a region open that the deployment decides', () => {
    const open = app(
      { A: stackArtifact('T.json', { environment: 'aws://unknown-account/unknown-region' }) },
      { 'cdk.out/T.json': { Resources: { Topic: TOPIC } } },
    );
    expect(readCdkAssembly(open, 'cdk.out')[0]?.region).toBeNull();
  });

  it('with stages gives the stacks of each', () => {
    const staged = app(
      { 'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } },
      {
        'cdk.out/assembly-Prod/manifest.json': {
          version: '36.0.0',
          artifacts: { ProdWeb: stackArtifact('T.json', {}, { stackName: 'Prod-Web' }) },
        },
        'cdk.out/assembly-Prod/T.json': { Resources: { Topic: TOPIC } },
      },
    );
    expect(readCdkAssembly(staged, 'cdk.out').map(({ address }) => address)).toEqual(['Prod-Web/Topic']);
  });
});

describe('a nested stack of a CDK app', () => {
  const url = { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/assets/abc123.json']] };
  const parent = (metadata: object) => ({
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC' },
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: url, Parameters: { Vpc: { Ref: 'Vpc' } } },
        Metadata: metadata,
      },
    },
  });
  const child = {
    Parameters: { Vpc: { Type: 'String' } },
    Resources: { Topic: { ...TOPIC, Properties: { Vpc: { Ref: 'Vpc' } } } },
  };
  const assets = {
    files: { k: { source: { path: 'Inner.json' }, destinations: { d: { objectKey: 'abc123.json' } } } },
  };
  it.each([
    ['by the note on the resource', { 'aws:asset:path': 'Inner.json' }, {}],
    ['by the asset of its URL', {}, assets],
  ])('is found %s', (_, metadata, manifest) => {
    const files = app(
      {
        App: stackArtifact('App.json'),
        'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
      },
      {
        'cdk.out/App.json': parent(metadata),
        'cdk.out/Inner.json': child,
        'cdk.out/App.assets.json': manifest,
      },
    );
    expect(byAddress(readCdkAssembly(files, 'cdk.out'), 'App/Inner/Topic').properties['Vpc']).toEqual(
      new ReferenceTo('App/Vpc', null),
    );
  });

  it('whose template is not at hand stands alone', () => {
    const files = app({ App: stackArtifact('App.json') }, { 'cdk.out/App.json': parent({}) });
    expect(readCdkAssembly(files, 'cdk.out').map(({ address }) => address)).toEqual(['App/Vpc', 'App/Inner']);
  });
});

describe('an assembly is refused at its place', () => {
  it.each([
    ['no manifest', memoryFiles({}), 'cdk.out/manifest.json:1:1: expected the manifest.json of a CDK app'],
    ['a broken manifest', memoryFiles({ 'cdk.out/manifest.json': '{\n "a": }' }), 'cdk.out/manifest.json:2:7: expected a value'],
    ['a manifest of something else', memoryFiles({ 'cdk.out/manifest.json': {} }), 'cdk.out/manifest.json:1:1: expected a manifest with `artifacts`'],
    ['a template that is missing', app({ A: stackArtifact('A.json') }), 'cdk.out/manifest.json:8:25: expected a template that stands in the folder'],
    ['a template outside of the folder', app({ A: stackArtifact('../../etc/passwd') }), 'cdk.out/manifest.json:8:25: expected a path inside of the folder'],
    ['a resource without a type', app({ A: stackArtifact('A.json') }, { 'cdk.out/A.json': { Resources: { T: {} } } }), 'cdk.out/A.json:3:10: expected a resource with a text `Type` as T'],
  ])('with %s', (_, files, message) => {
    expect(() => readCdkAssembly(files, 'cdk.out')).toThrow(message);
  }); // prettier-ignore
});
