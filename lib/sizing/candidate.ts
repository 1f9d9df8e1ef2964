import type { ReplicaShape } from '#lib/sizing/features';
import {
  cacheGibPerGpu,
  logitBytesPerSequence,
  overheadDoubtGib,
  overheadGib,
  overheadOf,
  type Overhead,
} from '#lib/sizing/engine-memory';
import { residentSequences, usableGib } from '#lib/sizing/fit';
import { fullShare, kvReplication, stateBytesPerSequence } from '#lib/sizing/kv-cache';
import { highestWithin } from '#lib/sizing/highest-passing';
import { expertDegree, longerPipelines, replicaShapes } from '#lib/sizing/parallelism';
import { predictorFor, type OperatingPoint, type Predictor, type SizingMethod } from '#lib/sizing/predictor';
import { cachedBytesPerToken, keptInFlight, keptStates, keptTokens } from '#lib/sizing/running-cache';
import type { Binding, ServingDemand } from '#lib/sizing/sizing';
import { techniqueMemory } from '#lib/sizing/techniques/memory';
import {
  parametersOf,
  repeatedWeightBytes,
  servedWeightBytes,
  unknownQuantisationBytes,
} from '#lib/sizing/weights';
import { bytesToGib } from '#lib/units/bytes';

/** Sequences that an engine runs at once, per attention group. */
const MAX_SEQUENCES = 1024;
/** The cache is handed out in pages of 16 tokens, of which a sequence leaves half of the last one empty. */
const HALF_PAGE_TOKENS = 8;

/** What a layout has to hold, in bytes and GiB. */
export interface Load {
  readonly shape: ReplicaShape;
  readonly gpus: number;
  /** The model alone, and everything that is loaded: the model, a drafter, adapters. */
  readonly modelBytes: number;
  /** What the model may take less, where nobody published what its checkpoint leaves in 16 bits. */
  readonly doubtfulBytes: number;
  readonly weightBytes: number;
  /** What of it lies on the GPUs. */
  readonly heldBytes: number;
  /** Cache that the pool of prefixes takes. */
  readonly poolBytes: number;
  /** One GPU, for everything but weights and cache. */
  readonly overhead: Overhead;
  readonly kvBytesPerToken: number;
  readonly replication: number;
  /** One token over all layers with its copies, a drafter's cache included. */
  readonly tokenBytes: number;
  /** What a sequence of any length keeps besides: states of linear attention, and how many of them. */
  readonly stateBytes: number;
  readonly states: number;
  /** Cache of prompts in flight beyond that of the sequences. */
  readonly inFlightBytes: number;
  /** What it takes while it runs: its logits. */
  readonly logitBytes: number;
  /** Tokens that a sequence of the mean length holds for itself, as a mean over its layers. */
  readonly residentTokens: number;
  readonly usableGibPerGpu: number;
  readonly freeGib: number;
  readonly maxConcurrency: number;
  /** True when the longest sequence fits beside the weights, at the most that the kernels may work in. */
  readonly holdsLongest: boolean;
  /** For that sequence, at the most. */
  readonly neededGibPerGpu: number;
}

export interface Candidate {
  readonly load: Load;
  readonly predictor: Predictor;
  readonly point: OperatingPoint;
  readonly binding: Binding;
}

