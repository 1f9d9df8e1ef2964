import { describe, expect, it } from 'vitest';
import { readTerraformConfiguration } from '#lib/artifacts/terraform/read-configuration';
import { memoryFiles } from '../memory-files';

const CONFIGURATION = {
  variable: { n: { type: 'number', default: 1 }, type: {}, tags: { type: 'map(string)', default: {} } },
  resource: { a: { x: { count: '${var.n}', type: '${var.type}', tags: '${var.tags}' } } },
};

function read(more: Readonly<Record<string, unknown>>, given: ReadonlyMap<string, string> = new Map()) {
  return readTerraformConfiguration(
    memoryFiles({ 'app/main.tf.json': CONFIGURATION, ...more }),
    'app',
    given,
  );
}

describe('files of variables', () => {
  it('in JSON are read, with texts as they stand', () => {
    const found = read({ 'app/terraform.tfvars.json': { n: '2', type: '${not.a.template}', other: 1 } });
    expect(found.map(({ address }) => address)).toEqual(['a.x[0]', 'a.x[1]']);
    expect(found[0]?.properties['type']).toBe('${not.a.template}');
  });

  it('in native syntax are read too, comments and all', () => {
    const text = '# the fleet\nn    = 3 // so many\ntype = "big"\n\ntags = {\n  team = "search"\n}\n';
    const found = read({ 'app/terraform.tfvars': text });
    expect(found).toHaveLength(3);
    expect(found[0]?.properties).toMatchObject({ type: 'big', tags: { team: 'search' } });
  });

  it('go before each other as Terraform has them: JSON, then automatic ones by name, then what is given', () => {
    const filed = {
      'app/terraform.tfvars': 'type = "native"',
      'app/terraform.tfvars.json': { type: 'json' },
      'app/b.auto.tfvars.json': { type: 'b' },
      'app/a.auto.tfvars': 'type = "a"',
      'app/other.tfvars.json': { type: 'named on a command line only' },
    };
    expect(read(filed)[0]?.properties['type']).toBe('b');
    expect(read(filed, new Map([['type', 'given']]))[0]?.properties['type']).toBe('given');
    const { 'app/b.auto.tfvars.json': _, 'app/a.auto.tfvars': __, ...usual } = filed;
    expect(read(usual)[0]?.properties['type']).toBe('json');
  });

  it.each([
    ['terraform.tfvars', 'n = 2 {', /^app\/terraform\.tfvars:1:1: expected values of variables/],
    ['terraform.tfvars', 'resource "a" "b" {}', /^app\/terraform\.tfvars:1:1/],
    ['x.auto.tfvars.json', '[1]', /^app\/x\.auto\.tfvars\.json:1:1: expected values of variables/],
    ['x.auto.tfvars.json', '{', /^app\/x\.auto\.tfvars\.json:1:2/],
  ])('%s with %s is refused there', (name, text, message) => {
    expect(() => read({ [`app/${name}`]: text })).toThrow(message);
  });
});
