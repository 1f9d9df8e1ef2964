import { hostsPerNode } from '#lib/catalog/accelerators';
import { hasSparseAttention } from '#lib/catalog/models';
import type { FabricKind } from '#lib/catalog/node-fabric';
import type { PriceBook } from '#lib/catalog/prices';
import type { InstanceShape } from '#lib/catalog/instances';
import { DRAIN_SECONDS } from '#lib/engines/drain';
import type { Engine, EngineSlot, SwitchedOn } from '#lib/engines/engine';
import { GB, GIB } from '#lib/units/bytes';
import { ALLOCATABLE_SHARE } from '#lib/plan/nodes/allocatable';
import { drainBudget } from '#lib/plan/serving/drain-budget';
import { nativePrecision } from '#lib/plan/models/native-precision';
import type { Sized } from '#lib/plan/nodes/sized';
import { fleetRole, podGroup, type FleetName } from '#lib/plan/serving/fleets';
import { nodesOfReplicas, type Placement } from '#lib/plan/nodes/place';
import type { FleetPlan, NodePool, ServingPlan } from '#lib/plan/plan';
import { gpusPerPod, linksOf, podsOf } from '#lib/plan/serving/replica-pods';
import { whole } from '#lib/plan/nodes/slices';
import { weightsOf } from '#lib/plan/models/weights-place';
import { cachePoolsOf } from '#lib/sizing/running-cache';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import { ownStepTokens } from '#lib/sizing/step-tokens';
import type { Scaling } from '#lib/spec/schema/scaling';

export const GPU_POOL = 'gpu';

/** Root volume without weights: operating system, images, logs. GiB. */
export const ROOT_DISK_GIB = { gpu: 200, cpu: 80 } as const;
/** The checkpoint and the next one beside it, so that a new version loads before the old one goes. */
const CHECKPOINTS_KEPT = 2;
const WEIGHTS_VOLUME_SLACK = 1.1;

/** NCCL exchanges through shared memory: 2 GiB per tensor-parallel rank, between 2 and 16. */
export function sharedMemoryGib(tensorParallel: number): number {
  return Math.min(16, Math.max(2, 2 * tensorParallel));
}

/** What a replica loads, GiB. */
export function storedGib({
  weightsGib,
  storedWeightsGib = weightsGib,
}: Pick<ServingSizing, 'weightsGib' | 'storedWeightsGib'>): number {
  return storedWeightsGib;
}

/** @param weightsGib - The checkpoint, GiB */
export function weightsVolumeGib(weightsGib: number): number {
  return Math.ceil(weightsGib * CHECKPOINTS_KEPT * WEIGHTS_VOLUME_SLACK);
}

/** Share of a disk that may be full before the kubelet evicts pods: by default at 10 % of it free. */
const DISK_SHARE = 0.9;

/**
 * Root volumes: weights go onto them where the node has no disk of its own, and onto those of CPU nodes what the pods of
 * a store fetch again after a restart, `storeCacheGib`.
 */
export function rootDiskGib(
  { offering }: Placement,
  sizing: ServingSizing,
  storeCacheGib = 0,
): { gpu: number; cpu: number } {
  const weights = offering.localDiskGb > 0 ? 0 : weightsVolumeGib(storedGib(sizing));
  return { gpu: ROOT_DISK_GIB.gpu + weights, cpu: ROOT_DISK_GIB.cpu + Math.ceil(storeCacheGib / DISK_SHARE) };
}

/** Twice the time to load the weights (GB ÷ GB/s) and to compile, so that a slow disk does not end in a restart loop. */
export function startupBudgetSeconds(weightsGib: number, prices: PriceBook): number {
  const loadSeconds = (weightsGib * GIB) / GB / prices.assumption('weights.load-gb-per-second').base;
  return Math.ceil(2 * (loadSeconds + prices.assumption('engine.compile-seconds').base));
}

