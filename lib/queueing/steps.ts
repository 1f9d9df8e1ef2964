import { lengthMoment } from '#lib/queueing/lengths';
import { burstinessAt, type Server } from '#lib/queueing/server';

/** Prompts that arrive at a server: moments of the seconds that one takes in a step, and the share of time for all. */
export interface PromptLoad {
  readonly requestsPerSecond: number;
  readonly mean: number;
  /** Of the sum over the arrivals of a time, per arrival: `E[s²] + (burstiness − 1) × E[s]²`. */
  readonly square: number;
  readonly cube: number;
  /** Variance ÷ mean of the number of arrivals; 1 for Poisson. */
  readonly burstiness: number;
  /** `rate × mean`: the share of time spent on prompts, below 1. */
  readonly busy: number;
}

export function promptLoad(server: Server, requestsPerSecond: number): PromptLoad {
  const { inputTokens, secondsPerPromptToken } = server;
  const moment = (order: number) => secondsPerPromptToken ** order * lengthMoment(inputTokens, order);
  const mean = moment(1);
  const burstiness = burstinessAt(server, requestsPerSecond);
  return {
    requestsPerSecond,
    mean,
    square: moment(2) + (burstiness - 1) * mean ** 2,
    cube: moment(3),
    burstiness,
    busy: requestsPerSecond * mean,
  };
}

/** Durations of steps, in seconds: of all steps, and of the one that an arriving request finds in progress. */
export interface StepDurations {
  readonly mean: number;
  /** The longer a step, the more requests arrive in it. */
  readonly found: { readonly mean: number; readonly variance: number };
}

/**
 * A step takes its decode and all prompts that arrived during the one before: `τ' = d + Σ prompts(τ)`. With Poisson
 * arrivals its cumulants follow exactly:
 *
 * - mean `τ = d ÷ (1 − ρ)`, `ρ` the share of time for prompts;
 * - variance `λ τ E[s²] ÷ (1 − ρ²)`;
 * - third `(λ τ E[s³] + 3 λ E[s²] ρ variance) ÷ (1 − ρ³)`.
 *
 * Chunking delays what does not fit into one step; it is left out here, as steps seldom fill up at a load that holds.
 */
export function stepDurations(decodeSeconds: number, load: PromptLoad): StepDurations {
  const { requestsPerSecond: rate, busy } = load;
  const mean = decodeSeconds / (1 - busy);
  const variance = (rate * mean * load.square) / (1 - busy ** 2);
  const third = (rate * mean * load.cube + 3 * rate * load.square * busy * variance) / (1 - busy ** 3);
  const square = variance + mean ** 2;
  const cube = third + 3 * mean * variance + mean ** 3;
  const found = square / mean;
  return { mean, found: { mean: found, variance: cube / mean - found ** 2 } };
}
