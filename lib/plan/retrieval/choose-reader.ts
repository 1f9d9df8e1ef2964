import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { OwnLoad } from '#lib/catalog/purchase';
import { cpuReaderLaunch, gpuReaderLaunch } from '#lib/engines/reader-launch';
import { ALLOCATABLE_SHARE } from '#lib/plan/nodes/allocatable';
import { compareUsd } from '#lib/plan/cheapest-first';
import type { Context } from '#lib/plan/plan-request';
import { hourlyUsd } from '#lib/plan/nodes/place';
import type { ReaderNeed } from '#lib/plan/retrieval/reader-need';
import type { ReaderPlan } from '#lib/plan/retrieval/reader-plan';
import { readerServers, weightsIn32BitsGib, type ReaderServers } from '#lib/plan/retrieval/reader-servers';
import type { ReaderPlaces } from '#lib/plan/retrieval/reader-places';
import { CPU_POOL } from '#lib/plan/retrieval/retrieval-plan';
import { GPU_POOL } from '#lib/plan/serving/serving-plan';
import { whole } from '#lib/plan/nodes/slices';
import { weightsOf } from '#lib/plan/models/weights-place';
import { cpuReadingRate } from '#lib/retrieval/cpu-rate';
import { readingRate, type ReadingRate } from '#lib/retrieval/prefill-rate';
import { readingShare } from '#lib/retrieval/reading';
import { managedReader, type ManagedReader } from '#lib/targets/aws/managed-readers';
import type { NodeOffering } from '#lib/targets/port/offering';
import { SECONDS_PER_MONTH } from '#lib/units/money';

/** A way to run a reader, with what it takes of the place. */
export interface ReaderChoice {
  readonly model: Model;
  readonly plan: ReaderPlan;
  /** Of what is bought for it; 0 on GPUs that stand idle. Infinite without a price. */
  readonly usdPerHour: number;
  readonly managed: ManagedReader | null;
  readonly rate: ReadingRate | null;
  readonly accelerator: Accelerator | null;
  /** GPUs that it takes of the model server's nodes, and how many of these are bought for it. */
  readonly shared: { readonly gpus: number; readonly addedNodes: number };
  readonly cpuNodes: number;
  /** How its servers follow the traffic; `null` where the provider runs it. */
  readonly ownLoad: OwnLoad | null;
  /** Nodes that it has to itself. */
  readonly own: { readonly offering: NodeOffering; readonly count: number } | null;
}

const SHARED_MEMORY_GIB = 2;
const NOTHING = {
  managed: null,
  rate: null,
  accelerator: null,
  cpuNodes: 0,
  own: null,
  ownLoad: null,
} as const;
const NOT_SHARED = { gpus: 0, addedNodes: 0 } as const;

/**
 * The cheapest way to run one of the models; of equals the quicker, then the earlier model. Ways that answer within
 * `budgetMs` come before those that do not.
 *
 * @param budgetMs - What the objective on the first token leaves for it; `null` without an objective
 */
export function chooseReader(
  need: ReaderNeed,
  places: ReaderPlaces,
  context: Context,
  budgetMs: number | null,
): ReaderChoice | { readonly reasons: readonly string[] } {
  const reasons = new Set<string>();
  const { where } = need;
  const candidates = need.models.flatMap((model) => {
    const ways = [
      ...(where === undefined || where === 'managed' ? [managed(need, model, places, context)] : []),
      ...(where === undefined || where === 'gpu' ? onGpus(need, model, places, context) : []),
      ...(where === undefined || where === 'cpu' ? [onCpus(need, model, places, context)] : []),
    ];
    return ways.filter((way) => {
      if ('reasons' in way) way.reasons.forEach((reason) => reasons.add(reason));
      return !('reasons' in way);
    }) as ReaderChoice[];
  });
  const isLate = (way: ReaderChoice) => (budgetMs !== null && latency(way) > budgetMs ? 1 : 0);
  const [best] = candidates.toSorted(
    (a, b) => isLate(a) - isLate(b) || compareUsd(a.usdPerHour, b.usdPerHour) || latency(a) - latency(b),
  );
  return best ?? { reasons: [...reasons] };
}

type Way = ReaderChoice | { readonly reasons: readonly string[] };

function latency({ plan }: ReaderChoice): number {
  return plan.latencyMs?.base ?? 0;
}

function managed(need: ReaderNeed, model: Model, places: ReaderPlaces, context: Context): Way {
  const { catalog, prices, target } = context;
  const { managedRegion: region } = places;
  if (!target.readers.forms.includes('managed')) return { reasons: [] };
  if (region === null) return { reasons: ['prompts must not reach a model that the provider runs'] };
  const sold = managedReader(model, region, catalog, prices);
  if (sold === null) return { reasons: [`${model.id} is not known to be sold in ${region}`] };
  if (need.longestTokens > model.maxContextTokens && model.kind === 'embedding') {
    return {
      reasons: [`${need.longestTokens} tokens, ${model.name} reads ${model.maxContextTokens} at most`],
    };
  }
  const price = prices.price(sold.price);
  const perHour = (unitsPerMonth(need, model) * 3600) / SECONDS_PER_MONTH;
  return {
    ...NOTHING,
    model,
    managed: sold,
    shared: NOT_SHARED,
    usdPerHour: price.state === 'priced' ? price.usd.base * perHour : Number.POSITIVE_INFINITY,
    plan: {
      model: model.id,
      runsOn: 'managed',
      modelId: sold.modelId,
      load: need.load,
      fleet: null,
      tokensPerSecondPerReplica: null,
      busyAtPeak: null,
      latencyMs: null,
      derivation: [],
    },
  };
}

