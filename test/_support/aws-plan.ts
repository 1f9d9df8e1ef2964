import { vllm } from '#lib/engines/vllm';
import type { NodePool, Plan, RetrievalPlan, ServingPlan } from '#lib/plan/plan';
import type { ServingSizing } from '#lib/sizing/sizing';

const flat = (base: number) => ({ low: base, base, high: base });

export const gpuPool: NodePool = {
  id: 'gpu',
  role: 'gpu',
  shape: 'p5.48xlarge',
  accelerator: 'h100-sxm',
  productLabel: 'NVIDIA-H100-80GB-HBM3',
  gpusPerNode: 8,
  nodes: { min: 1, desired: 2, max: 4 },
  purchase: 'on-demand',
  zones: [],
  rootDiskGib: 300,
  architecture: 'x86_64',
  efaInterfaces: 32,
  efaOnPrimary: true,
  localDiskGb: 30_000,
};
export const cpuPool: NodePool = {
  ...gpuPool,
  id: 'cpu',
  role: 'cpu',
  shape: 'm7i.2xlarge',
  accelerator: null,
  productLabel: null,
  gpusPerNode: 0,
  nodes: { min: 2, desired: 2, max: 2 },
  rootDiskGib: 100,
  architecture: 'x86_64',
  efaInterfaces: 0,
  efaOnPrimary: false,
  localDiskGb: 0,
};
export const serving: ServingPlan = {
  engine: 'vllm',
  launch: vllm.launch(
    {
      weights: 'meta-llama/Llama-3.1-70B-Instruct',
      servedName: 'llama',
      precision: 'fp8',
      kvPrecision: 'bf16',
      gpusPerPod: 4,
      tensorParallel: 4,
      pipelineParallel: 1,
      attentionData: 1,
      expertParallel: 1,
      contextTokens: 8192,
      maxSequences: 32,
    },
    {},
  ),
  servedName: 'llama',
  precision: 'fp8',
  kvPrecision: 'bf16',
  replicas: { min: 2, desired: 4, max: 8 },
  gpusPerReplica: 4,
  nodesPerReplica: 1,
  pod: { cpu: '16', memoryGib: 200, sharedMemoryGib: 16 },
  startupBudgetSeconds: 1200,
  scaleAtWaiting: 8,
  weightsVolumeGib: 300,
  nodePool: 'gpu',
};
export const sizing: ServingSizing = {
  fits: true,
  parallelism: { tensor: 4, pipeline: 1, expert: 1, data: 1 },
  gpusPerReplica: 4,
  nodesPerReplica: 1,
  weightsGib: 66,
  kvGibPerGpu: 30,
  usableGibPerGpu: 72,
  contextTokens: 8192,
  concurrency: 32,
  maxConcurrency: 64,
  tokensPerSecondPerReplica: flat(1500),
  ttftMs: flat(500),
  tpotMs: flat(20),
  latency: null,
  replicasForLoad: 3,
  replicasForLoadBand: { low: 3, high: 4 },
  spares: 1,
  replicas: 4,
  availability: 0.999,
  headroom: 0.3,
  utilisation: 0.3,
  coldStartSeconds: 300,
  binding: 'bandwidth',
  confidence: 'calibrated',
  nearest: null,
  derivation: [],
};

export function retrieval(store: string): RetrievalPlan {
  return {
    store,
    knobs: {},
    runsOn: 'aws',
    chunks: 1_000_000,
    dimensions: 1024,
    embeddingModel: 'bge-m3',
    copies: 2,
    nodePool: null,
    embedding: null,
    reranker: null,
    corpus: null,
    latency: { embeddingMs: null, searchMs: null, firstTokenMs: null, knownMs: { low: 0, base: 0, high: 0 } },
    search: null,
    sizing: {
      memoryGib: 8,
      storageGib: 12,
      capacityUnits: { name: 'ACU', count: 6.2 },
      derivation: [],
      nodes: { count: 2, shards: 1, vcpus: 2, memoryGib: 16, diskGib: 40, instanceType: 'r7g.large.search' },
    },
  };
}

/** A valid plan for EKS; each test states its difference. */
export function awsPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    schema: 'landfall/plan/v1',
    environment: 'support',
    scenario: 'chat',
    option: 'eks',
    target: 'aws-eks',
    model: { id: 'llama-3.1-70b', name: 'Llama 3.1 70B', repository: 'meta-llama/Llama-3.1-70B-Instruct' },
    network: {
      region: 'us-east-1',
      zones: ['us-east-1a', 'us-east-1b'],
      vpcCidr: '10.0.0.0/16',
      natGateways: 2,
      interfaceEndpoints: ['ecr.api', 'bedrock-runtime'],
    },
    cluster: { kubernetesVersion: '1.35', name: 'support-eks', namespace: 'inference' },
    nodePools: [gpuPool, cpuPool],
    serving,
    managed: null,
    retrieval: null,
    facility: null,
    sizing,
    redundancy: { withoutOneReplica: -0.3, withoutOneNode: -0.3 },
    demand: {
      requestsPerMonth: 1,
      inputTokensPerMonth: 1,
      cachedInputTokensPerMonth: 0,
      outputTokensPerMonth: 1,
      growthPerMonth: 0,
    },
    quality: null,
    leadTimeDays: flat(7),
    leadTimeAssumption: 'lead-time.cloud-quota.days',
    purchases: [],
    notes: [],
    ...overrides,
  };
}

/** As targets plan it where the provider runs the network: zones, and no way out. */
const NO_NETWORK = {
  region: 'us-east-1',
  zones: ['us-east-1a', 'us-east-1b'],
  vpcCidr: '10.0.0.0/16',
  natGateways: 0,
  interfaceEndpoints: [],
};

export const bedrockPlan = (overrides: Partial<Plan> = {}): Plan =>
  awsPlan({
    option: 'bedrock',
    target: 'aws-bedrock',
    cluster: null,
    nodePools: [],
    serving: null,
    sizing: null,
    redundancy: null,
    network: { ...NO_NETWORK, vpcCidr: null },
    managed: { modelId: 'meta.llama3-1-70b-instruct-v1:0', profile: 'regional', guardrail: true },
    ...overrides,
  });
export const sagemakerPlan = (overrides: Partial<Plan> = {}): Plan =>
  awsPlan({
    option: 'sagemaker',
    target: 'aws-sagemaker',
    cluster: null,
    network: NO_NETWORK,
    nodePools: [{ ...gpuPool, shape: 'ml.p5.48xlarge' }],
    ...overrides,
  });
