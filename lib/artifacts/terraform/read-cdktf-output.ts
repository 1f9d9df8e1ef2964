import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import { refuseUndeclared, type GivenValues } from '#lib/artifacts/given-values';
import { own, ownObject, ownText } from '#lib/artifacts/json';
import { readJsonText, type ReadDocument } from '#lib/artifacts/json-text';
import { faultAt } from '#lib/artifacts/source';
import { readTerraformConfiguration, variablesOf } from '#lib/artifacts/terraform/read-configuration';
import type { ReadResource } from '#lib/artifacts/unresolved';

/**
 * The resources of a CDK for Terraform app, each address behind the name of its stack: `network/aws_vpc.main`.
 *
 * @param folder - `cdktf.out`, or where else the app was synthesized to
 * @param given - values of variables, for every stack that declares them
 * @throws LandfallError where a file has another form, or for a variable that no stack declares
 */
export function readCdktfOutput(
  files: ArtifactFiles,
  folder: string,
  manifest: ReadDocument,
  given: GivenValues = new Map(),
): ReadResource[] {
  const stacks = Object.keys(ownObject(manifest.root, 'stacks')).map((name) => {
    const stated = ownText(own(ownObject(manifest.root, 'stacks'), name), 'synthesizedStackPath');
    const path = stated === null ? null : pathWithin(folder, folder, stated);
    if (path === null) {
      throw faultAt(manifest.source, ['stacks', name], {
        code: 'FILE_UNREADABLE',
        expected: 'a stack with a `synthesizedStackPath` inside of the folder',
        fix: 'synthesize the app again',
      });
    }
    const workingFolder = path.replace(/\/[^/]*$/, '');
    return { name, folder: workingFolder, variables: variablesOf(files, workingFolder) };
  });
  refuseUndeclared(
    given,
    stacks.flatMap(({ variables }) => variables),
    'variable',
  );
  return stacks.flatMap((stack) => {
    const own = new Map([...given].filter(([name]) => stack.variables.includes(name)));
    return readTerraformConfiguration(files, stack.folder, own, `${stack.name}/`);
  });
}

/** Whether a manifest is one of CDK for Terraform. */
export function isCdktfManifest({ root }: ReadDocument): boolean {
  return typeof own(root, 'stacks') === 'object';
}

/** The manifest of a folder, or `null` where it has none. */
export function manifestOf(files: ArtifactFiles, folder: string): ReadDocument | null {
  const path = pathWithin(folder, folder, 'manifest.json');
  const text = path === null ? null : files.read(path);
  return path === null || text === null ? null : readJsonText(path, text);
}
