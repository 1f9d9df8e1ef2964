import * as z from 'zod';
import { drainSecondsOf } from '#lib/engines/drain';
import { defineEngine, ENGINE_TECHNIQUES, type EngineSlot } from '#lib/engines/engine';
import { commandLineName } from '#lib/engines/launch-names';
import { inGroups, sequencesOfGroup } from '#lib/engines/layouts';
import { linkedHostsVariables } from '#lib/engines/linked-hosts';
import { quantisesOnLoad } from '#lib/engines/quantising';
import { techniqueFlags } from '#lib/engines/vllm-arguments';
import { addressVariables, groupFlags, routerOf, transferFlags } from '#lib/engines/vllm-fleets';
import {
  VLLM_CONTAINER,
  VLLM_IMAGE,
  vllmLastFlags,
  VLLM_PORT,
  VLLM_RELEASE,
  VLLM_SETTINGS,
} from '#lib/engines/vllm-container';
import { vllmKnobs } from '#lib/engines/vllm-knobs';
import { countsLoading } from '#lib/engines/vllm-release';
import { efaImage, overEfa } from '#lib/engines/vllm-efa';
import { vllmOnSagemaker } from '#lib/engines/vllm-sagemaker';

/** vLLM behind its own OpenAI-compatible server. The image's entry point is `vllm serve`. */
export const vllm = defineEngine({
  id: 'vllm',
  title: 'vLLM',
  knobs: z.strictObject({
    ...vllmKnobs(),
    imageTag: z
      .string()
      .regex(
        /^(?!latest$|nightly)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
        'a tag that names one release, not latest or nightly',
      )
      .default(VLLM_RELEASE)
      .meta({ description: 'Tag of vllm/vllm-openai', unit: 'id', examples: [VLLM_RELEASE] }),
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
  fabrics: (knobs) => (efaImage(knobs.imageTag) === undefined ? ['rdma'] : ['rdma', 'efa']),
  // NIXL by UCX, its default; EFA would take its back end libfabric.
  transferFabrics: ['rdma'],
  reusesPrefixes: (knobs) => knobs.prefixCaching,
  memoryShare: (knobs) => knobs.gpuMemoryUtilization,
  countsLoading: (knobs) => countsLoading(knobs.imageTag),
  layouts: inGroups,
  launch: (slot, knobs) => {
    const args = [
      commandLineName('serving.model', slot.weights),
      '--served-model-name',
      commandLineName('serving.servedName', slot.servedName),
      '--port',
      String(VLLM_PORT),
      ...(slot.runsRepositoryCode === true ? ['--trust-remote-code'] : []),
      ...layoutFlags(slot),
      '--max-model-len',
      String(slot.contextTokens),
      '--max-num-seqs',
      String(sequencesOfGroup(slot)),
      '--gpu-memory-utilization',
      String(knobs.gpuMemoryUtilization),
      ...(quantisesOnLoad(slot) ? ['--quantization', 'fp8'] : []),
      ...(slot.kvPrecision === 'fp8' ? ['--kv-cache-dtype', 'fp8'] : []),
      knobs.prefixCaching ? '--enable-prefix-caching' : '--no-enable-prefix-caching',
      ...techniqueFlags(slot.switchedOn ?? {}),
      ...adapterModules(slot.switchedOn?.adapters?.modules ?? {}),
      ...transferFlags(slot.fleet),
      ...vllmLastFlags(drainSecondsOf(slot)),
    ];
    const { group, fleet } = slot;
    const variables = addressVariables(slot);
    // An endpoint has one container to a model.
    const sagemaker =
      group === undefined && fleet === undefined
        ? vllmOnSagemaker(knobs.imageTag, args, VLLM_SETTINGS)
        : undefined;
    const container = {
      ...VLLM_CONTAINER,
      image: { repository: VLLM_IMAGE, tag: knobs.imageTag },
      ...(slot.fabric === 'efa' ? overEfa(knobs.imageTag) : {}),
    };
    return {
      ...container,
      environment: { ...container.environment, ...linkedHostsVariables(slot) },
      drainSeconds: drainSecondsOf(slot),
      args: [...args, ...groupFlags(group, 'leader')],
      ...(group === undefined ? {} : { workerArgs: [...args, ...groupFlags(group, 'worker')] }),
      ...(variables.length === 0 ? {} : { addressVariables: variables }),
      ...(sagemaker === undefined ? {} : { sagemaker }),
      ...(fleet?.serves === 'answers' ? { router: routerOf(fleet, knobs.routerImageTag) } : {}),
    };
  },
});

/**
 * GPUs of one attention group, and the groups: vLLM calls the product what the plan calls tensor parallel. Experts are then
 * spread over all groups; by default each is split over them (`docs/serving/data_parallel_deployment.md`).
 */
function layoutFlags({
  tensorParallel,
  pipelineParallel,
  attentionData,
  expertParallel,
}: EngineSlot): string[] {
  return [
    '--tensor-parallel-size',
    String(tensorParallel / attentionData),
    '--pipeline-parallel-size',
    String(pipelineParallel),
    ...(attentionData > 1 ? ['--data-parallel-size', String(attentionData)] : []),
    ...(expertParallel > 1 ? ['--enable-expert-parallel'] : []),
    // The sizing counts on NCCL's gathers, which need no device and no library of their own (DeepEP's kernels need both). It
    // is the default of this release; later ones take another on racks (vllm#54268).
    ...(attentionData > 1 ? ['--all2all-backend', 'allgather_reducescatter'] : []),
  ];
}

/** Adapters that are loaded at the start, `name=repository` each. */
function adapterModules(modules: Readonly<Record<string, string>>): string[] {
  const pairs = Object.entries(modules).map(([name, path]) => `${name}=${path}`);
  return pairs.length === 0 ? [] : ['--lora-modules', ...pairs];
}
