import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ArtifactValue } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { RESOURCE_PRICING } from '#lib/cost/resources/registry';
import { billOf, resourceOf } from '../_support/artifact-bills';
import { inFolder, landfall } from '../_support/command-line';

/** As people have them: a password with marks, keys of providers, and bytes at random. All invented. */
const SECRETS = [
  'hunter2-Sup3r$ecret!',
  `AKIA${'Q7'.repeat(8)}`,
  `hf_${'aZ19'.repeat(8)}`,
  `sk-ant-${'b7X_'.repeat(8)}`,
  'wJalrXUtnFEMIK7MDENGbPxRfiCYzQ93kLmNoPq1',
  'postgres://admin:Tr0ub4dor&3@db.internal/app',
];

const TYPES = RESOURCE_PRICING.flatMap(({ types }) => types).filter((type) => !type.includes('*'));

/** Properties that hold the secret wherever a pricing is known to look, and are asked where it looks further. */
function planted(known: ReadonlySet<string>, asked: Set<string>, secret: string, path = ''): ArtifactValue {
  const below = (name: string) => {
    const here = path === '' ? name : `${path}.${name}`;
    asked.add(here);
    return known.has(here) ? secret : planted(known, asked, secret, here);
  };
  return new Proxy<Record<string, ArtifactValue>>(
    {},
    {
      getOwnPropertyDescriptor: (_, name) => ({
        configurable: true,
        enumerable: true,
        writable: true,
        value: below(String(name)),
      }),
      get: (_, name) => (typeof name === 'symbol' ? undefined : below(name)),
    },
  );
}

/** Lines of a resource that show the secret, wherever its pricing reads a text. */
function leaks(type: string, secret: string): string[] {
  const known = new Set<string>();
  for (;;) {
    const asked = new Set<string>();
    const properties = planted(known, asked, secret) as ReadResource['properties'];
    const { lines } = billOf([{ ...resourceOf(type), properties }]);
    const shown = lines.filter((line) => JSON.stringify(line).includes(secret));
    if (shown.length > 0) return shown.map(({ item }) => `${type}: ${item.label}; ${item.basis}`);
    const leaves = [...asked].filter((path) => ![...asked].some((other) => other.startsWith(`${path}.`)));
    if (leaves.every((path) => known.has(path))) return [];
    for (const path of leaves) known.add(path);
  }
}

const template = (secret: string) => ({
  Parameters: {
    Kind: { Type: 'String', Default: secret },
    Path: { Type: 'AWS::SSM::Parameter::Value<String>', Default: secret },
  },
  Mappings: { Sizes: { small: { type: secret } } },
  Conditions: { IsKind: { 'Fn::Equals': [secret, { Ref: 'Kind' }] } },
  Resources: {
    Server: {
      Type: 'AWS::EC2::Instance',
      Metadata: { note: secret },
      Properties: {
        InstanceType: { Ref: 'Kind' },
        UserData: { 'Fn::Base64': `export TOKEN=${secret}` },
        Tags: [{ Key: 'token', Value: secret }],
      },
    },
    Looked: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: { Ref: 'Path' } } },
    Mapped: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        DBInstanceClass: { 'Fn::FindInMap': ['Sizes', { Ref: 'Kind' }, secret] },
        Engine: { 'Fn::Select': [secret, ['a']] },
        MasterUserPassword: secret,
      },
    },
    Imported: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: { 'Fn::ImportValue': secret } } },
    Resolved: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: `{{resolve:ssm:${secret}}}` } },
    Wrong: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: { 'Fn::Join': secret } } },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Cpu: secret, ContainerDefinitions: [{ Environment: [{ Name: 'KEY', Value: secret }] }] },
    },
  },
  Outputs: { Key: { Value: secret } },
});

const configuration = (secret: string) => ({
  provider: { aws: { region: secret } },
  variable: { kind: { default: secret }, list: { default: [secret] } },
  locals: { kind: '${var.kind}', table: { [secret]: secret } },
  resource: {
    aws_instance: {
      a: { instance_type: '${var.kind}', user_data: secret },
      b: { instance_type: '${local.table[var.list[3]]}' },
      c: { instance_type: `\${lookup({}, "${secret}")}` },
      d: { instance_type: `\${{}["${secret}"]}` },
      e: { instance_type: `${secret} \${ not an expression` },
      f: { instance_type: '${[for each in var.kind : each][0]}' },
      g: { count: secret, instance_type: 'm5.large' },
    },
    aws_db_instance: {
      d: { password: secret, engine: secret, instance_class: secret, allocated_storage: secret },
    },
  },
});

const manifest = (secret: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'server', annotations: { key: secret } },
  spec: {
    replicas: secret,
    template: {
      spec: {
        nodeSelector: { kind: secret },
        tolerations: [{ key: secret, value: secret }],
        containers: [
          {
            name: 'a',
            image: secret,
            args: [`--api-key=${secret}`],
            env: [{ name: 'HF_TOKEN', value: secret }],
            resources: { requests: { cpu: secret, 'nvidia.com/gpu': secret } },
          },
        ],
        volumes: [{ name: 'v', emptyDir: { sizeLimit: secret } }],
      },
    },
  },
});

function linesWith(secret: string, text: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  return text
    .split('\n')
    .filter((line) => line.includes(secret) || line.includes(escaped))
    .map((line) => line.trim().slice(0, 200));
}

const FORMATS = ['text', 'markdown', 'csv', 'infracost', 'junit', 'sarif'] as const;

describe('a secret in anybody’s code', () => {
  it.each(SECRETS)('%s is in no line, whatever property of whatever resource holds it', (secret) => {
    expect(TYPES.flatMap((type) => leaks(type, secret))).toEqual([]);
  });

  it.each(SECRETS)('%s is in nothing that is printed', { timeout: 120_000 }, (secret) =>
    inFolder(async (folder) => {
      const apps = {
        'template.json': template(secret),
        'main.tf.json': configuration(secret),
        'server.json': manifest(secret),
      };
      for (const [name, content] of Object.entries(apps))
        writeFileSync(join(folder, name), JSON.stringify(content));
      for (const app of [join(folder, 'template.json'), folder, join(folder, 'server.json')]) {
        const commands = [
          ['--json'],
          ['--init-usage'],
          ['--parameter', secret],
          ...FORMATS.map((format) => [
            '--format',
            format,
            ...(format === 'junit' || format === 'sarif' ? ['--budget', '1'] : []),
          ]),
        ];
        for (const flags of commands) {
          const { stdout, stderr } = await landfall('estimate', '--app', app, ...flags);
          expect(linesWith(secret, stdout + stderr)).toEqual([]);
        }
      }
      // A document that is cut has its error shown with the line where it stands.
      writeFileSync(join(folder, 'template.json'), JSON.stringify(template(secret)).slice(0, -3));
      writeFileSync(
        join(folder, 'cut.yaml'),
        `Resources:\n  A:\n    Type: "AWS::EC2::Instance\n    Password: ${secret}\n`,
      );
      for (const cut of ['template.json', 'cut.yaml']) {
        const { stdout, stderr, exitCode } = await landfall('estimate', '--app', join(folder, cut));
        expect({ exitCode, stdout, leaks: linesWith(secret, stderr) }).toEqual({
          exitCode: 4,
          stdout: '',
          leaks: [],
        });
      }
    }),
  );
});
