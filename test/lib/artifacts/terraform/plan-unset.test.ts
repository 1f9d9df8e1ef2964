import { describe, expect, it } from 'vitest';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { Unresolved } from '#lib/artifacts/resource';
import { memoryFiles } from '../memory-files';

/** What a database of a module has for its storage type, by what the module and its caller say. */
function storageType(
  variable: object,
  passed: object | undefined,
  expression: object = { references: ['var.kind'] },
) {
  const resource = { mode: 'managed', type: 'aws_db_instance', name: 'this', provider_config_key: 'db:aws' };
  const address = 'module.db.aws_db_instance.this';
  const child = { address: 'module.db', resources: [{ ...resource, address, values: { engine: 'mysql' } }] };
  const change = { actions: ['create'], after: { engine: 'mysql' }, after_unknown: { storage_type: true } };
  const module = {
    variables: { kind: variable },
    resources: [{ ...resource, address: 'aws_db_instance.this', expressions: { storage_type: expression } }],
  };
  const expressions = passed === undefined ? {} : { kind: passed };
  const plan = {
    format_version: '1.2',
    planned_values: { root_module: { child_modules: [child] } },
    resource_changes: [{ ...resource, address, module_address: 'module.db', change }],
    configuration: { root_module: { module_calls: { db: { source: './db', expressions, module } } } },
  };
  const { resources } = readArtifacts(memoryFiles({ 'plan.json': plan }), 'plan.json');
  return resources[0]?.properties['storage_type'];
}

describe('what is known after the apply only', () => {
  it('is unset where a module hands down a variable that is null, and nobody sets it', () => {
    expect(storageType({ default: null }, undefined)).toBeNull();
    expect(storageType({ default: null }, { constant_value: null })).toBeNull();
    expect(storageType({ default: 'gp2' }, { constant_value: null })).toBeNull();
  });

  it.each([
    ['a variable without a default', {}, undefined],
    ['a value of another resource', { default: null }, { references: ['aws_ssm_parameter.kind.value'] }],
    ['a variable of the root, which a user may have given', { default: null }, { references: ['var.kind'] }],
  ])('stays open for %s', (_, variable, passed) => {
    expect(storageType(variable, passed)).toBeInstanceOf(Unresolved);
  });

  it('stays open for an expression of several names', () => {
    expect(
      storageType({ default: null }, undefined, { references: ['var.kind', 'local.usual'] }),
    ).toBeInstanceOf(Unresolved);
  });
});