/** What one query of Bedrock's rerankers covers: so many chunks, each of so many tokens with its query. */
const CHUNKS_PER_QUERY = 100;
const TOKENS_PER_CHUNK = 512;

/** What the provider counts in a month: millions of tokens, or queries. */
export function unitsPerMonth({ load }: ReaderNeed, model: Model): number {
  const queries = load.queriesPerSecond.mean * SECONDS_PER_MONTH;
  if (model.kind !== 'reranker') return (queries * load.textsPerQuery * load.tokensPerText) / 1e6;
  const chunks = load.textsPerQuery * Math.ceil(load.tokensPerText / TOKENS_PER_CHUNK);
  return queries * Math.ceil(chunks / CHUNKS_PER_QUERY);
}

function onGpus(need: ReaderNeed, model: Model, places: ReaderPlaces, context: Context): Way[] {
  const { shared, nodes } = places;
  const own = nodes.map((offering): Way => {
    const accelerator = context.catalog.accelerators.get(offering.accelerator);
    if (accelerator === undefined) throw new Error(`no accelerator ${offering.accelerator}`);
    const way = onGpu(need, model, accelerator, offering, need.name, context);
    if ('reasons' in way) return way;
    const { replicas } = way.fleet;
    return {
      ...choiceOf(need, model, way, 'gpu', accelerator),
      usdPerHour: replicas * hourlyUsd(offering),
      shared: NOT_SHARED,
      own: { offering, count: replicas },
    };
  });
  if (shared === null) return own;
  const way = onGpu(need, model, shared.accelerator, shared.offering, GPU_POOL, context);
  if ('reasons' in way) return [...own, way];
  const gpus = way.fleet.replicas;
  const addedNodes = Math.max(0, Math.ceil((gpus - shared.idle) / shared.offering.gpus));
  return [
    ...own,
    {
      ...choiceOf(need, model, way, 'gpu', shared.accelerator),
      usdPerHour: addedNodes === 0 ? 0 : addedNodes * hourlyUsd(whole(shared.offering)),
      shared: { gpus, addedNodes },
    },
  ];
}

function onGpu(
  need: ReaderNeed,
  model: Model,
  accelerator: Accelerator,
  offering: NodeOffering,
  nodePool: string,
  context: Context,
): ReaderServers | { readonly reasons: readonly string[] } {
  const { tokensPerText } = need.load;
  const rate = readingRate(
    { model, accelerator, precision: 'bf16', tokensPerText: Math.max(tokensPerText, 1) },
    context.catalog.constants,
  );
  if ('reasons' in rate) return rate;
  const share = ALLOCATABLE_SHARE / offering.gpus;
  return readerServers(need, model, rate, context, {
    launch: gpuReaderLaunch(slotOf(model)),
    gpusPerReplica: 1,
    nodePool,
    pod: {
      cpu: String(Math.max(1, Math.floor(offering.vcpus * share))),
      memoryGib: Math.max(2, Math.floor(offering.memoryGib * share) - SHARED_MEMORY_GIB),
      sharedMemoryGib: SHARED_MEMORY_GIB,
    },
  });
}

function onCpus(need: ReaderNeed, model: Model, { cpu }: ReaderPlaces, context: Context): Way {
  if (cpu === null) return { reasons: [] };
  const rate = cpuReadingRate({
    model,
    vcpus: cpu.vcpus,
    tokensPerText: Math.max(need.load.tokensPerText, 1),
  });
  if ('reasons' in rate) return rate;
  const neededGib = Math.ceil(2 * weightsIn32BitsGib(model)) + SHARED_MEMORY_GIB;
  const memoryGib = cpu.memoryGib - SHARED_MEMORY_GIB;
  if (neededGib > memoryGib) {
    return { reasons: [`${model.id} takes ${neededGib} GiB on CPUs, a node has ${memoryGib}`] };
  }
  const found = readerServers(need, model, rate, context, {
    launch: cpuReaderLaunch(slotOf(model), cpu.vcpus),
    gpusPerReplica: 0,
    nodePool: CPU_POOL,
    // One to a node: a second could only take what the first needs.
    pod: { cpu: String(cpu.vcpus), memoryGib: neededGib, sharedMemoryGib: SHARED_MEMORY_GIB },
  });
  const { replicas } = found.fleet;
  return {
    ...choiceOf(need, model, found, 'cpu', null),
    usdPerHour: replicas * cpu.usdPerHour,
    shared: NOT_SHARED,
    cpuNodes: replicas,
  };
}

function choiceOf(
  need: ReaderNeed,
  model: Model,
  { fleet, rate, reading, latencyMs, ownLoad }: ReaderServers,
  runsOn: 'gpu' | 'cpu',
  accelerator: Accelerator | null,
) {
  return {
    ...NOTHING,
    model,
    rate,
    accelerator,
    ownLoad,
    plan: {
      model: model.id,
      runsOn,
      modelId: null,
      load: need.load,
      fleet,
      tokensPerSecondPerReplica: rate.tokensPerSecond,
      busyAtPeak: readingShare(reading.tokensPerSecond, rate, fleet.replicas),
      latencyMs,
      derivation: reading.derivation,
    },
  };
}

function slotOf(model: Model) {
  return { weights: weightsOf(model), servedName: model.id, contextTokens: model.maxContextTokens };
}
