import type { SagemakerLaunch } from '#lib/engines/engine';

/** AWS's image by the vLLM release inside it (changelog of aws/deep-learning-containers, July to August 2026). */
const AWS_TAGS: Readonly<Record<string, string>> = {
  'v0.24.0': 'server-sagemaker-cuda-v2.1',
  'v0.26.0': 'server-sagemaker-cuda-v2.2',
  'v0.27.0': 'server-sagemaker-cuda-v2.3',
  'v0.27.1': 'server-sagemaker-cuda-v2.4',
};

/** Driver 580 for CUDA 13; the host image that SageMaker takes by itself is too old to start the container. */
const HOST_IMAGE = 'al2023-ami-sagemaker-inference-gpu-4-1';

/** The image's entry point sets it: SageMaker asks on one port only. */
const OWNED_BY_IMAGE = '--port';

/**
 * The command line as variables that the image turns back into flags: `--max-model-len 8192` becomes
 * `SM_VLLM_MAX_MODEL_LEN=8192`, a bare flag becomes `true`. `undefined` where AWS has no image of the release,
 * or a flag has more values than one, which a variable cannot hold.
 */
export function vllmOnSagemaker(
  release: string,
  [model = '', ...flags]: readonly string[],
  environment: Readonly<Record<string, string>>,
): SagemakerLaunch | undefined {
  const tag = AWS_TAGS[release];
  if (tag === undefined) return undefined;
  const variables: Record<string, string> = { ...environment, [variableOf('--model')]: model };
  for (const [index, flag] of flags.entries()) {
    if (!flag.startsWith('--') || flag === OWNED_BY_IMAGE) continue;
    const [next, another] = flags.slice(index + 1, index + 3);
    const isList = [next, another].every((value) => value !== undefined && !value.startsWith('--'));
    if (isList) return undefined;
    variables[variableOf(flag)] = next === undefined || next.startsWith('--') ? 'true' : next;
  }
  return {
    image: { repository: 'vllm', tag },
    environment: variables,
    hostImage: HOST_IMAGE,
    copiesVariable: variableOf('--data-parallel-size'),
  };
}

function variableOf(flag: string): string {
  return `SM_VLLM_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`;
}
