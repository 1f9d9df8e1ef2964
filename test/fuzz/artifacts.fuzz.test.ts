import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESOURCE_PRICING } from '#lib/cost/resources/registry';
import { inFolder, landfall } from '../_support/command-line';

const TYPES = RESOURCE_PRICING.flatMap(({ types }) => types).filter((type) => !type.includes('*'));
const CLOUDFORMATION = TYPES.filter((type) => type.startsWith('AWS::'));
const TERRAFORM = TYPES.filter((type) => type.startsWith('aws_'));
/** Names that prices are read by, so that random values land where they hurt. */
const PROPERTIES = [
  'InstanceType',
  'InstanceCount',
  'Size',
  'VolumeSize',
  'Iops',
  'DesiredCapacity',
  'ScalingConfig',
  'ProductionVariants',
  'StorageCapacity',
  'FileSystemType',
  'BlockDeviceMappings',
  'MemorySize',
  'Rules',
  'SubnetIds',
  'ProvisionedThroughput',
  'ServerlessV2ScalingConfiguration',
  'ClusterConfig',
  'InstanceGroups',
  'TaskDefinition',
  'Engine',
];
const snake = (name: string) => name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

const awkward = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(-1, 0, 1e300, '-5', 'NaN', '', '\u0000', '{{resolve:ssm:x}}', null, [], {}),
  fc.constantFrom<unknown>(
    { Ref: 'A0' },
    { Ref: 'Nobody' },
    { 'Fn::GetAtt': ['A1', 'Arn'] },
    { 'Fn::If': ['x', 1, 2] },
  ),
  fc.double(),
);

const SECRET = 'a-secret-of-this-machine';

/** How a command ends that refuses its input: no output, exit 4, no stack trace, and nothing of what it read. */
const REFUSED = { stdout: '', exitCode: 4, hasTrace: false, hasSecret: false };

async function refusal(app: string): Promise<object> {
  const { stdout, stderr, exitCode } = await landfall('estimate', '--app', app);
  const hasTrace = /\n\s+at |this is a bug/.test(stderr);
  return { stdout, exitCode, hasTrace, hasSecret: stderr.includes(SECRET) };
}

interface Bill {
  readonly lines: readonly {
    readonly state: string;
    readonly quantity: number;
    readonly monthlyUsd: number | null;
  }[];
}

/** Whatever stands in it, an app has a bill: amounts are finite and never negative. */
const BILLED = { exitCode: 0, stderr: '', wrong: [] };

async function billing(app: string): Promise<object> {
  const { stdout, stderr, exitCode } = await landfall('estimate', '--app', app, '--json');
  const { lines }: Bill = exitCode === 0 ? JSON.parse(stdout) : { lines: [] };
  const wrong = lines.filter(
    ({ quantity, monthlyUsd }) => !(quantity >= 0) || (monthlyUsd !== null && !(monthlyUsd >= 0)),
  );
  return { exitCode, stderr, wrong };
}

describe('anybody’s artifacts', () => {
  it('random templates have a bill', { timeout: 240_000 }, () =>
    inFolder(async (folder) => {
      const resource = fc.record({
        Type: fc.constantFrom(...CLOUDFORMATION),
        Properties: fc.dictionary(fc.constantFrom(...PROPERTIES), awkward, { maxKeys: 6 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(resource, { minLength: 1, maxLength: 40 }), async (resources) => {
          const app = join(folder, 'template.json');
          const named = Object.fromEntries(resources.map((each, index) => [`A${index}`, each]));
          writeFileSync(app, JSON.stringify({ Resources: named }));
          expect(await billing(app)).toEqual(BILLED);
        }),
        { numRuns: 120, seed: 7 },
      );
    }),
  );

  it('random Terraform has a bill', { timeout: 240_000 }, () =>
    inFolder(async (folder) => {
      const body = fc.dictionary(fc.constantFrom(...PROPERTIES.map(snake)), awkward, { maxKeys: 6 });
      const block = fc.tuple(fc.constantFrom(...TERRAFORM), body);
      await fc.assert(
        fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 30 }), async (blocks) => {
          const resource: Record<string, Record<string, unknown>> = {};
          blocks.forEach(([type, properties], index) => ((resource[type] ??= {})[`r${index}`] = properties));
          writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ resource }));
          expect(await billing(folder)).toEqual(BILLED);
        }),
        { numRuns: 120, seed: 8 },
      );
    }),
  );

  it('binary junk under any name is refused', () =>
    inFolder(async (folder) => {
      const names = fc.constantFrom('template.json', 'template.yaml', 'plan.json', 'app.template');
      await fc.assert(
        fc.asyncProperty(names, fc.uint8Array({ minLength: 1, maxLength: 400 }), async (name, bytes) => {
          const app = join(folder, name);
          writeFileSync(app, bytes);
          expect(await refusal(app)).toEqual(REFUSED);
        }),
        { numRuns: 100, seed: 9 },
      );
    }));

  it('a manifest that is a template, and a template that is a manifest, are refused or read for what they are', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'manifest.json'), '{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}');
      expect(await refusal(folder)).toEqual(REFUSED);
      expect(await billing(join(folder, 'manifest.json'))).toEqual(BILLED);
    }));

  it('links and paths that lead out of an assembly are as if nothing stood there', () =>
    inFolder(async (folder) => {
      const outside = join(folder, 'outside.json');
      writeFileSync(outside, JSON.stringify({ Resources: { [SECRET]: { Type: 'AWS::S3::Bucket' } } }));
      for (const [name, templateFile] of [
        ['link', 'linked.json'],
        ['above', '../outside.json'],
        ['absolute', outside],
      ] as const) {
        const app = join(folder, name);
        mkdirSync(app);
        if (name === 'link') symlinkSync(outside, join(app, 'linked.json'));
        const stack = { type: 'aws:cloudformation:stack', properties: { templateFile } };
        writeFileSync(
          join(app, 'manifest.json'),
          JSON.stringify({ version: '48.0.0', artifacts: { stack } }),
        );
        // One after the other: each is a process-wide command.
        // oxlint-disable-next-line no-await-in-loop
        expect(await refusal(app)).toEqual(REFUSED);
      }
    }));

  it('absurd quantities are gaps with a reason, never money', () =>
    inFolder(async (folder) => {
      const app = join(folder, 'template.json');
      const volume = (Size: unknown) => ({
        Type: 'AWS::EC2::Volume',
        Properties: { Size, VolumeType: 'gp3' },
      });
      writeFileSync(
        app,
        JSON.stringify({ Resources: { A: volume(-5), B: volume(1e300), C: volume('-0.5') } }),
      );
      const { stdout } = await landfall('estimate', '--app', app, '--json');
      const { lines } = JSON.parse(stdout) as { lines: { state: string; basis: string }[] };
      expect(lines.map(({ state }) => state)).toEqual(['unpriced', 'unpriced', 'unpriced']);
      expect(lines[0]?.basis).toBe('Size is -5, which no resource can have');
    }));

  it('deep nesting is followed as far as it makes sense', () =>
    inFolder(async (folder) => {
      const app = join(folder, 'template.json');
      const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
      writeFileSync(app, `{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"Deep":${deep}}}}}`);
      expect(await billing(app)).toEqual(BILLED);
    }));
});
