import * as z from 'zod';
import { drainSecondsOf } from '#lib/engines/drain';
import { defineEngine, ENGINE_TECHNIQUES, type EngineSlot } from '#lib/engines/engine';
import { quantisesOnLoad } from '#lib/engines/quantising';
import { modelName, modelRepository } from '#lib/engines/triton-repository';
import { techniqueArguments } from '#lib/engines/vllm-arguments';
import { vllmKnobs } from '#lib/engines/vllm-knobs';

const MODELS = '/models';

/** Triton Inference Server with its vLLM backend. The image's entry point runs the command that it is given. */
export const triton = defineEngine({
  id: 'triton',
  title: 'Triton Inference Server (vLLM backend)',
  knobs: z.strictObject({
    ...vllmKnobs(),
    imageTag: z
      .string()
      .regex(/^\d{2}\.\d{2}-vllm-python-py3$/, 'a tag <yy.mm>-vllm-python-py3')
      .default('26.07-vllm-python-py3')
      .meta({
        description: 'Tag of nvcr.io/nvidia/tritonserver, the variant with the vLLM backend',
        unit: 'id',
        examples: ['26.07-vllm-python-py3'],
      }),
  }),
  calibration: 'vllm',
  precisions: ['bf16', 'fp8', 'int8', 'fp4', 'int4'],
  // The backend runs one engine for both parts of a request.
  techniques: ENGINE_TECHNIQUES.filter((technique) => technique !== 'disaggregation'),
  reusesPrefixes: (knobs) => knobs.prefixCaching,
  memoryShare: (knobs) => knobs.gpuMemoryUtilization,
  // Its metrics have the same labels for every group: the autoscaler would read one of them.
  layouts: ({ hasAdapters }) => ({
    attentionData: 'none',
    mostNodesPerReplica: 1,
    spreadsExperts: !hasAdapters,
  }),
  launch: (slot, knobs) => ({
    image: { repository: 'nvcr.io/nvidia/tritonserver', tag: knobs.imageTag },
    args: [
      'tritonserver',
      `--model-repository=${MODELS}`,
      // Other modes load code that someone drops into the repository.
      '--model-control-mode=none',
      '--strict-readiness=true',
      `--exit-timeout-secs=${drainSecondsOf(slot)}`,
      '--http-port=8000',
      '--grpc-port=8001',
      '--metrics-port=8002',
    ],
    environment: { USER: 'triton-server', HOME: '/home/triton-server', VLLM_NO_USAGE_STATS: '1' },
    files: modelRepository(
      `${MODELS}/${modelName(slot.servedName)}`,
      engineArguments(slot, knobs),
      slot.switchedOn?.adapters?.modules ?? {},
    ),
    port: 8000,
    metricsPort: 8002,
    startupPath: '/v2/health/ready',
    readinessPath: '/v2/health/ready',
    livenessPath: '/v2/health/live',
    user: { uid: 1000, gid: 1000, home: '/home/triton-server', name: 'triton-server' },
    drainSeconds: drainSecondsOf(slot),
    // Triton hands requests to vLLM at once: its own count of pending requests stays near 0.
    waitingMetric: 'vllm:num_requests_waiting',
  }),
});

/** Keys of vLLM's `AsyncEngineArgs`, as the backend hands them on. */
function engineArguments(
  slot: EngineSlot,
  knobs: { gpuMemoryUtilization: number; prefixCaching: boolean },
): Readonly<Record<string, unknown>> {
  return {
    model: slot.weights,
    served_model_name: slot.servedName,
    ...(slot.runsRepositoryCode === true ? { trust_remote_code: true } : {}),
    tensor_parallel_size: slot.tensorParallel,
    pipeline_parallel_size: slot.pipelineParallel,
    ...(slot.expertParallel > 1 ? { enable_expert_parallel: true } : {}),
    max_model_len: slot.contextTokens,
    max_num_seqs: slot.maxSequences,
    gpu_memory_utilization: knobs.gpuMemoryUtilization,
    enable_prefix_caching: knobs.prefixCaching,
    ...(quantisesOnLoad(slot) ? { quantization: 'fp8' } : {}),
    ...(slot.kvPrecision === 'fp8' ? { kv_cache_dtype: 'fp8' } : {}),
    ...techniqueArguments(slot.switchedOn ?? {}),
    disable_log_stats: false,
  };
}
