import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision } from '#lib/catalog/precision';
import type { PriceBook } from '#lib/catalog/prices';
import { engines } from '#lib/engines/index';
import { longestOf } from '#lib/plan/demand';
import { assumedFabric } from '#lib/plan/nodes/node-fabric';
import type { ChosenDemand } from '#lib/plan/sizing/chosen-demand';
import { layoutsOf } from '#lib/plan/sizing/engine-layouts';
import { assumedEngineMemory } from '#lib/plan/sizing/engine-memory';
import { replicaFailures } from '#lib/plan/sizing/replica-failures';
import { sizedTechniques } from '#lib/plan/sizing/serving-techniques';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { ServingTechniques } from '#lib/spec/schema/serving-techniques';
import type { Percentile } from '#lib/units/percentile';

/** TensorRT-LLM is sized and not launched. */
export const SIZED_ENGINES = ['vllm', 'trtllm', 'sglang'] as const;

/** What somebody says of a load in so many words. What is left out is the option's, or else what is usual. */
export interface StatedLoad {
  readonly model: Model;
  readonly accelerator: Accelerator;
  readonly gpusPerNode?: number;
  /** Of all network cards of a node, Gb/s. */
  readonly fabricGbps?: number;
  readonly requestsPerSecond?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly ttftMs?: number;
  readonly tpotMs?: number;
  readonly percentile?: Percentile;
  readonly engine?: (typeof SIZED_ENGINES)[number];
  /** A release that counts what loading takes as if each step did. */
  readonly isEarlyRelease?: boolean;
  readonly kvPrecision?: KvPrecision;
  readonly tensorParallel?: number;
  readonly cachedShare?: number;
  readonly techniques: ServingTechniques;
}

type Demand = Omit<ServingDemand, 'precision'>;

const USUAL = {
  requestsPerSecond: 1,
  inputTokens: 1024,
  outputTokens: 256,
  gpusPerNode: 8,
  engine: 'vllm',
  kvPrecision: 'bf16',
  percentile: 'p95',
  availability: 0.99,
  fill: 0.7,
  memoryShare: 0.9,
} as const;

/** What is asked of the sizing where an environment says nothing. */
export function statedDemand(stated: StatedLoad, catalog: Catalog, prices: PriceBook): Demand {
  const { model, accelerator, techniques: serving } = stated;
  const engine = stated.engine ?? USUAL.engine;
  const lengths = {
    inputTokens: lengthsOf(stated.inputTokens ?? USUAL.inputTokens),
    outputTokens: lengthsOf(stated.outputTokens ?? USUAL.outputTokens),
  };
  const rate = stated.requestsPerSecond ?? USUAL.requestsPerSecond;
  const { fabricGbps, tensorParallel } = stated;
  return {
    model,
    accelerator,
    gpusPerNode: stated.gpusPerNode ?? USUAL.gpusPerNode,
    ...lengths,
    ...techniquesFor(serving, lengths, catalog, prices),
    kvPrecision: stated.kvPrecision ?? USUAL.kvPrecision,
    calibration: engine,
    ...launchedLayouts(engine, serving),
    ...(fabricGbps === undefined ? {} : { fabric: assumedFabric(fabricGbps, prices) }),
    memoryShare: USUAL.memoryShare,
    peakRequestsPerSecond: rate,
    meanRequestsPerSecond: rate,
    cachedShare: stated.cachedShare ?? 0,
    ttftMs: stated.ttftMs ?? null,
    tpotMs: stated.tpotMs ?? null,
    percentile: stated.percentile ?? USUAL.percentile,
    availability: USUAL.availability,
    fill: USUAL.fill,
    ...(tensorParallel === undefined ? {} : { tensorParallel }),
    coldStart: {
      loadGbPerSecond: prices.assumption('weights.load-gb-per-second').base,
      compileSeconds: prices.assumption('engine.compile-seconds').base,
    },
    engineMemory: assumedEngineMemory(prices, stated.isEarlyRelease ?? false),
    replica: replicaFailures(prices),
  };
}

/** What an option's plan was asked, but for what is stated otherwise. */
export function restatedDemand(
  stated: StatedLoad,
  { demand: chosen, techniques: own, engine, attentionData }: ChosenDemand,
  catalog: Catalog,
  prices: PriceBook,
): Demand {
  const { precision: _, storedAs, techniques: _sized, fabric, ...demand } = chosen;
  const serving = { ...own, ...stated.techniques };
  const isSameNode = stated.accelerator.id === demand.accelerator.id;
  const isRelaunched = stated.engine !== undefined || Object.keys(stated.techniques).length > 0;
  const lengths = {
    inputTokens: stated.inputTokens === undefined ? demand.inputTokens : lengthsOf(stated.inputTokens),
    outputTokens: stated.outputTokens === undefined ? demand.outputTokens : lengthsOf(stated.outputTokens),
  };
  const rate = stated.requestsPerSecond;
  const { fabricGbps, tensorParallel } = stated;
  const network =
    fabricGbps === undefined ? (isSameNode ? fabric : undefined) : assumedFabric(fabricGbps, prices);
  return {
    ...(isRelaunched ? withoutLayouts(demand) : demand),
    ...(isRelaunched ? launchedLayouts(stated.engine ?? engine, serving, attentionData) : {}),
    model: stated.model,
    accelerator: stated.accelerator,
    gpusPerNode: stated.gpusPerNode ?? (isSameNode ? demand.gpusPerNode : USUAL.gpusPerNode),
    ...(storedAs !== undefined && stated.model.id === demand.model.id ? { storedAs } : {}),
    ...lengths,
    ...techniquesFor(serving, lengths, catalog, prices),
    kvPrecision: stated.kvPrecision ?? demand.kvPrecision,
    calibration: stated.engine ?? demand.calibration,
    ...(network === undefined ? {} : { fabric: network }),
    ...(rate === undefined ? {} : { peakRequestsPerSecond: rate, meanRequestsPerSecond: rate }),
    cachedShare: stated.cachedShare ?? demand.cachedShare,
    ttftMs: stated.ttftMs ?? demand.ttftMs,
    tpotMs: stated.tpotMs ?? demand.tpotMs,
    percentile: stated.percentile ?? demand.percentile,
    ...(tensorParallel === undefined ? {} : { tensorParallel }),
    ...(stated.isEarlyRelease === undefined
      ? {}
      : { engineMemory: assumedEngineMemory(prices, stated.isEarlyRelease) }),
  };
}

function lengthsOf(mean: number): ServingDemand['inputTokens'] {
  return { mean, longest: longestOf({ mean }) };
}

function techniquesFor(
  serving: ServingTechniques,
  { inputTokens, outputTokens }: Pick<ServingDemand, 'inputTokens' | 'outputTokens'>,
  catalog: Catalog,
  prices: PriceBook,
): Pick<ServingDemand, 'techniques'> {
  const techniques = sizedTechniques(serving, inputTokens.longest + outputTokens.longest, catalog, prices);
  return techniques === undefined ? {} : { techniques };
}

/** As a plan would launch them. */
function launchedLayouts(
  engine: string,
  serving: ServingTechniques,
  ofTarget?: ChosenDemand['attentionData'],
): ReturnType<typeof layoutsOf> {
  const launched = engines.entries.find(({ id }) => id === engine);
  return launched === undefined ? {} : layoutsOf(launched, serving, ofTarget);
}

function withoutLayouts(demand: Omit<Demand, 'techniques' | 'fabric'>): typeof demand {
  const { attentionData: _, mostGroupedGpus: _most, spreadsExperts: _spreads, ...others } = demand;
  return others;
}
