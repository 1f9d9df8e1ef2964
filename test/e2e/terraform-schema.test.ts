import { beforeAll, describe, expect, it } from 'vitest';
import { providerSchemas, terraformResources, type TerraformResource } from './artifact-objects';
import { schemaProblems, type Block } from './provider-schema';
import { synthesizedOptions } from './synthesis';
import { canRun, tools } from './tools';

describe.runIf(canRun('Terraform provider schemas', [tools.providerSchemas]))(
  'the providers’ published schemas',
  () => {
    let schemas: Record<string, Block> = {};
    let resources: TerraformResource[] = [];

    beforeAll(() => {
      schemas = providerSchemas();
      resources = synthesizedOptions()
        .filter(({ target }) => !target.startsWith('aws-'))
        .flatMap(terraformResources);
    });

    it('has resources of every target outside AWS to check', () => {
      expect(new Set(resources.map(({ target }) => target))).toEqual(
        new Set(['leased', 'colo', 'self-built']),
      );
      expect(resources.length).toBeGreaterThan(50);
    });

    it('know every synthesized resource type', () => {
      expect(resources.filter(({ type }) => schemas[type] === undefined).map(({ origin }) => origin)).toEqual(
        [],
      );
    });

    it('hold every argument of every synthesized resource', () => {
      const problems = resources.flatMap(({ type, content, origin }) =>
        schemaProblems(content, schemas[type] ?? {}, origin),
      );
      expect(problems).toEqual([]);
    });

    it.each([
      ['an unknown argument', { metadata: { name: 'x' }, dataa: {} }, 'no such argument'],
      ['a missing block', { data: {} }, 'metadata: a block is required'],
      ['a wrong type', { metadata: { name: 'x' }, data: 'text' }, 'expected ["map","string"]'],
      ['a read-only argument', { metadata: { name: 'x', uid: 'y' } }, 'read-only'],
    ])('refuse %s, so that the check can fail', (_, content, expected) => {
      const block = schemas['kubernetes_config_map_v1'];
      expect(block).toBeDefined();
      expect(schemaProblems(content, block ?? {}, 'x').join('\n')).toContain(expected);
    });
  },
);
