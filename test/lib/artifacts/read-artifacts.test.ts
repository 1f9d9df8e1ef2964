import { describe, expect, it } from 'vitest';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { memoryFiles } from './memory-files';

const TEMPLATE = { Parameters: { Size: { Type: 'String' } }, Resources: { T: { Type: 'AWS::SNS::Topic', Properties: { Size: { Ref: 'Size' } } } } }; // prettier-ignore
const CONFIGURATION = { resource: { aws_vpc: { main: {} } } };
const PLAN = {
  format_version: '1.2',
  planned_values: {
    root_module: { resources: [{ address: 'aws_vpc.main', type: 'aws_vpc', name: 'main' }] },
  },
};

const files = memoryFiles({
  'cdk.out/manifest.json': {
    version: '1',
    artifacts: { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.json' } } },
  },
  'cdk.out/App.json': TEMPLATE,
  'cdktf.out/manifest.json': { stacks: { net: { synthesizedStackPath: 'stacks/net/cdk.tf.json' } } },
  'cdktf.out/stacks/net/cdk.tf.json': CONFIGURATION,
  'tf/main.tf.json': { ...CONFIGURATION, variable: { size: {} } },
  'plan.json': PLAN,
  'infra/web.template.json': TEMPLATE,
  'infra/web.yaml':
    'Parameters: { Size: { Type: String } }\nResources:\n  T: { Type: AWS::SNS::Topic, Properties: { Size: !Ref Size } }',
  'infra/other.json': { a: 1 },
  'infra/broken.json': '{',
  'infra/list.json': [],
});

describe('infrastructure code', () => {
  it.each([
    ['cdk.out', 'cdk-assembly', 'App/T'],
    ['cdk.out/', 'cdk-assembly', 'App/T'],
    ['cdktf.out', 'cdktf-output', 'net/aws_vpc.main'],
    ['tf', 'terraform-configuration', 'aws_vpc.main'],
    ['plan.json', 'terraform-plan', 'aws_vpc.main'],
    ['infra/web.template.json', 'cloudformation-template', 'web/T'],
    ['infra/web.yaml', 'cloudformation-template', 'web/T'],
  ])('at %s is a %s', (path, form, address) => {
    const read = readArtifacts(files, path);
    expect(read.form).toBe(form);
    expect(read.resources.map((resource) => resource.address)).toEqual([address]);
  });

  it.each(['cdk.out', 'infra/web.template.json', 'infra/web.yaml'])('takes parameters in %s', (path) => {
    const read = readArtifacts(files, path, { given: new Map([['Size', 'big']]) });
    expect(read.resources[0]?.properties).toEqual({ Size: 'big' });
  });

  it('takes a Terraform file for its folder where it is the only one, and else asks for the folder', () => {
    const main = JSON.stringify({ resource: { aws_sqs_queue: { a: { name: '${var.name}' } } } });
    const variables = JSON.stringify({ variable: { name: { default: 'a' } } });
    const alone = readArtifacts(memoryFiles({ 'app/main.tf.json': main }), 'app/main.tf.json');
    expect(alone).toMatchObject({
      form: 'terraform-configuration',
      resources: [{ address: 'aws_sqs_queue.a' }],
    });
    const two = memoryFiles({ 'app/main.tf.json': main, 'app/variables.tf.json': variables });
    expect(() => readArtifacts(two, 'app/main.tf.json')).toThrow(/beside variables\.tf\.json/);
  });

  it('takes the region of a single template from outside', () => {
    expect(readArtifacts(files, 'infra/web.yaml', { region: 'eu-west-1' }).resources[0]?.region).toBe(
      'eu-west-1',
    );
  });

  it.each([
    ['nowhere', 'nowhere: expected cdk.out, cdktf.out'],
    ['infra', 'infra: expected cdk.out, cdktf.out'],
    ['infra/other.json', 'infra/other.json:1:1: expected cdk.out'],
    ['infra/list.json', 'infra/list.json:1:1: expected cdk.out'],
    ['infra/broken.json', 'infra/broken.json:1:2: expected a key in double quotes or }'],
    ['cdk.out/manifest.json', 'name the folder that it stands in'],
  ])('at %s is refused with what was expected', (path, message) => {
    expect(() => readArtifacts(files, path)).toThrow(message);
  });

  it.each(['cdk.out', 'cdktf.out', 'tf', 'plan.json', 'infra/web.yaml'])(
    'in %s refuses values for what it does not declare',
    (path) => {
      expect(() => readArtifacts(files, path, { given: new Map([['Nobody', '1']]) })).toThrow(
        '--parameter Nobody',
      );
    },
  );
});
