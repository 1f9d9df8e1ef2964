import { readCdkAssembly } from '#lib/artifacts/cdk-assembly';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import { withTemplatesBeside } from '#lib/artifacts/cloudformation/templates-beside';
import { readTemplateText } from '#lib/artifacts/cloudformation/template-text';
import type { ArtifactFiles } from '#lib/artifacts/files';
import { foreignDocument, foreignFolder, foreignText, type ForeignForm } from '#lib/artifacts/foreign-forms';
import { refuseUndeclared, type GivenValues } from '#lib/artifacts/given-values';
import { isObject, own, ownObject } from '#lib/artifacts/json';
import type { ReadDocument } from '#lib/artifacts/json-text';
import { withKubernetesObjects } from '#lib/artifacts/kubernetes/objects';
import { readManifestFolder, readManifestText } from '#lib/artifacts/kubernetes/read-manifests';
import { faultAt } from '#lib/artifacts/source';
import { filesOf, isTerraformJson } from '#lib/artifacts/terraform/configuration';
import { isCdktfManifest, manifestOf, readCdktfOutput } from '#lib/artifacts/terraform/read-cdktf-output';
import { readTerraformConfiguration } from '#lib/artifacts/terraform/read-configuration';
import { isTerraformPlan, readTerraformPlan } from '#lib/artifacts/terraform/read-plan';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { LandfallError } from '#lib/errors/landfall-error';

export type ArtifactForm =
  | 'cdk-assembly'
  | 'cdktf-output'
  | 'cloudformation-template'
  | 'kubernetes-manifests'
  | 'terraform-configuration'
  | 'terraform-plan';

export interface ReadArtifacts {
  readonly form: ArtifactForm;
  readonly resources: readonly ReadResource[];
}

export interface ReadOptions {
  /** Values of parameters and variables, over their defaults. */
  readonly given?: GivenValues;
  /** Where a single template would stand, which it does not say itself. */
  readonly region?: string | null;
  /** What a single template calls its stack, the start of its addresses. @default - by the name of its file */
  readonly stack?: string;
  /** Of a Terraform plan: what would stand after its apply, or what it found standing. @default 'planned' */
  readonly stands?: 'planned' | 'prior';
}

const EXPECTED =
  'cdk.out, cdktf.out, Terraform JSON (*.tf.json) or its folder, a CloudFormation template, the JSON of `terraform show -json` or Kubernetes manifests';

/**
 * Reads synthesized infrastructure code, whatever its form: the folder of a CDK or CDK for Terraform app, a folder of
 * Terraform JSON, a CloudFormation template in JSON or YAML, a Terraform plan or state in JSON, Kubernetes manifests.
 * Kubernetes objects that CDK or Terraform carries stand in the place of their carriers.
 *
 * @throws LandfallError at file:line:column for what has none of these forms, or is broken
 */
export function readArtifacts(files: ArtifactFiles, path: string, options: ReadOptions = {}): ReadArtifacts {
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  const text = files.read(trimmed);
  const { form, resources } =
    text === null ? readFolder(files, trimmed, options) : readFile(files, trimmed, text, options);
  if (options.stands === 'prior' && form !== 'terraform-plan') throw noPriorState(path);
  return { form, resources: withKubernetesObjects(resources) };
}

function readFolder(files: ArtifactFiles, folder: string, { given }: ReadOptions): ReadArtifacts {
  const manifest = manifestOf(files, folder);
  if (manifest !== null && isCdktfManifest(manifest)) {
    return { form: 'cdktf-output', resources: readCdktfOutput(files, folder, manifest, given) };
  }
  if (manifest !== null && isObject(own(manifest.root, 'artifacts'))) {
    return { form: 'cdk-assembly', resources: readCdkAssembly(files, folder, given) };
  }
  const { json, native } = filesOf(files, folder);
  if (json.length + native.length > 0) {
    const resources = readTerraformConfiguration(files, folder, given);
    return { form: 'terraform-configuration', resources };
  }
  const names = files.list(folder);
  const foreign = foreignFolder(names);
  if (foreign !== null) throw foreignForm(folder, foreign);
  const objects = readManifestFolder(files, folder);
  if (objects.length > 0) {
    refuseUndeclared(given ?? new Map(), [], 'parameter');
    return { form: 'kubernetes-manifests', resources: objects };
  }
  const isEmpty = names.length === 0;
  throw new LandfallError({
    code: 'FILE_UNREADABLE',
    at: folder,
    got: isEmpty ? 'no such file or folder, or an empty one' : 'a folder without any of them',
    expected: EXPECTED,
    fix: isEmpty ? 'check the path and its spelling' : 'name the folder that the synthesis writes',
  });
}

