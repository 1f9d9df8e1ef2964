/** Lengths drawn from a lognormal distribution, in whole tokens from 1; variation is standard deviation ÷ mean. */
interface Lengths {
  readonly mean: number;
  readonly variation: number;
}

export interface SimulatedServer {
  /** Duration of an engine step. */
  readonly stepSeconds: (runningSequences: number, prefillTokens: number) => number;
  readonly maxSequences: number;
  readonly chunkTokens: number;
  readonly inputTokens: Lengths;
  readonly outputTokens: Lengths;
}

export interface SimulationRun {
  readonly requestsPerSecond: number;
  readonly replicas: number;
  readonly routing: 'random' | 'round-robin' | 'least-busy';
  readonly requests: number;
  readonly seed: number;
  /** Squared coefficient of variation of the times between arrivals; above 1 in bursts. @default - 1, Poisson */
  readonly burstiness?: number;
}

export interface Sample {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

export interface Simulated {
  readonly ttftSeconds: Sample;
  readonly tpotSeconds: Sample;
  /** Share of requests that found no free slot. */
  readonly waited: number;
  readonly meanRunning: number;
}

interface Request {
  readonly arrivedAt: number;
  readonly outputTokens: number;
  prefillLeft: number;
  firstTokenAt: number;
}

const WARM_UP_SHARE = 0.1;

/**
 * Continuous batching, request by request: Poisson arrivals, first come first served; at every step each running
 * sequence makes a token and the rest of the token budget goes to waiting prompts, in chunks. A prompt's last chunk makes
 * its first token. Independent of the formulas it is there to judge.
 */
export function simulate(server: SimulatedServer, run: SimulationRun): Simulated {
  const random = seededRandom(run.seed);
  const replicas = Array.from({ length: run.replicas }, () => new Replica(server));
  let now = 0;
  for (let index = 0; index < run.requests; index += 1) {
    now += gap(run, random);
    for (const replica of replicas) replica.advanceTo(now);
    const chosen = choose(replicas, run.routing, index, random);
    chosen.offer(
      {
        arrivedAt: now,
        prefillLeft: drawTokens(server.inputTokens, random),
        outputTokens: drawTokens(server.outputTokens, random),
        firstTokenAt: Number.NaN,
      },
      now,
    );
  }
  for (const replica of replicas) replica.advanceTo(Number.POSITIVE_INFINITY);
  const from = now * WARM_UP_SHARE;
  const done = replicas.flatMap((replica) => replica.done).filter(({ arrivedAt }) => arrivedAt >= from);
  return {
    ttftSeconds: sampleOf(done.map(({ ttft }) => ttft)),
    tpotSeconds: sampleOf(done.flatMap(({ tpot }) => (tpot === null ? [] : [tpot]))),
    waited: done.filter(({ waited }) => waited).length / done.length,
    meanRunning: replicas.reduce((sum, { runningSeconds }) => sum + runningSeconds, 0) / now / run.replicas,
  };
}

/** Hyperexponential with balanced means: often short, seldom long. */
function gap({ requestsPerSecond, burstiness = 1 }: SimulationRun, random: () => number): number {
  const exponential = -Math.log(1 - random()) / requestsPerSecond;
  if (burstiness === 1) return exponential;
  const often = (1 + Math.sqrt((burstiness - 1) / (burstiness + 1))) / 2;
  return exponential / (2 * (random() < often ? often : 1 - often));
}

function choose(
  replicas: readonly Replica[],
  routing: SimulationRun['routing'],
  index: number,
  random: () => number,
): Replica {
  const at = routing === 'random' ? Math.floor(random() * replicas.length) : index % replicas.length;
  const turn = [...replicas.slice(at), ...replicas.slice(0, at)];
  const chosen =
    routing === 'least-busy'
      ? turn.reduce((best, next) => (next.outstanding < best.outstanding ? next : best))
      : turn[0];
  if (chosen === undefined) throw new Error('a simulation needs a replica');
  return chosen;
}

class Replica {
  public readonly done: { arrivedAt: number; ttft: number; tpot: number | null; waited: boolean }[] = [];
  public outstanding = 0;
  public runningSeconds = 0;
  private readonly server: SimulatedServer;
  private readonly queue: Request[] = [];
  private queueHead = 0;
  private prefilling: Request[] = [];
  private readonly endingAt = new Map<number, Request[]>();
  private readonly waited = new Set<Request>();
  private running = 0;
  private inSlots = 0;
  private step = 0;
  private stepEnd = Number.POSITIVE_INFINITY;
  private ready: Request[] = [];

