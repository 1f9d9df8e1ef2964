import type { EngineLaunch } from '#lib/engines/engine';
import type { FleetPlan } from '#lib/plan/plan';
import type { Site } from '#lib/targets/port/site';

/** Where a repository without a registry in its name lies. */
const DEFAULT_REGISTRY = 'docker.io';

/**
 * An image's name, or a registry's, behind a registry that passes on all others: `m/docker.io/vllm/vllm-openai:v0.26.0`. As
 * it is without one.
 */
export function mirroredImage(name: string, registry: string | undefined): string {
  if (registry === undefined) return name;
  const [first = '', ...rest] = name.split('/');
  const isRegistry = /[.:]/.test(first) && (rest.length > 0 || !first.includes(':'));
  if (isRegistry) return `${registry}/${name}`;
  return `${registry}/${DEFAULT_REGISTRY}/${rest.length === 0 ? `library/${name}` : name}`;
}

/** The launch with its images and weights from the place's mirrors. An endpoint's image stays its provider's. */
export function mirroredLaunch(launch: EngineLaunch, mirrors: Site['mirrors']): EngineLaunch {
  if (mirrors === undefined) return launch;
  const image = <Image extends EngineLaunch['image']>(one: Image): Image => ({
    ...one,
    repository: mirroredImage(one.repository, mirrors.images),
  });
  const hub: Record<string, string> = mirrors.models === undefined ? {} : { HF_ENDPOINT: mirrors.models };
  const { router, sagemaker } = launch;
  return {
    ...launch,
    image: image(launch.image),
    environment: { ...launch.environment, ...hub },
    ...(router === undefined ? {} : { router: { ...router, image: image(router.image) } }),
    ...(sagemaker === undefined
      ? {}
      : { sagemaker: { ...sagemaker, environment: { ...sagemaker.environment, ...hub } } }),
  };
}

/** A model server's fleets, or one of its fleets, the same way. */
export function mirroredFleets<Fleet extends FleetPlan & { readonly prompts?: FleetPlan }>(
  fleet: Fleet,
  mirrors: Site['mirrors'],
): Fleet {
  if (mirrors === undefined) return fleet;
  const { prompts } = fleet;
  return {
    ...fleet,
    launch: mirroredLaunch(fleet.launch, mirrors),
    ...(prompts === undefined
      ? {}
      : { prompts: { ...prompts, launch: mirroredLaunch(prompts.launch, mirrors) } }),
  };
}