export function servingPlan(
  choice: Sized,
  engine: Engine,
  knobs: Readonly<Record<string, unknown>>,
  scaling: Scaling,
  prices: PriceBook,
  switchedOn?: SwitchedOn,
): ServingPlan {
  const { sizing, model, demand, precision } = choice;
  const { prompts } = sizing;
  const fleet = (one: SizedFleet, replicas: FleetPlan['replicas'], role?: FleetName): FleetPlan => ({
    launch: engine.launch({ ...slotOf(choice, one, role, switchedOn), ...claimed(one, role) }, knobs),
    replicas,
    gpusPerReplica: one.gpusPerReplica,
    nodesPerReplica: podsOf(choice, one),
    ...linksOf(choice, one),
    pod: { ...podOf(choice, one), ...devicesOf(choice, one, claimed(one, role)) },
    ...drainBudget(replicas),
    startupBudgetSeconds: startupBudgetSeconds(storedGib(sizing), prices),
    scaleAtWaiting: scaleAtWaiting(choice, replicas.desired),
  });
  const claimed = (one: SizedFleet, role?: FleetName) => {
    // Of two fleets the caches cross nodes, by libraries of their own.
    const fabrics = role === undefined ? engine.fabrics(knobs) : engine.transferFabrics;
    return one.nodesPerReplica > 1 || role !== undefined ? fabricUsed(choice, fabrics) : {};
  };
  const replicas = replicasBetween(choice, scaling);
  return {
    engine: engine.id,
    ...fleet(sizing, replicas, prompts === undefined ? undefined : 'answers'),
    servedName: model.id,
    precision,
    kvPrecision: demand.kvPrecision,
    // The fleet for prompts stays as sized: nothing measures how far behind the other it is.
    ...(prompts === undefined
      ? {}
      : { promptReplicas: prompts.replicas, prompts: fleet(prompts, fixed(prompts.replicas), 'prompts') }),
    weightsVolumeGib: weightsVolumeGib(storedGib(sizing)),
    nodePool: GPU_POOL,
  };
}

/** A drain of an own node waits no longer (`constructs/kubernetes/metal/workers.ts`). */
const MOST_DRAIN_SECONDS = 1_800;

/** What the longest planned answer takes from its arrival on, at the dear end of the planned latencies. */
function drainSeconds(
  { outputTokens }: Pick<ServingDemand, 'outputTokens'>,
  { ttftMs, tpotMs }: Pick<ServingSizing, 'ttftMs' | 'tpotMs'>,
): number {
  const answerSeconds = Math.ceil((ttftMs.high + outputTokens.longest * tpotMs.high) / 1_000);
  return Math.min(MOST_DRAIN_SECONDS, Math.max(DRAIN_SECONDS, answerSeconds));
}

type SizedFleet = Pick<ServingSizing, 'gpusPerReplica' | 'nodesPerReplica' | 'parallelism' | 'concurrency'>;

function fixed(replicas: number): FleetPlan['replicas'] {
  return { min: replicas, desired: replicas, max: replicas };
}

function slotOf(
  choice: Sized,
  fleet: SizedFleet,
  role: FleetName | undefined,
  switchedOn: SwitchedOn | undefined,
): EngineSlot {
  const { model, demand, precision, sizing } = choice;
  const group = podGroup(podsOf(choice, fleet));
  const { hostLinks } = linksOf(choice, fleet);
  return {
    weights: weightsOf(model),
    ...(model.runsRepositoryCode === true ? { runsRepositoryCode: true } : {}),
    servedName: model.id,
    precision,
    storedAs: nativePrecision(model),
    kvPrecision: demand.kvPrecision,
    ...(hasSparseAttention(model) ? { sparseAttention: true } : {}),
    gpusPerPod: gpusPerPod(choice, fleet),
    tensorParallel: fleet.parallelism.tensor,
    pipelineParallel: fleet.parallelism.pipeline,
    attentionData: fleet.parallelism.data,
    expertParallel: fleet.parallelism.expert,
    contextTokens: sizing.contextTokens,
    maxSequences: Math.max(1, fleet.concurrency),
    ...poolsOf(demand, sizing, fleet),
    drainSeconds: drainSeconds(demand, sizing),
    ...(switchedOn === undefined ? {} : { switchedOn }),
    ...(group === undefined ? {} : { group }),
    ...(hostLinks === undefined ? {} : { linkedHosts: true }),
    ...(role === undefined ? {} : { fleet: fleetRole(role) }),
  };
}

function poolsOf(
  demand: ServingDemand,
  { stepTokens }: Pick<ServingSizing, 'stepTokens'>,
  { concurrency, parallelism }: SizedFleet,
): Pick<EngineSlot, 'cachePools'> {
  const own = ownStepTokens(demand.calibration, demand.accelerator, parallelism.data);
  const budget = demand.techniques?.prefillBudgetTokens ?? stepTokens ?? own;
  const cachePools = cachePoolsOf(demand, Math.max(1, concurrency), budget);
  return Object.keys(cachePools).length === 0 ? {} : { cachePools };
}

function fabricUsed(
  { placement: { offering } }: Sized,
  fabrics: readonly FabricKind[],
): Pick<EngineSlot, 'fabric'> {
  const kind = offering.fabric?.kind;
  return kind !== undefined && fabrics.includes(kind) ? { fabric: kind } : {};
}

/** Of the devices of a node as large a part as of its GPUs: all where it has a node for itself. */
function devicesOf(
  choice: Sized,
  fleet: SizedFleet,
  { fabric }: Pick<EngineSlot, 'fabric'>,
): Pick<FleetPlan['pod'], 'fabric'> {
  const { offering } = choice.placement;
  const claim = fabric === undefined ? undefined : offering.fabric?.claim;
  if (claim === undefined) return {};
  const share = gpusPerPod(choice, fleet) / offering.gpus;
  return { fabric: { ...claim, devices: Math.max(1, Math.floor(claim.devices * share)) } };
}

