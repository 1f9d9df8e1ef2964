import { describe, expect, it } from 'vitest';
import type { GivenValues } from '#lib/artifacts/given-values';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { readTerraformConfiguration } from '#lib/artifacts/terraform/read-configuration';
import { ReferenceTo, type ReadResource } from '#lib/artifacts/unresolved';
import { memoryFiles } from '../memory-files';

function read(configuration: object, given?: GivenValues, more: object = {}): ReadResource[] {
  return readTerraformConfiguration(memoryFiles({ 'main.tf.json': configuration, ...more }), '.', given);
}

/** What a value comes to as an argument, with the blocks besides. */
function evaluated(value: unknown, blocks: object = {}): ArtifactValue {
  const found = read({ ...blocks, resource: { test: { it: { value } } } });
  return found.find(({ address }) => address === 'test.it')?.properties['value'] ?? null;
}

describe('a resource', () => {
  it('carries its address, type, path and arguments without those that steer Terraform', () => {
    const body = {
      '//': { metadata: { path: 'stack/web' } },
      depends_on: ['x.y'],
      lifecycle: { ignore_changes: ['ami'] },
      instance_type: 'p5.48xlarge',
      tags: { a: 'b', '//': 'c' },
    };
    expect(read({ resource: { aws_instance: { web: body } }, '//': 'note' })).toEqual([
      {
        address: 'aws_instance.web',
        path: 'stack/web',
        format: 'terraform',
        type: 'aws_instance',
        region: null,
        properties: { instance_type: 'p5.48xlarge', tags: { a: 'b' } },
        references: [],
        presence: null,
      },
    ]);
  });

  it('may stand in a list at every level', () => {
    expect(read({ resource: [{ a: [{ x: [{}], y: {} }] }] }).map(({ address }) => address)).toEqual([
      'a.x',
      'a.y',
    ]);
  });

  it('of an override file has its arguments replaced', () => {
    const more = { 'override.tf.json': { resource: { a: { x: { size: 2 } } } } };
    expect(read({ resource: { a: { x: { size: 1, kept: true } } } }, undefined, more)[0]?.properties).toEqual(
      {
        size: 2,
        kept: true,
      },
    );
  });
});

describe('a value', () => {
  const variable = {
    size: { type: 'number', default: '3' },
    open: {},
    pool: { type: 'object({ a = optional(number, 7), b = string })', default: { b: 1 } },
    literal: { default: '${x}' },
  };
  const locals = { name: 'pool-${var.size}', loop: '${local.loop}', twice: '${local.name}${local.name}' };

  it.each([
    ['${var.size}', 3],
    ['x${var.size + 1}', 'x4'],
    ['${var.pool.a}${var.pool.b}', '71'],
    ['${var.literal}', '${x}'],
    ['${local.twice}', 'pool-3pool-3'],
    ['$${var.size}', '${var.size}'],
    [{ '${local.name}': ['${var.size}'] }, { 'pool-3': [3] }],
    [
      { content: 1, dynamic: 'x' },
      { content: 1, dynamic: 'x' },
    ],
  ])('%j is %j', (value, expected) => {
    expect(evaluated(value, { variable, locals })).toEqual(expected);
  });

  it.each([
    ['${var.open}', 'variable open'],
    ['${var.open.deep[0]}', 'variable open.deep[0]'],
    ['${var.nobody}', 'variable nobody, which is not declared'],
    ['${local.loop}', 'local loop, which depends on itself'],
    ['${data.aws_ami.it.id}', 'data.aws_ami.it.id'],
    ['${path.module}/x', 'path.module'],
    ['${nobody.it.id}', 'nobody.it, which the configuration does not declare.id'],
    ['${1 +}', 'an expression that is not read'],
  ])('%s depends on %s', (value, dependsOn) => {
    expect(evaluated(value, { variable, locals })).toMatchObject({ dependsOn });
  });

  it.each([
    ['size', '9', 9],
    ['open', '9', '9'],
    ['pool', '{ b = "x" }', { a: 7, b: 'x' }],
  ])('given for the variable %s as %s is %j', (name, given, expected) => {
    const found = read(
      { variable, resource: { test: { it: { value: `\${var.${name}}` } } } },
      new Map([[name, given]]),
    );
    expect(found[0]?.properties['value']).toEqual(expected);
  });

  it('given for a variable that is not declared is refused', () => {
    expect(() => read({ variable }, new Map([['sizes', '1']]))).toThrow(/got "sizes"; did you mean "size"\?/);
  });
});