/** Memory of one layout. `null` where the model's dimensions are not published. */
export function loadOf(demand: ServingDemand, shape: ReplicaShape): Load | null {
  const { model, accelerator, memoryShare, inputTokens, outputTokens } = demand;
  const parameters = parametersOf(model);
  const kvBytes = cachedBytesPerToken(model, demand.kvPrecision, accelerator);
  if (parameters === null || kvBytes === null) return null;
  const extra = techniqueMemory(demand, shape);
  if (extra === null) return null;
  const gpus = shape.tensor * shape.pipeline;
  const modelBytes =
    servedWeightBytes(model, parameters, demand.precision) +
    repeatedWeightBytes(model, parameters, demand.precision, shape);
  const heldBytes = modelBytes * extra.weightsShare + extra.extraWeightBytes;
  const replication = kvReplication(model, demand.accelerator, shape.tensor, shape.attentionData);
  const tokenBytes = kvBytes * replication + extra.extraKvBytesPerToken;
  const states = keptStates(demand);
  const stateBytes = states * stateBytesPerSequence(model);
  const logitBytes = logitBytesPerSequence(model, shape);
  const held = (tokens: number) => keptTokens(demand, tokens);
  // Layers with a window keep their own last tokens: only the others share a prefix.
  const mean =
    held(inputTokens.mean + outputTokens.mean) - fullShare(model) * extra.pooledTokens + HALF_PAGE_TOKENS;
  const poolBytes = extra.pooledPrefixes * tokenBytes * held(extra.pooledTokens);
  const weightsGib = bytesToGib(heldBytes) / gpus;
  const cacheGib = (reserved: number) => gpus * cacheGibPerGpu(demand, weightsGib, reserved);
  // With attention data parallelism the longest sequence lies in one group alone.
  const longestGib = bytesToGib(
    tokenBytes * held(inputTokens.longest + outputTokens.longest) * shape.attentionData +
      stateBytes +
      logitBytes,
  );
  const overhead = overheadOf(demand, shape, { weightsGib, longestGib: longestGib / gpus });
  const reservedGib = overheadGib(overhead);
  const doubtGib = overheadDoubtGib(overhead);
  const inFlightBytes = tokenBytes * keptInFlight(demand, overhead.budgetTokens);
  const inFlightGib = bytesToGib(inFlightBytes);
  const free = cacheGib(reservedGib) - bytesToGib(poolBytes) - inFlightGib;
  return {
    shape,
    gpus,
    modelBytes,
    doubtfulBytes: unknownQuantisationBytes(model, parameters, demand.precision),
    weightBytes: modelBytes + extra.extraWeightBytes,
    heldBytes,
    poolBytes,
    overhead,
    tokenBytes,
    states,
    stateBytes,
    inFlightBytes,
    logitBytes,
    kvBytesPerToken: kvBytes,
    replication,
    residentTokens: mean,
    usableGibPerGpu: usableGib(accelerator, memoryShare),
    freeGib: free,
    maxConcurrency: Math.min(
      MAX_SEQUENCES * shape.attentionData * shape.pipeline,
      Math.floor(
        residentSequences(free, {
          kvBytesPerToken: tokenBytes,
          residentTokens: mean,
          replication: 1,
          stateBytes: stateBytes + logitBytes,
        }),
      ),
    ),
    holdsLongest: longestGib + inFlightGib <= cacheGib(reservedGib + doubtGib),
    neededGibPerGpu: weightsGib + reservedGib + doubtGib + (longestGib + inFlightGib) / gpus,
  };
}

const HELD = new WeakMap<ServingDemand, readonly Load[]>();

/** Layouts that hold the weights and the longest sequence; kept, since a demand is bounded, searched and reported. */
export function heldLoads(demand: ServingDemand): readonly Load[] {
  let held = HELD.get(demand);
  if (held === undefined) HELD.set(demand, (held = findHeldLoads(demand)));
  return held;
}

/** Says that a demand differs from another in what no memory depends on. */
export function holdsAs(demand: ServingDemand, other: ServingDemand): void {
  HELD.set(demand, heldLoads(other));
}

/** Of the longer pipelines than those, the ones with fewer accelerators than so many. */
export function longerLoads(demand: ServingDemand, belowGpus: number): readonly Load[] {
  const tried = heldLoads(demand).map(({ shape }) => shape);
  return longerPipelines(demand, tried)
    .filter(({ tensor, pipeline }) => tensor * pipeline < belowGpus)
    .map((shape) => loadOf(demand, shape))
    .filter(isHeld);
}

function isHeld(load: Load | null): load is Load {
  return load !== null && load.holdsLongest && load.maxConcurrency >= 1;
}

