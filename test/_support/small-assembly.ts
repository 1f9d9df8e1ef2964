import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SmallStack {
  readonly template: object;
  /** Names of stacks that stand before it. */
  readonly needs?: readonly string[];
  readonly terminationProtection?: boolean;
}

const BUCKET = 'cdk-hnb659fds-assets-${AWS::AccountId}-us-east-1';
const role = (name: string) =>
  `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-hnb659fds-${name}-role-\${AWS::AccountId}-us-east-1`;
const VERSION = '/cdk-bootstrap/hnb659fds/version';

/** Writes an assembly as the CDK does, without waiting for it: what its command line and ours read. */
export function writeAssembly(folder: string, stacks: Readonly<Record<string, SmallStack>>): void {
  mkdirSync(folder, { recursive: true });
  const artifacts = Object.entries(stacks).flatMap(
    ([name, { template, needs = [], terminationProtection = false }]) => {
      const text = JSON.stringify(template, null, 1);
      const hash = createHash('sha256').update(text).digest('hex');
      writeFileSync(join(folder, `${name}.template.json`), text);
      const destinations = {
        'current_account-us-east-1': {
          bucketName: BUCKET,
          objectKey: `${hash}.json`,
          region: 'us-east-1',
          assumeRoleArn: role('file-publishing'),
        },
      };
      const file = {
        displayName: `${name} Template`,
        source: { path: `${name}.template.json`, packaging: 'file' },
        destinations,
      };
      const assets = { version: '55.0.0', files: { [hash]: file }, dockerImages: {} };
      writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify(assets));
      const bootstrap = { requiresBootstrapStackVersion: 6, bootstrapStackVersionSsmParameter: VERSION };
      return [
        [
          `${name}.assets`,
          { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json`, ...bootstrap } },
        ],
        [
          name,
          {
            type: 'aws:cloudformation:stack',
            environment: 'aws://unknown-account/us-east-1',
            properties: {
              templateFile: `${name}.template.json`,
              terminationProtection,
              validateOnSynth: false,
              assumeRoleArn: role('deploy'),
              cloudFormationExecutionRoleArn: role('cfn-exec'),
              stackTemplateAssetObjectUrl: `s3://${BUCKET}/${hash}.json`,
              ...bootstrap,
              additionalDependencies: [`${name}.assets`],
              lookupRole: {
                arn: role('lookup'),
                requiresBootstrapStackVersion: 8,
                bootstrapStackVersionSsmParameter: VERSION,
              },
              stackName: name,
            },
            dependencies: [...needs, `${name}.assets`],
            displayName: name,
          },
        ],
      ] as const;
    },
  );
  const manifest = {
    version: '55.0.0',
    artifacts: Object.fromEntries(artifacts),
    minimumCliVersion: '2.1148.1',
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'cdk.out'), JSON.stringify({ version: '55.0.0' }));
}
