import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import { isList, own, ownObject, ownText } from '#lib/artifacts/json';
import { readJsonText } from '#lib/artifacts/json-text';
import { manifestOf } from '#lib/artifacts/terraform/read-cdktf-output';
import { LandfallError } from '#lib/errors/landfall-error';
import type { TerraformStack } from '#lib/lifecycle/terraform/planned-stack';

/**
 * The stacks of a CDK for Terraform app, each behind those that it depends on.
 *
 * @param folder - `cdktf.out`
 * @throws LandfallError where a file is missing or leads out of the folder
 */
export function terraformStacks(files: ArtifactFiles, folder: string): TerraformStack[] {
  const manifest = manifestOf(files, folder);
  if (manifest === null) throw incomplete(folder);
  const stacks = Object.entries(ownObject(manifest.root, 'stacks')).map(([name, entry]): TerraformStack => {
    const path = pathWithin(folder, folder, ownText(entry, 'synthesizedStackPath') ?? '');
    const text = path === null ? null : files.read(path);
    if (path === null || text === null) throw incomplete(folder);
    const dependencies = own(entry, 'dependencies');
    return {
      name,
      folder: path.replace(/\/[^/]*$/, ''),
      configuration: readJsonText(path, text).root,
      dependencies: isList(dependencies) ? dependencies.map(String) : [],
    };
  });
  return inOrder(stacks);
}

function inOrder(stacks: readonly TerraformStack[]): TerraformStack[] {
  const order = new Set<TerraformStack>();
  const visit = (stack: TerraformStack): void => {
    if (order.has(stack)) return;
    for (const other of stacks) if (other !== stack && stack.dependencies.includes(other.name)) visit(other);
    order.add(stack);
  };
  for (const stack of stacks) visit(stack);
  return [...order];
}

function incomplete(folder: string): LandfallError {
  return new LandfallError({
    code: 'FILE_UNREADABLE',
    at: folder,
    expected: 'a manifest and the stacks that it names',
    fix: 'synthesize it again',
  });
}
