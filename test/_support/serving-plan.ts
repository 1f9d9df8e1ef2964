import { engines, type EngineId } from '#lib/engines/index';
import type { EngineSlot } from '#lib/engines/engine';
import type { ServingSlice } from '#constructs/kubernetes/serving-slice';

export const slot: EngineSlot = {
  weights: 'meta-llama/Llama-3.1-70B-Instruct',
  servedName: 'llama-3.1-70b',
  precision: 'fp8',
  kvPrecision: 'fp8',
  gpusPerPod: 4,
  tensorParallel: 4,
  pipelineParallel: 1,
  attentionData: 1,
  expertParallel: 1,
  contextTokens: 16_384,
  maxSequences: 128,
};

/** A valid slice; each test states its one difference. */
export function servingSliceOf(
  engine: EngineId = 'vllm',
  serving: Partial<ServingSlice['serving']> = {},
): ServingSlice {
  return {
    environment: 'support',
    option: 'leased',
    cluster: { kubernetesVersion: '1.36', name: 'support', namespace: 'support' },
    serving: {
      engine,
      launch: engines.get(engine).launch(slot, {}),
      servedName: slot.servedName,
      precision: slot.precision,
      kvPrecision: slot.kvPrecision,
      replicas: { min: 2, desired: 2, max: 4 },
      gpusPerReplica: 4,
      nodesPerReplica: 1,
      pod: { cpu: '16', memoryGib: 128, sharedMemoryGib: 8 },
      podsDrainedAtOnce: 1,
      startupBudgetSeconds: 900,
      scaleAtWaiting: 5,
      weightsVolumeGib: 160,
      nodePool: 'gpu',
      ...serving,
    },
    nodePool: {
      id: 'gpu',
      role: 'gpu',
      shape: 'hgx-h100',
      accelerator: 'h100-sxm',
      productLabel: 'NVIDIA-H100-80GB-HBM3',
      gpusPerNode: 8,
      nodes: { min: 1, desired: 1, max: 2 },
      purchase: 'contract-1y',
      zones: [],
      rootDiskGib: 500,
      architecture: 'x86_64',
      efaInterfaces: 0,
      efaOnPrimary: false,
      localDiskGb: 3_840,
    },
  };
}
