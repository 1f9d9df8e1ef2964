import type { PromptLoad } from '#lib/queueing/steps';
import { slotsOf, type Server } from '#lib/queueing/server';

/** How many requests a server holds over time, and how long those wait that find all slots taken. */
export interface Occupancy {
  /** Share of time by the number of requests in slots, from none to all; with all taken, others may wait. */
  readonly shares: readonly number[];
  /** Share of requests that find no free slot. */
  readonly waiting: number;
  /** Mean wait of those, in seconds. */
  readonly waitSeconds: number;
}

/**
 * A processor that is shared: with `k` requests each takes `h(k) = output × d(k) ÷ (1 − ρ)` seconds, so that
 * `p(k) ∝ Π λ h(j) ÷ j` whatever the distribution of the output (Cohen 1979), and geometric beyond the slots.
 *
 * A prompt also holds up all that run, who then leave later: arrivals weigh `1 + κ × length ÷ mean` with
 * `κ = ρ ÷ (1 − ρ)`, which widens the distribution as a variance of noise of `burst` instead of 1 does, and makes the
 * wait longer by the same reasoning (Kingman 1961).
 *
 * @returns `null` where the requests are more than the server can finish
 */
export function occupancyOf(server: Server, load: PromptLoad): Occupancy | null {
  const slots = slotsOf(server);
  const { requestsPerSecond: rate, busy } = load;
  const { decodeSeconds, outputTokens } = server;
  const holding = (outputTokens.mean * (decodeSeconds[slots] ?? 0)) / (1 - busy);
  const use = (rate * holding) / slots;
  if (busy >= 1 || use >= 1) return null;
  const held = busy / (1 - busy);
  const arrivals = load.burstiness * (1 + held) ** 2 + held ** 2 * server.inputTokens.variation ** 2;
  const burst = (arrivals + 1) / 2;
  const burstWaiting = (arrivals + outputTokens.variation ** 2) / 2;

  // Loops over one list: a search asks at dozens of rates, each with up to a thousand slots.
  const shares = [0];
  let [log, highest] = [0, 0];
  for (let requests = 1; requests <= slots; requests += 1) {
    const holdingThose = (outputTokens.mean * (decodeSeconds[requests] ?? 0)) / (1 - busy);
    log += Math.log((rate * holdingThose) / requests) / burst;
    highest = Math.max(highest, log);
    shares.push(log);
  }
  let total = 0;
  for (let requests = 0; requests < slots; requests += 1) {
    const weight = Math.exp((shares[requests] ?? 0) - highest);
    shares[requests] = weight;
    total += weight;
  }
  // Geometric: all that find every slot taken, in slots or waiting.
  const full = Math.exp((shares[slots] ?? 0) - highest) / (1 - use ** (1 / burst));
  total += full;
  shares[slots] = full;
  for (let requests = 0; requests <= slots; requests += 1) shares[requests] = (shares[requests] ?? 0) / total;
  return {
    shares,
    waiting: full / total,
    waitSeconds: (burstWaiting * holding) / slots / (1 - use),
  };
}