function findHeldLoads(demand: ServingDemand): readonly Load[] {
  // Shapes are asked for up to three times: whether they hold, whether a narrower one does, and what they hold.
  const loads = new Map<string, Load | null>();
  const loadIn = (shape: ReplicaShape) => {
    const key = `${shape.tensor}/${shape.pipeline}/${shape.attentionData}`;
    let load = loads.get(key);
    if (load === undefined) loads.set(key, (load = loadOf(demand, shape)));
    return load;
  };
  return replicaShapes(demand, (shape) => isHeld(loadIn(shape)))
    .map(loadIn)
    .filter(isHeld);
}

/**
 * The most sequences of one layout at which TPOT meets its objective while all slots are taken, or the point at
 * concurrency 1 that misses one. The engine is started with that many: more would wait rather than slow the others.
 */
export function candidateOf(
  demand: ServingDemand,
  load: Load,
  method: SizingMethod,
): { candidate: Candidate } | { candidate: null; single: OperatingPoint } | null {
  const predictor = predictorOf(demand, load, method);
  if (predictor === null) return null;
  const point = highestWithin(load.maxConcurrency, predictor.at, demand.tpotMs ?? Number.POSITIVE_INFINITY);
  const { ttftMs, percentile } = demand;
  const isIdleLate = percentile === null && ttftMs !== null && predictor.at(1).ttftMs > ttftMs;
  if (point === null || isIdleLate) return { candidate: null, single: predictor.at(1) };
  return { candidate: { load, predictor, point, binding: bindingOf(load, point) } };
}

/** `null` where the model's dimensions are not published. */
export function predictorOf(demand: ServingDemand, load: Load, method: SizingMethod): Predictor | null {
  const { predictors } = method;
  if (predictors === undefined) return newPredictor(demand, load, method);
  const { tensor, pipeline, attentionData, stageNodes = 1 } = load.shape;
  const degrees = `${tensor}/${pipeline}/${attentionData}/${expertDegree(demand, load.shape)}`;
  const between = stageNodes > 1 ? JSON.stringify(demand.fabric) : '';
  const layout = `${degrees}/${load.overhead.budgetTokens}/${stageNodes}${between}`;
  let predictor = predictors.get(layout);
  if (predictor === undefined) predictors.set(layout, (predictor = newPredictor(demand, load, method)));
  return predictor;
}

function newPredictor(
  demand: ServingDemand,
  { shape, overhead }: Load,
  method: SizingMethod,
): Predictor | null {
  // Field by field: to copy a demand takes as long as to predict a point.
  const predictor = predictorFor(
    {
      model: demand.model,
      accelerator: demand.accelerator,
      precision: demand.precision,
      kvPrecision: demand.kvPrecision,
      engine: demand.calibration,
      shape: { ...shape, expertParallel: expertDegree(demand, shape) },
      inputTokens: demand.inputTokens.mean,
      outputTokens: demand.outputTokens.mean,
      cachedShare: demand.cachedShare,
      techniques: demand.techniques,
      fabric: demand.fabric,
      stepTokens: overhead.budgetTokens,
      isMaximum: false,
    },
    method,
  );
  return predictor === null ? null : remembered(predictor);
}

/** Search and queue ask for the same points. */
function remembered(predictor: Predictor): Predictor {
  const points = new Map<number, OperatingPoint>();
  return {
    ...predictor,
    at: (concurrency, waiting = 0) => {
      const known = waiting === 0 ? points.get(concurrency) : undefined;
      if (known !== undefined) return known;
      const point = predictor.at(concurrency, waiting);
      if (waiting === 0) points.set(concurrency, point);
      return point;
    },
  };
}

function bindingOf(load: Load, point: OperatingPoint): Binding {
  if (point.concurrency < load.maxConcurrency) return 'latency';
  if (load.maxConcurrency < MAX_SEQUENCES * load.shape.attentionData * load.shape.pipeline) return 'memory';
  const { weights, multiply, kv, attention, communication } = point.roofline.step;
  const read = Math.max(weights, kv);
  const computed = Math.max(multiply, attention);
  if (communication > Math.max(read, computed)) return 'interconnect';
  return computed > read ? 'compute' : 'bandwidth';
}
