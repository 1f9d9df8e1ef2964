import type { Delay } from '#lib/queueing/delay';
import type { Server } from '#lib/queueing/server';
import { underLoad } from '#lib/queueing/under-load';
import type { ServingDemand } from '#lib/sizing/sizing';
import { PERCENTILES, SHARE_BELOW, type Percentile } from '#lib/units/percentile';

/** A latency over all requests, in milliseconds. */
export interface LatencySpread extends Readonly<Record<Percentile, number>> {
  readonly mean: number;
}

/** What requests see of one replica at a rate of arrivals. */
export interface LatencyAtRate {
  /** Of one replica. */
  readonly requestsPerSecond: number;
  readonly ttftMs: LatencySpread;
  readonly tpotMs: LatencySpread;
  /** Sequences that make tokens, on average. */
  readonly running: number;
  /** Share of requests that find every slot taken and wait. */
  readonly waitingShare: number;
}

/** Percentiles of both latencies at a rate; `null` where a replica cannot finish so many requests. */
export function latencyAt(server: Server, requestsPerSecond: number): LatencyAtRate | null {
  const load = underLoad(server, requestsPerSecond);
  if (load === null) return null;
  return {
    requestsPerSecond,
    ttftMs: spreadOf(load.firstToken),
    tpotMs: spreadOf(load.perToken),
    running: load.meanRunning,
    waitingShare: load.waiting,
  };
}

function spreadOf(delay: Delay): LatencySpread {
  const at = (percentile: Percentile) => 1000 * delay.percentile(SHARE_BELOW[percentile]);
  const [p50, p90, p95, p99] = PERCENTILES.map(at);
  return { mean: 1000 * delay.mean, p50: p50 ?? 0, p90: p90 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0 };
}

type Objectives = Pick<ServingDemand, 'ttftMs' | 'tpotMs' | 'percentile'>;

/** Whether both objectives hold for the asked share of requests of one replica. */
function holdsAt(
  { ttftMs, tpotMs, percentile }: Objectives,
  server: Server,
  requestsPerSecond: number,
): boolean {
  const load = underLoad(server, requestsPerSecond);
  if (load === null) return false;
  const share = percentile === null ? 0 : SHARE_BELOW[percentile];
  const holds = (delay: Delay, asked: number | null) =>
    asked === null || delay.shareWithin(asked / 1000) >= share;
  return holds(load.firstToken, ttftMs) && holds(load.perToken, tpotMs);
}

/** A rate at which a request practically never meets another. */
const IDLE_REQUESTS_PER_SECOND = 1e-6;
const MOST_DOUBLINGS = 20;

/**
 * The fewest replicas from `least` on at which the objectives hold for the asked share of requests at the peak, which a
 * router spreads over them; `null` where they do not even hold for a replica that is idle.
 */
export function replicasAtPercentile(
  objectives: Objectives & Pick<ServingDemand, 'peakRequestsPerSecond'>,
  server: Server,
  least: number,
): number | null {
  const holds = (replicas: number) =>
    holdsAt(objectives, server, objectives.peakRequestsPerSecond / replicas);
  if (holds(least)) return least;
  if (!holdsAt(objectives, server, IDLE_REQUESTS_PER_SECOND)) return null;
  let [low, high] = [least, 2 * least];
  for (let doubling = 0; !holds(high); doubling += 1) {
    if (doubling > MOST_DOUBLINGS) return null;
    [low, high] = [high, 2 * high];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const HALVINGS = 12;

/**
 * The highest rate of one replica at which the objectives hold for the asked share of requests, to a four-thousandth;
 * without objectives the most that it can finish.
 *
 * @param holding - A rate at which they hold
 */
export function mostRequestsPerSecond(objectives: Objectives, server: Server, holding: number): number {
  let [low, high] = [holding, 2 * holding];
  for (let doubling = 0; doubling < MOST_DOUBLINGS && holdsAt(objectives, server, high); doubling += 1) {
    [low, high] = [high, 2 * high];
  }
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (holdsAt(objectives, server, middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Both latencies of a replica that is idle. */
export function idleLatency(server: Server): LatencyAtRate | null {
  return latencyAt(server, IDLE_REQUESTS_PER_SECOND);
}