function readFile(
  files: ArtifactFiles,
  path: string,
  text: string,
  { given, region, stands, stack }: ReadOptions,
): ReadArtifacts {
  const foreign = foreignText(path, text);
  if (foreign !== null) throw foreignForm(path, foreign);
  const objects = readManifestText(path, text);
  if (objects !== null) {
    refuseUndeclared(given ?? new Map(), [], 'parameter');
    return { form: 'kubernetes-manifests', resources: objects };
  }
  if (isTerraformJson(path)) return readConfigurationFile(files, path, given);
  const document = readTemplateText(path, text);
  if (isTerraformPlan(document.root)) {
    refuseUndeclared(given ?? new Map(), [], 'variable');
    return { form: 'terraform-plan', resources: readTerraformPlan(document)[stands ?? 'planned'] };
  }
  if (!isObject(own(document.root, 'Resources'))) throw unknownForm(document);
  refuseUndeclared(given ?? new Map(), Object.keys(ownObject(document.root, 'Parameters')), 'parameter');
  const input = {
    name: stack ?? stackOf(path),
    region: region ?? null,
    template: withTemplatesBeside(files, path, document),
    ...(given === undefined ? {} : { parameters: given }),
  };
  return { form: 'cloudformation-template', resources: readStacks([input]) };
}

/** The only file of its folder; with others beside it Terraform would read them too, and half of them is no bill. */
function readConfigurationFile(
  files: ArtifactFiles,
  path: string,
  given: GivenValues | undefined,
): ReadArtifacts {
  const folder = path.includes('/') ? path.replace(/\/[^/]*$/, '') || '/' : '.';
  const { json, native } = filesOf(files, folder);
  const [other] = [...json, ...native].filter((name) => name !== path.replace(/^.*\//, ''));
  if (other === undefined) {
    return {
      form: 'terraform-configuration',
      resources: readTerraformConfiguration(files, folder, given),
    };
  }
  throw new LandfallError({
    code: 'NOT_A_CHOICE',
    at: path,
    got: `one file of a Terraform module, beside ${other}`,
    expected: EXPECTED,
    fix: `name its folder, which Terraform reads as a whole: ${folder}`,
  });
}

/** `prod` of `stacks/prod.template.json`. */
export function stackOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/(?:\.template)?\.(?:json|ya?ml|template)$/, '');
}

function noPriorState(path: string): LandfallError {
  return new LandfallError({
    code: 'NOT_A_CHOICE',
    at: path,
    expected: 'a Terraform plan in JSON, which says what stands before it',
    fix: 'run `terraform show -json PLAN > plan.json`, or hold the app against another one',
  });
}

function foreignForm(at: string, { got, fix }: ForeignForm): LandfallError {
  return new LandfallError({ code: 'NOT_A_CHOICE', at, got, expected: EXPECTED, fix });
}

function unknownForm({ root, source }: ReadDocument): LandfallError {
  const foreign = foreignDocument(root);
  if (foreign !== null) return foreignForm(source.name, foreign);
  const isOneOfMany =
    isObject(root) && ['resource', 'module', 'stacks', 'artifacts'].some((key) => Object.hasOwn(root, key));
  return faultAt(source, [], {
    code: 'NOT_A_CHOICE',
    expected: EXPECTED,
    fix: isOneOfMany ? 'name the folder that it stands in' : 'check that this is the file you mean',
  });
}