  public constructor(server: SimulatedServer) {
    this.server = server;
  }

  public offer(request: Request, now: number): void {
    this.outstanding += 1;
    if (this.outstanding > this.server.maxSequences) this.waited.add(request);
    this.queue.push(request);
    if (this.stepEnd === Number.POSITIVE_INFINITY) this.startStep(now);
  }

  public advanceTo(time: number): void {
    while (this.stepEnd <= time && this.stepEnd !== Number.POSITIVE_INFINITY) {
      const end = this.stepEnd;
      this.endStep(end);
      this.startStep(end);
    }
  }

  private startStep(now: number): void {
    while (this.inSlots < this.server.maxSequences && this.queueHead < this.queue.length) {
      const next = this.queue[this.queueHead];
      if (next !== undefined) this.prefilling.push(next);
      this.queueHead += 1;
      this.inSlots += 1;
    }
    if (this.inSlots === 0) {
      this.stepEnd = Number.POSITIVE_INFINITY;
      return;
    }
    let budget = Math.max(0, this.server.chunkTokens - this.running);
    let prefilled = 0;
    for (const request of this.prefilling) {
      const chunk = Math.min(budget, request.prefillLeft);
      if (chunk === 0) break;
      request.prefillLeft -= chunk;
      budget -= chunk;
      prefilled += chunk;
      if (request.prefillLeft === 0) this.ready.push(request);
    }
    this.prefilling = this.prefilling.filter(({ prefillLeft }) => prefillLeft > 0);
    const duration = this.server.stepSeconds(this.running, prefilled);
    this.runningSeconds += this.running * duration;
    this.stepEnd = now + duration;
  }

  private endStep(now: number): void {
    this.step += 1;
    for (const request of this.endingAt.get(this.step) ?? []) this.finish(request, now);
    this.running -= this.endingAt.get(this.step)?.length ?? 0;
    this.endingAt.delete(this.step);
    for (const request of this.ready) {
      request.firstTokenAt = now;
      if (request.outputTokens === 1) this.finish(request, now);
      else {
        this.running += 1;
        const last = this.step + request.outputTokens - 1;
        const others = this.endingAt.get(last);
        if (others === undefined) this.endingAt.set(last, [request]);
        else others.push(request);
      }
    }
    this.ready = [];
  }

  private finish(request: Request, now: number): void {
    const steps = request.outputTokens - 1;
    this.done.push({
      arrivedAt: request.arrivedAt,
      ttft: request.firstTokenAt - request.arrivedAt,
      tpot: steps === 0 ? null : (now - request.firstTokenAt) / steps,
      waited: this.waited.delete(request),
    });
    this.outstanding -= 1;
    this.inSlots -= 1;
  }
}

function sampleOf(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
  };
}

function drawTokens({ mean, variation }: Lengths, random: () => number): number {
  const variance = Math.log(1 + variation ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(1, Math.round(mean * Math.exp(Math.sqrt(variance) * normal - variance / 2)));
}

/** Mulberry32: a small generator with a period of 2³², enough for these runs and equal on every machine. */
function seededRandom(seed: number): () => number {
  let state = Math.trunc(seed);
  return () => {
    state = (state + 0x6d2b79f5) % 4_294_967_296;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
