import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SmallTerraformStack {
  readonly configuration: object;
  readonly dependencies?: readonly string[];
}

/** Writes an app as CDK for Terraform does, of resources that Terraform has built in. State that lies there stays. */
export function writeTerraformApp(
  folder: string,
  stacks: Readonly<Record<string, SmallTerraformStack>>,
): void {
  for (const [name, { configuration }] of Object.entries(stacks)) {
    const stack = join(folder, 'stacks', name);
    mkdirSync(stack, { recursive: true });
    const terraform = { backend: { local: { path: `${name}.tfstate` } } };
    writeFileSync(join(stack, 'cdk.tf.json'), JSON.stringify({ terraform, ...configuration }, null, 1));
  }
  const entries = Object.entries(stacks).map(([name, { dependencies = [] }]) => [
    name,
    {
      name,
      dependencies,
      synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
      workingDirectory: `stacks/${name}`,
    },
  ]);
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ version: '0.21.0', stacks: Object.fromEntries(entries) }),
  );
}

/** `terraform_data` with inputs by name. */
export function data(
  inputs: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, object>> = {},
): object {
  const resources = Object.entries(inputs).map(([name, input]) => [name, { input, ...more[name] }]);
  return { resource: { terraform_data: Object.fromEntries(resources) } };
}
