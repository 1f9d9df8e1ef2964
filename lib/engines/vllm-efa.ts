import type { EngineLaunch } from '#lib/engines/engine';
import { VLLM_CONTAINER } from '#lib/engines/vllm-container';

/** AWS's image for EC2 and EKS by the vLLM release inside it (changelog of aws/deep-learning-containers, July to August 2026). */
const AWS_TAGS: Readonly<Record<string, string>> = {
  'v0.24.0': 'server-cuda-v2.1',
  'v0.26.0': 'server-cuda-v2.2',
  'v0.27.0': 'server-cuda-v2.3',
  'v0.27.1': 'server-cuda-v2.4',
};

/** Image that holds the runtime of EFA, which the published one lacks (vllm-project/vllm#55635, open). */
export function efaImage(release: string): EngineLaunch['image'] | undefined {
  const tag = AWS_TAGS[release];
  return tag === undefined ? undefined : { repository: 'public.ecr.aws/deep-learning-containers/vllm', tag };
}

/** What differs over EFA; nothing where AWS has no image of the release. */
export function overEfa(
  release: string,
): Pick<EngineLaunch, 'image' | 'command' | 'environment'> | undefined {
  const image = efaImage(release);
  if (image === undefined) return undefined;
  return {
    image,
    // Its own entry point starts a server alone, which has no headless ranks.
    command: ['vllm', 'serve'],
    environment: {
      ...VLLM_CONTAINER.environment,
      // Pods claim no huge pages, which not every node image has.
      FI_EFA_USE_HUGE_PAGE: '0',
    },
  };
}