describe('a reference', () => {
  const aws_vpc = { main: { cidr_block: '10.0.0.0/16', tags: { a: 'b' } } };

  it('to an id or a computed attribute names the resource', () => {
    const found = read({
      resource: { aws_vpc, test: { it: { id: '${aws_vpc.main.id}', arn: '${aws_vpc.main.arn}' } } },
    });
    expect(found[1]).toMatchObject({
      properties: { id: new ReferenceTo('aws_vpc.main', null), arn: new ReferenceTo('aws_vpc.main', 'arn') },
      references: ['aws_vpc.main'],
    });
  });

  it('to an argument has its value, and still names the resource', () => {
    const value = '${cidrsubnet(aws_vpc.main.cidr_block, 8, 1)}';
    expect(read({ resource: { aws_vpc, test: { it: { value } } } })[1]).toMatchObject({
      properties: { value: '10.0.1.0/24' },
      references: ['aws_vpc.main'],
    });
  });

  it('to all instances is a list of them', () => {
    const resource = { a: { x: { count: 2 } }, test: { it: { value: '${a.x[*].id}', one: '${a.x[1].id}' } } };
    expect(read({ resource })[2]).toMatchObject({
      properties: {
        value: [new ReferenceTo('a.x[0]', null), new ReferenceTo('a.x[1]', null)],
        one: new ReferenceTo('a.x[1]', null),
      },
    });
  });

  it('to one of an unknown number names what they have in common', () => {
    const resource = { a: { x: { count: '${var.n}' } }, test: { it: { value: '${a.x[0].id}' } } };
    expect(read({ variable: { n: {} }, resource })[1]?.properties['value']).toEqual(
      new ReferenceTo('a.x', null),
    );
  });

  it('in a circle comes to an end', () => {
    const resource = { a: { x: { v: '${a.y.v}${a.y.v}' }, y: { v: '${a.x.v}${a.x.v}' } } };
    expect(read({ resource })[0]?.properties['v']).toBeInstanceOf(Unresolved);
  });
});

describe('repetition', () => {
  it.each([
    [{ count: 2 }, ['a.x[0]', 'a.x[1]']],
    [{ count: '${var.on ? 1 : 0}' }, []],
    [{ for_each: { k: 1, j: 2 } }, ['a.x["j"]', 'a.x["k"]']],
    [{ for_each: '${toset(["b", "a"])}' }, ['a.x["a"]', 'a.x["b"]']],
    [{ for_each: '${var.open}' }, ['a.x']],
  ])('%j gives %j', (meta, addresses) => {
    const found = read({ variable: { on: { default: false }, open: {} }, resource: { a: { x: meta } } });
    expect(found.map(({ address }) => address)).toEqual(addresses);
  });

  it('by what is unknown gives one that says so', () => {
    const found = read({
      variable: { n: {} },
      resource: { a: { x: { count: '${var.n}', i: '${count.index}' } } },
    });
    expect(found[0]).toMatchObject({
      presence: { dependsOn: 'how often: variable n' },
      properties: { i: { dependsOn: 'count.index, how often: variable n' } },
    });
  });

  it('of more names than anybody has stays open', () => {
    const names = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`n${index}`, 1]));
    expect(read({ resource: { a: { x: { for_each: names } } } })[0]?.presence).toBeInstanceOf(Unresolved);
  });

  it('of blocks gives a block for each item, behind those that are written', () => {
    const body = {
      setting: [{ n: 'first' }],
      dynamic: {
        setting: { for_each: ['a', 'b'], content: { n: '${setting.value}', at: '${setting.key}' } },
        rule: [{ for_each: { x: 1 }, iterator: 'r', content: { n: '${r.key}${r.value}' } }],
        port: { for_each: '${var.open}', content: {} },
      },
    };
    expect(read({ variable: { open: {} }, resource: { a: { x: body } } })[0]?.properties).toMatchObject({
      setting: [{ n: 'first' }, { n: 'a', at: 0 }, { n: 'b', at: 1 }],
      rule: [{ n: 'x1' }],
      port: { dependsOn: 'how often: variable open' },
    });
  });
});

