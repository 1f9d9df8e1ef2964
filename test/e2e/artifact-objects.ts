import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, type Block } from './provider-schema';
import { synthesizeCdk, synthesizedOptions, synthesizeTerraform, type ShippedOption } from './synthesis';
import { toKubernetesObject } from './terraform-objects';
import type { KubernetesJson } from './testbed';
import { toolsFolder } from './tools';

/** A Kubernetes object as it stands in a synthesized artifact. */
export interface ArtifactObject {
  /** `environment/option/stack/address`. */
  readonly origin: string;
  readonly target: string;
  readonly object: KubernetesJson;
}

export interface TerraformResource {
  readonly origin: string;
  readonly target: string;
  readonly type: string;
  readonly content: Record<string, unknown>;
}

/** Every Kubernetes object that the options synthesize to. */
export function artifactObjects(): ArtifactObject[] {
  const schemas = providerSchemas();
  const options = synthesizedOptions();
  const terraform = options.filter(({ target }) => ['leased', 'colo', 'self-built'].includes(target));
  const eks = options.filter(({ target }) => target === 'aws-eks');
  return [
    ...terraform
      .flatMap(terraformResources)
      .filter(({ type }) => type.startsWith('kubernetes_'))
      .map((resource) => ({
        origin: resource.origin,
        target: resource.target,
        object: toKubernetesObject(resource.type, resource.content, schemas[resource.type] ?? {}),
      })),
    ...eks.flatMap(eksObjects),
  ];
}

/** Resources of every stack that bin/cdktf.ts writes for the option. */
export function terraformResources(option: ShippedOption): TerraformResource[] {
  const stacks = join(synthesizeTerraform(option), 'stacks');
  return readdirSync(stacks).flatMap((stack) => {
    const document = readJson(join(stacks, stack, 'cdk.tf.json'));
    const resources = isRecord(document['resource']) ? document['resource'] : {};
    return Object.entries(resources).flatMap(([type, byName]) =>
      Object.entries(isRecord(byName) ? byName : {}).map(([name, content]) => ({
        origin: `${option.environment}/${option.scenario}/${option.option}/${stack}/${type}.${name}`,
        target: option.target,
        type,
        content: isRecord(content) ? content : {},
      })),
    );
  });
}

/** Resource schemas of the kubernetes and helm providers, by resource type. */
export function providerSchemas(): Record<string, Block> {
  const document = readJson(join(toolsFolder, 'terraform-provider-schemas.json')) as {
    provider_schemas?: Record<string, { resource_schemas?: Record<string, { block: Block }> }>;
  };
  return Object.fromEntries(
    Object.values(document.provider_schemas ?? {}).flatMap(({ resource_schemas: resources }) =>
      Object.entries(resources ?? {}).map(([type, { block }]) => [type, block]),
    ),
  );
}

/** Objects that the CDK hands to the cluster: the `Manifest` of each KubernetesManifest resource. */
function eksObjects(option: ShippedOption): ArtifactObject[] {
  const assembly = synthesizeCdk(option);
  return readdirSync(assembly)
    .filter((name) => name.endsWith('.template.json'))
    .flatMap((name) => {
      const resources = readJson(join(assembly, name))['Resources'];
      return Object.entries(isRecord(resources) ? resources : {})
        .filter(
          ([, resource]) =>
            isRecord(resource) && resource['Type'] === 'Custom::AWSCDK-EKS-KubernetesResource',
        )
        .flatMap(([id, resource]) => {
          const properties =
            isRecord(resource) && isRecord(resource['Properties']) ? resource['Properties'] : {};
          const objects = JSON.parse(literal(properties['Manifest'])) as KubernetesJson[];
          return objects.map((object, index) => ({
            origin: `${option.environment}/${option.scenario}/${option.option}/${name}/${id}/${index}`,
            target: option.target,
            object,
          }));
        });
    });
}

/** The text of a string or Fn::Join; what is only known at deployment becomes a valid placeholder. */
function literal(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = isRecord(value) ? value['Fn::Join'] : undefined;
  if (!Array.isArray(join) || !Array.isArray(join[1]))
    throw new Error(`not a literal: ${JSON.stringify(value)}`);
  return join[1]
    .map((part: unknown) => (typeof part === 'string' ? part : 'known-at-deployment'))
    .join(String(join[0]));
}

function readJson(path: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(value)) throw new Error(`${path} holds no object`);
  return value;
}
