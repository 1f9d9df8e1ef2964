import * as z from 'zod';
import { defineEngine, ENGINE_TECHNIQUES, type EngineSlot } from '#lib/engines/engine';
import { commandLineName } from '#lib/engines/launch-names';
import { techniqueFlags } from '#lib/engines/vllm-arguments';
import { addressVariables, groupFlags, routerOf, transferFlags } from '#lib/engines/vllm-fleets';
import { vllmOnSagemaker } from '#lib/engines/vllm-sagemaker';

const PORT = 8000;
/** Seconds that running requests get after SIGTERM; without the flag vLLM aborts them. */
const DRAIN_SECONDS = 45;

/** What holds in any image. */
const SETTINGS = {
  // One request may otherwise ask for 16,384 answers.
  VLLM_MAX_N_SEQUENCES: '64',
  // A redirect would lead a fetch of media past the allow list.
  VLLM_MEDIA_URL_ALLOW_REDIRECTS: '0',
  VLLM_NO_USAGE_STATS: '1',
};

const ENVIRONMENT = {
  // torch asks for the user's name, which an arbitrary UID does not have.
  USER: 'vllm',
  HOME: '/home/vllm',
  ...SETTINGS,
};

/** vLLM behind its own OpenAI-compatible server. The image's entry point is `vllm serve`. */
export const vllm = defineEngine({
  id: 'vllm',
  title: 'vLLM',
  knobs: z.strictObject({
    gpuMemoryUtilization: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.92)
      .meta({
        description: 'Share of GPU memory for weights, activations and KV cache',
        unit: 'share 0–1',
        examples: [0.92],
      }),
    prefixCaching: z
      .boolean()
      .default(true)
      .meta({
        description: 'Reuses the KV cache of prompts that begin alike',
        unit: 'true or false',
        examples: [true],
      }),
    imageTag: z
      .string()
      .regex(
        /^(?!latest$|nightly)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
        'a tag that names one release, not latest or nightly',
      )
      .default('v0.26.0')
      .meta({ description: 'Tag of vllm/vllm-openai', unit: 'id', examples: ['v0.26.0'] }),
    routerImageTag: z
      .string()
      .regex(/^(?!latest$|nightly$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, 'a tag that names one build')
      .default('nightly-20260710-b93cbcb')
      .meta({
        description:
          'Tag of vllm/vllm-router, which stands before the two fleets of `serving.disaggregation`',
        unit: 'id',
        examples: ['nightly-20260710-b93cbcb'],
      }),
  }),
  calibration: 'vllm',
  precisions: ['bf16', 'fp8', 'int8', 'fp4', 'int4'],
  techniques: ENGINE_TECHNIQUES,
  reusesPrefixes: (knobs) => knobs.prefixCaching,
  memoryShare: (knobs) => knobs.gpuMemoryUtilization,
  launch: (slot, knobs) => {
    const args = [
      commandLineName('serving.model', slot.weights),
      '--served-model-name',
      commandLineName('serving.servedName', slot.servedName),
      '--port',
      String(PORT),
      '--tensor-parallel-size',
      String(slot.tensorParallel),
      '--pipeline-parallel-size',
      String(slot.pipelineParallel),
      '--max-model-len',
      String(slot.contextTokens),
      '--max-num-seqs',
      String(slot.maxSequences),
      '--gpu-memory-utilization',
      String(knobs.gpuMemoryUtilization),
      ...quantization(slot),
      ...(slot.kvPrecision === 'fp8' ? ['--kv-cache-dtype', 'fp8'] : []),
      knobs.prefixCaching ? '--enable-prefix-caching' : '--no-enable-prefix-caching',
      ...techniqueFlags(slot.switchedOn ?? {}),
      ...adapterModules(slot.switchedOn?.adapters?.modules ?? {}),
      ...transferFlags(slot.fleet),
      '--shutdown-timeout',
      String(DRAIN_SECONDS),
      '--disable-access-log-for-endpoints',
      '/health,/metrics,/ping',
    ];
    const { group, fleet } = slot;
    const variables = addressVariables(slot);
    // An endpoint has one container to a model.
    const sagemaker =
      group === undefined && fleet === undefined
        ? vllmOnSagemaker(knobs.imageTag, args, SETTINGS)
        : undefined;
    return {
      image: { repository: 'vllm/vllm-openai', tag: knobs.imageTag },
      args: [...args, ...groupFlags(group, 'leader')],
      ...(group === undefined ? {} : { workerArgs: [...args, ...groupFlags(group, 'worker')] }),
      environment: ENVIRONMENT,
      ...(variables.length === 0 ? {} : { addressVariables: variables }),
      files: [],
      port: PORT,
      metricsPort: PORT,
      // `/health` answers before the weights are loaded; the list of models does not.
      startupPath: '/v1/models',
      readinessPath: '/health',
      livenessPath: '/health',
      user: { uid: 2000, gid: 0, home: '/home/vllm', name: 'vllm' },
      drainSeconds: DRAIN_SECONDS,
      waitingMetric: 'vllm:num_requests_waiting',
      ...(sagemaker === undefined ? {} : { sagemaker }),
      ...(fleet?.serves === 'answers' ? { router: routerOf(fleet, knobs.routerImageTag) } : {}),
    };
  },
});

/** Adapters that are loaded at the start, `name=repository` each. */
function adapterModules(modules: Readonly<Record<string, string>>): string[] {
  const pairs = Object.entries(modules).map(([name, path]) => `${name}=${path}`);
  return pairs.length === 0 ? [] : ['--lora-modules', ...pairs];
}

/**
 * FP8 is made from a BF16 checkpoint while it loads. Formats of 4 bits and INT8 need a checkpoint that was
 * quantised before; vLLM reads the method from its configuration and refuses a flag that says otherwise.
 */
function quantization(slot: EngineSlot): string[] {
  return slot.precision === 'fp8' && slot.storedAs !== 'fp8' ? ['--quantization', 'fp8'] : [];
}
