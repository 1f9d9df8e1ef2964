import type { Precision } from '#lib/catalog/precision';
import { normalShareBelow } from '#lib/queueing/delay';
import type { Model } from '#lib/catalog/models';
import type { Accelerator } from '#lib/catalog/accelerators';
import { heldLoads, predictorOf, type Load } from '#lib/sizing/candidate';
import type { Predictor, SizingMethod } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { Band } from '#lib/units/band';

/** What a step of a reinforcement writes before it learns from it. */
export interface Rollouts {
  /** Answers of one step: prompts × answers to each. */
  readonly answers: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** Prompt and answer together, at most. */
  readonly longestTokens: number;
  /** Format of the weights that write. @default - bf16: what is updated needs no conversion */
  readonly precision?: Precision;
}

/** How the GPUs write the answers of a step, all of them at once and none left when the update begins. */
export interface Generation {
  readonly seconds: Band;
  readonly gpusPerReplica: number;
  readonly replicas: number;
  /** Answers that one replica writes at once. */
  readonly concurrency: number;
  /** Share of the seconds that full slots would not take: they stand empty behind the longest answers. */
  readonly idleShare: number;
}

/** Equal spans of an answer's tokens, over each of which the number that still run is taken for constant. */
const SPANS = 64;
/** Standard deviation ÷ mean of the lengths of answers, as where an environment says nothing. */
const VARIATION = 1;
/** The weights, gradients and states of the training wait in host memory or on other GPUs' shares meanwhile. */
const MEMORY_SHARE = 0.8;

/** The fastest way in which so many GPUs write the answers of a step; `null` where no replica fits them. */
export function generationOf(
  rollouts: Rollouts,
  model: Model,
  accelerator: Accelerator,
  gpus: number,
  method: SizingMethod,
): Generation | null {
  const demand = servingDemand(rollouts, model, accelerator);
  let best: Generation | null = null;
  // A whole node may hold the weights with room for a handful of answers: two write far more than twice as many.
  for (const load of heldLoads(demand)) {
    if (load.gpus > gpus) continue;
    const predictor = predictorOf(demand, load, method);
    if (predictor === null) return null;
    const generation = writtenBy(rollouts, load, predictor, Math.floor(gpus / load.gpus));
    if (best === null || generation.seconds.base < best.seconds.base) best = generation;
  }
  return best;
}

function servingDemand(
  { promptTokens, answerTokens, longestTokens, precision }: Rollouts,
  model: Model,
  accelerator: Accelerator,
): ServingDemand {
  return {
    model,
    accelerator,
    gpusPerNode: Math.min(8, Math.max(1, accelerator.link.domain)),
    precision: precision ?? 'bf16',
    kvPrecision: 'bf16',
    calibration: 'vllm',
    memoryShare: MEMORY_SHARE,
    peakRequestsPerSecond: 1,
    meanRequestsPerSecond: 1,
    inputTokens: { mean: promptTokens, longest: promptTokens },
    outputTokens: { mean: answerTokens, longest: Math.max(answerTokens, longestTokens - promptTokens) },
    cachedShare: 0,
    ttftMs: null,
    tpotMs: null,
    percentile: null,
    availability: 0,
    fill: 1,
    replica: { mtbfHours: 1, mttrHours: 1, nodeShare: 0 },
  };
}

/** Answers beyond the slots follow as others end, at full throughput; the last ones drain until the longest is written. */
function writtenBy(rollouts: Rollouts, load: Load, predictor: Predictor, replicas: number): Generation {
  const each = Math.ceil(rollouts.answers / replicas);
  const slots = Math.min(each, load.maxConcurrency);
  const full = predictor.at(slots);
  const { throughput } = predictor.bandsAt(slots);
  const steady = ((each - slots) * rollouts.answerTokens) / full.tokensPerSecond;
  const longest = Math.max(rollouts.answerTokens, rollouts.longestTokens - rollouts.promptTokens);
  const typical = typicalTokens(rollouts.answerTokens, longest);
  let drain = 0;
  for (let span = 0; span < SPANS; span += 1) {
    const running = shareBeyond(((span + 0.5) / SPANS) * longest, typical);
    // The step ends with the last answer of any replica.
    if (running * slots * replicas < 0.5) break;
    const concurrency = Math.max(1, Math.round(running * slots));
    drain += ((longest / SPANS) * predictor.at(concurrency).tpotMs) / 1000;
  }
  // The prompts of the first ones are computed before any of them writes.
  const seconds = steady + full.ttftMs / 1000 + drain;
  const ideal = (each * rollouts.answerTokens) / full.tokensPerSecond;
  return {
    seconds: { low: seconds / throughput.high, base: seconds, high: seconds / throughput.low },
    gpusPerReplica: load.gpus,
    replicas,
    concurrency: slots,
    idleShare: Math.max(0, 1 - ideal / seconds),
  };
}

/** Share of lognormal lengths beyond `tokens`. */
function shareBeyond(tokens: number, typical: number): number {
  return 1 - normalShareBelow(Math.log(tokens / typical) / Math.sqrt(Math.log(1 + VARIATION ** 2)));
}

/** The median of the lengths whose mean, once they are cut at the longest, is the one asked. */
function typicalTokens(mean: number, longest: number): number {
  const meanOf = (typical: number) => {
    let sum = 0;
    for (let span = 0; span < SPANS; span += 1)
      sum += (longest / SPANS) * shareBeyond(((span + 0.5) / SPANS) * longest, typical);
    return sum;
  };
  let [low, high] = [0, longest * SPANS];
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (meanOf(middle) < mean) low = middle;
    else high = middle;
  }
  return high;
}
