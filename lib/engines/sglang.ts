import * as z from 'zod';
import { drainSecondsOf } from '#lib/engines/drain';
import {
  defineEngine,
  ENGINE_TECHNIQUES,
  type CachePools,
  type EngineSlot,
  type PodGroup,
} from '#lib/engines/engine';
import { commandLineName } from '#lib/engines/launch-names';
import { inGroups, sequencesOfGroup } from '#lib/engines/layouts';
import { linkedHostsVariables } from '#lib/engines/linked-hosts';
import { quantisesOnLoad } from '#lib/engines/quantising';
import { sglangTechniqueFlags } from '#lib/engines/sglang-arguments';

const PORT = 30_000;
/** Port on which the processes of a replica that spans pods meet. */
const RENDEZVOUS_PORT = 20_000;
/** It waits for the last running request; Kubernetes waits no longer than this. */
const RELEASE = 'v0.5.18';
/**
 * It splits dense layers and shared experts over the whole tensor group, and 128 × 128 blocks of FP8 do not divide further
 * (its issue 6017): 18,432 ÷ 16 and 2,048 ÷ 16 are whole blocks, by 32 neither.
 */
const MOST_GROUPED_GPUS = 16;

/** SGLang behind its own OpenAI-compatible server. */
export const sglang = defineEngine({
  id: 'sglang',
  title: 'SGLang',
  knobs: z.strictObject({
    memFractionStatic: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.85)
      .meta({
        description: 'Share of GPU memory for weights and KV cache; activations lie beside it',
        unit: 'share 0–1',
        examples: [0.85],
      }),
    prefixCaching: z
      .boolean()
      .default(true)
      .meta({
        description: 'Reuses the KV cache of prompts that begin alike (RadixAttention)',
        unit: 'true or false',
        examples: [true],
      }),
    imageTag: z
      .string()
      .regex(
        /^v\d+\.\d+\.\d+[A-Za-z0-9._-]{0,100}$/,
        'a tag that names one release, v0.5.18 or with what it is built for',
      )
      .default(RELEASE)
      .meta({ description: 'Tag of lmsysorg/sglang', unit: 'id', examples: [RELEASE] }),
  }),
  calibration: 'sglang',
  precisions: ['bf16', 'fp8', 'int8', 'fp4', 'int4'],
  // Its two fleets take a router and a transfer engine of their own.
  techniques: ENGINE_TECHNIQUES.filter((technique) => technique !== 'disaggregation'),
  reusesPrefixes: (knobs) => knobs.prefixCaching,
  memoryShare: (knobs) => knobs.memFractionStatic,
  layouts: (beside) => {
    const layouts = inGroups(beside);
    // Its other drafters refuse attention in groups.
    if (beside.drafter === 'n-gram' || beside.drafter === 'model')
      return { ...layouts, attentionData: 'none' };
    return layouts.attentionData === 'nodes' ? { ...layouts, mostGroupedGpus: MOST_GROUPED_GPUS } : layouts;
  },
  launch: (slot, knobs) => {
    const args = [
      '--model-path',
      commandLineName('serving.model', slot.weights),
      '--served-model-name',
      commandLineName('serving.servedName', slot.servedName),
      // Without it the server hears its own host alone.
      '--host',
      '0.0.0.0',
      '--port',
      String(PORT),
      ...(slot.runsRepositoryCode === true ? ['--trust-remote-code'] : []),
      '--tensor-parallel-size',
      String(slot.tensorParallel),
      '--pipeline-parallel-size',
      String(slot.pipelineParallel),
      '--context-length',
      String(slot.contextTokens),
      ...layoutFlags(slot),
      '--max-running-requests',
      // Of all groups: it gives each an equal part, rounded down.
      String(sequencesOfGroup(slot) * slot.attentionData),
      '--mem-fraction-static',
      String(knobs.memFractionStatic),
      ...poolFlags(slot.cachePools),
      ...formats(slot),
      ...(knobs.prefixCaching ? [] : ['--disable-radix-cache']),
      ...sglangTechniqueFlags(slot),
      '--enable-metrics',
      ...groupFlags(slot.group),
      '--uvicorn-access-log-exclude-prefixes',
      '/health',
      '/metrics',
    ];
    return {
      image: { repository: 'lmsysorg/sglang', tag: knobs.imageTag },
      command: ['python3', '-m', 'sglang.launch_server'],
      args,
      // The rank is in the arguments: the scheduler writes it for each pod.
      ...(slot.group === undefined ? {} : { workerArgs: args }),
      environment: {
        USER: 'sglang',
        HOME: '/home/sglang',
        // `/health` then says whether the server is up; `/health_generate` makes a token.
        SGLANG_ENABLE_HEALTH_ENDPOINT_GENERATION: 'false',
        ...linkedHostsVariables(slot),
      },
      files: [],
      port: PORT,
      metricsPort: PORT,
      // 503 until the first request has run.
      startupPath: '/health',
      readinessPath: '/health',
      livenessPath: '/health_generate',
      // The image has no user but root, and what it runs is readable for all.
      user: { uid: 1000, gid: 1000, home: '/home/sglang', name: 'sglang' },
      drainSeconds: drainSecondsOf(slot),
      waitingMetric: 'sglang:num_queue_reqs',
    };
  },
});

/** Groups that run attention are parts of the tensor group, and so are the GPUs that experts are spread over. */
function layoutFlags({ attentionData, expertParallel }: EngineSlot): string[] {
  return [
    ...(attentionData > 1 ? ['--data-parallel-size', String(attentionData), '--enable-dp-attention'] : []),
    ...(expertParallel > 1 ? ['--expert-parallel-size', String(expertParallel)] : []),
  ];
}

/** Whole thousandths of the share, upwards: a pool too small would admit fewer requests. */
const SHARE_STEPS = 1_000;

/** By itself it gives windows 0.8 of the other layers' tokens, and states nine tenths of what the cache gets. */
function poolFlags({ windowTokensShare, stateSlots }: CachePools = {}): string[] {
  return [
    ...(windowTokensShare === undefined
      ? []
      : ['--swa-full-tokens-ratio', String(Math.ceil(windowTokensShare * SHARE_STEPS) / SHARE_STEPS)]),
    ...(stateSlots === undefined ? [] : ['--max-mamba-cache-size', String(stateSlots)]),
  ];
}

function formats(slot: EngineSlot): string[] {
  return [...(quantisesOnLoad(slot) ? ['--quantization', 'fp8'] : []), ...cacheFormat(slot)];
}

/** Of the two FP8 caches the one with more digits. Left to itself it makes FP8 of sparse attention's cache on Blackwell. */
function cacheFormat({ kvPrecision, sparseAttention }: EngineSlot): string[] {
  if (kvPrecision === 'fp8') return ['--kv-cache-dtype', 'fp8_e4m3'];
  return sparseAttention === true ? ['--kv-cache-dtype', 'bfloat16'] : [];
}

/** One replica over several pods; only the first serves HTTP. */
function groupFlags(group: PodGroup | undefined): readonly string[] {
  if (group === undefined) return [];
  return [
    '--nnodes',
    String(group.pods),
    '--node-rank',
    group.index,
    '--dist-init-addr',
    `${group.leader}:${RENDEZVOUS_PORT}`,
  ];
}
