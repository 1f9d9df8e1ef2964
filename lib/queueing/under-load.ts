import { delayOf, type Delay, type DelayPart } from '#lib/queueing/delay';
import { lengthPoints } from '#lib/queueing/lengths';
import { occupancyOf, type Occupancy } from '#lib/queueing/occupancy';
import type { Server } from '#lib/queueing/server';
import { promptLoad, stepDurations, type PromptLoad, type StepDurations } from '#lib/queueing/steps';

/** What the requests of one replica see at a rate of arrivals. */
export interface UnderLoad {
  /** From the arrival to the first token. */
  readonly firstToken: Delay;
  /** Between two tokens of one answer, averaged over it. */
  readonly perToken: Delay;
  /** Sequences that make tokens, on average. */
  readonly meanRunning: number;
  /** Share of requests that find every slot taken. */
  readonly waiting: number;
}

/**
 * Latencies of one replica under Poisson arrivals, first come first served. A router that spreads requests at random
 * over replicas leaves each with Poisson arrivals, so that this holds for each of them at its share of the rate.
 *
 * @returns `null` where the requests are more than the server can finish
 */
export function underLoad(server: Server, requestsPerSecond: number): UnderLoad | null {
  const load = promptLoad(server, requestsPerSecond);
  const occupancy = occupancyOf(server, load);
  if (occupancy === null || isChoked(server, load)) return null;
  const running = runningOf(server, load, occupancy);
  const decodeSeconds = atNumber(server, running.mean);
  const durations = stepDurations(decodeSeconds, load);
  const arrival = { decodeSeconds, durations, load };
  return {
    firstToken: firstTokenOf(server, arrival, occupancy),
    perToken: perTokenOf(server, arrival, running),
    meanRunning: running.mean,
    waiting: occupancy.waiting,
  };
}

/** What an arriving request finds. */
interface Arrival {
  /** Decode of all that run, in each step. */
  readonly decodeSeconds: number;
  readonly durations: StepDurations;
  readonly load: PromptLoad;
}

/** Prompts alone fill every step. */
function isChoked(server: Server, load: PromptLoad): boolean {
  const decode = server.decodeSeconds.at(-1) ?? 0;
  const tokensPerSecond = load.requestsPerSecond * server.inputTokens.mean;
  return tokensPerSecond * (server.secondsPerPromptToken + decode / server.chunkTokens) >= 1;
}

/** Decode at a number of sequences between two whole ones. */
function atNumber({ decodeSeconds }: Server, running: number): number {
  const below = Math.floor(running);
  const [low = 0, high = low] = decodeSeconds.slice(below, below + 2);
  return low + (running - below) * (high - low);
}

interface Running {
  readonly mean: number;
  /** Mean and variance of a step's duration by how many run, as tokens see it. */
  readonly stepMean: number;
  readonly stepVariance: number;
}

function runningOf(server: Server, load: PromptLoad, { shares }: Occupancy): Running {
  const { mean: output } = server.outputTokens;
  // Of its slot's steps a request spends one on its prompt.
  const decoding = Math.max(0, output - 1) / output;
  let [mean, tokens, time, square] = [0, 0, 0, 0];
  for (let requests = 1; requests < shares.length; requests += 1) {
    const share = shares[requests] ?? 0;
    const step = (server.decodeSeconds[requests] ?? 0) / (1 - load.busy);
    const rate = (share * requests) / step;
    mean += share * requests * decoding;
    tokens += rate;
    time += rate * step;
    square += rate * step ** 2;
  }
  const stepMean = time / tokens;
  return { mean, stepMean, stepVariance: Math.max(0, square / tokens - stepMean ** 2) };
}

/**
 * The rest of the step in progress, then one with the own prompt and all that arrived before it started. Requests that
 * find every slot taken wait for one besides, exponentially long.
 */
function firstTokenOf(
  server: Server,
  { decodeSeconds, durations, load }: Arrival,
  occupancy: Occupancy,
): Delay {
  const { mean: found, variance } = durations.found;
  const chunks = 1 + Math.floor(server.inputTokens.mean / server.chunkTokens);
  const own = chunks * decodeSeconds + load.mean;
  const mean = server.startSeconds + own + found * (0.5 + load.busy);
  const spread =
    (load.mean * server.inputTokens.variation) ** 2 +
    variance * (0.5 + load.busy) ** 2 +
    (variance + found ** 2) / 12 +
    load.requestsPerSecond * found * load.square;
  const least = server.startSeconds + decodeSeconds;
  const { waiting, waitSeconds } = occupancy;
  return delayOf([
    { share: 1 - waiting, least, mean, variance: spread },
    { share: waiting, least, mean: mean + waitSeconds, variance: spread + waitSeconds ** 2 },
  ]);
}

/**
 * The mean step of a request's tokens. It varies with how many run, less over long answers: they see the load change
 * (the number in service forgets its past over one mean answer, as in M/M/∞). It varies with the prompts that arrive
 * meanwhile, `λ E[s²] d ÷ ((1 − ρ)³ × tokens)` (a busy period that a delay starts). And the own prompt was a long step,
 * whose arrivals hold up the first tokens.
 */
function perTokenOf(server: Server, { decodeSeconds, durations, load }: Arrival, running: Running): Delay {
  const { requestsPerSecond: rate, busy } = load;
  const steps = Math.max(1, server.outputTokens.mean - 1);
  const { mean: found, variance } = durations.found;
  const first = {
    mean: decodeSeconds + load.mean + busy * found,
    variance:
      (load.mean * server.inputTokens.variation) ** 2 + variance * busy ** 2 + rate * found * load.square,
  };
  const parts = lengthPoints(server.outputTokens).map(({ tokens, share }): DelayPart => {
    const own = Math.max(1, tokens - 1);
    const echo = ((busy / (1 - busy)) * (1 - busy ** own)) / own;
    return {
      share,
      least: Math.min(server.decodeSeconds[0] ?? 0, running.stepMean),
      mean: running.stepMean + Math.max(0, first.mean - running.stepMean) * echo,
      variance:
        running.stepVariance * averaged(own / steps) +
        (rate * load.square * decodeSeconds) / (1 - busy) ** 3 / own +
        first.variance * echo ** 2,
    };
  });
  // No step is longer than all slots and a full chunk.
  const longest = (server.decodeSeconds.at(-1) ?? 0) + server.chunkTokens * server.secondsPerPromptToken;
  return delayOf(parts, longest);
}

/** Share of the variance that is left of the mean over `times` relaxation times of an exponential correlation. */
function averaged(times: number): number {
  return (2 * (times - 1 + Math.exp(-times))) / times ** 2;
}