function podOf(choice: Sized, fleet: SizedFleet): FleetPlan['pod'] {
  const { offering } = choice.placement;
  const nodeShare = gpusPerPod(choice, fleet) / offering.gpus;
  const sharedMemory = sharedMemoryGib(fleet.parallelism.tensor);
  return {
    cpu: String(Math.max(1, Math.floor(offering.vcpus * ALLOCATABLE_SHARE * nodeShare))),
    // Shared memory counts against the pod's limit beside this.
    memoryGib: Math.max(1, Math.floor(offering.memoryGib * ALLOCATABLE_SHARE * nodeShare) - sharedMemory),
    sharedMemoryGib: sharedMemory,
  };
}

/** Requests that arrive at one replica while the first token may be awaited: more waiting ones break the objective. */
function scaleAtWaiting({ demand }: Sized, replicas: number): number {
  const perReplica = demand.peakRequestsPerSecond / replicas;
  return Math.max(1, Math.round((perReplica * (demand.ttftMs ?? 1000)) / 1000));
}

/**
 * A fleet that stands may still use what fits on its nodes. One that follows the load may grow to the sizing's upper end
 * and by one for a rollout; a schedule goes no further than its busiest hour.
 */
function replicasBetween({ sizing, placement }: Sized, scaling: Scaling): ServingPlan['replicas'] {
  const { replicas: desired, spares, replicasForLoad, replicasForLoadBand } = sizing;
  // What prompts leave of the nodes is not counted: such a fleet stays as sized.
  const fit = sizing.prompts === undefined ? Math.max(desired, roomFor(placement, sizing)) : desired;
  const kept = (minReplicas: number) => Math.min(minReplicas, replicasForLoad) + spares;
  switch (scaling.policy) {
    case 'fixed':
      return { min: desired, desired, max: fit };
    case 'scheduled':
      return { min: kept(scaling.minReplicas), desired, max: desired };
    case 'autoscaled':
    case 'scale-to-zero':
      return {
        min: scaling.policy === 'autoscaled' ? kept(scaling.minReplicas) : 0,
        desired,
        max: Math.max(desired + 1, replicasForLoadBand.high + spares),
      };
  }
  return { min: desired, desired, max: desired };
}

/** Replicas that the nodes hold beside what else stands on them. */
function roomFor(placement: Placement, { gpusPerReplica }: ServingSizing): number {
  const { nodes, replicasPerNode, takenGpus = 0 } = placement;
  return nodes.base * replicasPerNode - Math.ceil(takenGpus / gpusPerReplica);
}

export function gpuPool(
  choice: Sized,
  serving: ServingPlan,
  zones: readonly string[],
  shape: (Pick<InstanceShape, 'architecture'> & Partial<Pick<InstanceShape, 'efa'>>) | undefined,
): NodePool {
  const { placement, accelerator, sizing } = choice;
  const { nodes } = placement;
  const { cut } = placement.offering;
  const offering = whole(placement.offering);
  const hosts = hostsPerNode(accelerator, offering.gpus);
  // What else stands on the nodes stands whether replicas go or not.
  const nodesFor = (replicas: number) =>
    placement.takenGpus === undefined ? nodesOfReplicas(replicas, placement, sizing) : nodes.base;
  return {
    id: GPU_POOL,
    role: 'gpu',
    shape: offering.shape,
    accelerator: offering.accelerator,
    productLabel: accelerator.productLabel,
    gpusPerNode: offering.gpus,
    ...(hosts === 1 ? {} : { hostsPerNode: hosts }),
    ...(cut === undefined ? {} : { slices: { profile: cut.profile, perAccelerator: cut.perAccelerator } }),
    nodes: {
      min:
        serving.replicas.min === 0
          ? 0
          : Math.min(nodes.base, Math.max(offering.minimumNodes, nodesFor(serving.replicas.min))),
      desired: nodes.base,
      max: Math.max(nodes.base, nodesFor(serving.replicas.max)),
    },
    purchase: offering.purchase,
    zones,
    rootDiskGib: rootDiskGib(placement, sizing).gpu,
    architecture: shape?.architecture ?? 'x86_64',
    // EFA needs all nodes of a replica in one zone; a replica within one node does without.
    efaInterfaces: sizing.nodesPerReplica > 1 ? (shape?.efa?.interfaces ?? 0) : 0,
    efaOnPrimary: shape?.efa?.primaryCarriesEfa ?? false,
    localDiskGb: offering.localDiskGb,
  };
}