describe('the region', () => {
  const provider = { aws: [{ region: '${var.region}' }, { alias: 'west', region: 'us-west-2' }] };
  const variable = { region: { default: 'eu-west-1' } };

  it.each([
    [{}, 'eu-west-1'],
    [{ provider: 'aws.west' }, 'us-west-2'],
    [{ provider: '${aws.west}' }, 'us-west-2'],
    [{ region: 'ap-south-1' }, 'ap-south-1'],
    [{ provider: 'aws.nobody' }, null],
  ])('with %j is %s', (body, region) => {
    expect(read({ provider, variable, resource: { aws_vpc: { x: body } } })[0]?.region).toBe(region);
  });

  it('of another provider may stand in the resource', () => {
    const resource = {
      azurerm_lb: { x: { location: 'westeurope' } },
      google_compute_disk: { x: { zone: 'us-central1-a' } },
    };
    expect(read({ resource }).map(({ region }) => region)).toEqual(['westeurope', 'us-central1']);
  });

  it('in a module comes from its caller', () => {
    const module = {
      a: { source: './m' },
      b: { source: './m', providers: { aws: 'aws.west' } },
    };
    const found = read({ provider, variable, module }, undefined, {
      'm/m.tf.json': { resource: { aws_vpc: { x: {} } } },
    });
    expect(found.map(({ address, region }) => [address, region])).toEqual([
      ['module.a.aws_vpc.x', 'eu-west-1'],
      ['module.b.aws_vpc.x', 'us-west-2'],
    ]);
  });
});

describe('a module', () => {
  it('takes values from its caller and gives outputs back', () => {
    const found = read(
      {
        resource: { a: { x: {}, y: { value: '${module.m["k"].made}', id: '${module.m["k"].id}' } } },
        module: {
          m: { source: './m', for_each: { k: 'v' }, given: '${each.value}${each.key}', parent: '${a.x.id}' },
        },
      },
      undefined,
      {
        'm/m.tf.json': {
          variable: { given: {}, parent: {} },
          resource: { b: { z: { value: '${var.given}', parent: '${var.parent}' } } },
          output: { made: { value: '${upper(var.given)}' }, id: { value: '${b.z.id}' } },
        },
      },
    );
    expect(found.map(({ address, properties }) => [address, properties])).toEqual([
      ['a.x', {}],
      ['a.y', { value: 'VK', id: new ReferenceTo('module.m["k"].b.z', null) }],
      ['module.m["k"].b.z', { value: 'vk', parent: new ReferenceTo('a.x', null) }],
    ]);
  });

  it.each([
    ['from a registry', { source: 'terraform-aws-modules/vpc/aws', cidr: '10.0.0.0/16' }, {}],
    ['in native syntax', { source: './m', cidr: '10.0.0.0/16' }, { 'm/m.tf': 'x' }],
    ['in itself', { source: './', cidr: '10.0.0.0/16' }, {}],
  ])('%s is one resource of unknown content', (_, module, more) => {
    expect(read({ module: { m: module } }, undefined, more)).toMatchObject([
      { address: 'module.m', type: 'module', properties: { cidr: '10.0.0.0/16' } },
    ]);
  });
});

describe('a folder is refused', () => {
  it.each([
    ['without a file', {}, '.: expected a folder with *.tf.json files only'],
    [
      'with files in native syntax',
      { 'a.tf.json': {}, 'main.tf': 'x' },
      './main.tf:1:1: expected a folder with',
    ],
    ['with broken JSON', { 'a.tf.json': '{"a" 1}' }, 'a.tf.json:1:6: expected a colon'],
    ['with a list', { 'a.tf.json': [] }, 'a.tf.json:1:1: expected a Terraform configuration'],
  ])('%s', (_, files, message) => {
    expect(() => readTerraformConfiguration(memoryFiles(files), '.')).toThrow(message);
  });
});
