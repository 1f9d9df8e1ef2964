import { assert, constantFrom, double, property } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '#lib/queueing/server';
import { slotsOf } from '#lib/queueing/server';
import { underLoad } from '#lib/queueing/under-load';
import { closedLoopRate, LOAD_NAMES, serverOf, STEPS_NAMES } from './servers';
import { simulate, type Sample, type SimulationRun } from './simulate';

const SHARES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;
type Percentile = keyof typeof SHARES;

function simulated(server: Server, run: Partial<SimulationRun> & { requestsPerSecond: number }) {
  return simulate(
    {
      ...server,
      stepSeconds: (running, promptTokens) =>
        (server.decodeSeconds[running] ?? 0) + promptTokens * server.secondsPerPromptToken,
      maxSequences: slotsOf(server),
    },
    { replicas: 1, routing: 'random', requests: 8000, seed: 7, ...run },
  );
}

function loaded(server: Server, rate: number) {
  const found = underLoad(server, rate);
  if (found === null) throw new Error('overloaded');
  return found;
}

function middle(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
}

describe('underLoad against a simulation of every step', () => {
  const errors: Record<'first' | 'per', Record<Percentile | 'mean', number[]>> = {
    first: { mean: [], p50: [], p90: [], p95: [], p99: [] },
    per: { mean: [], p50: [], p90: [], p95: [], p99: [] },
  };
  const note = (
    kind: 'first' | 'per',
    found: { mean: number; percentile(share: number): number },
    by: Sample,
  ) => {
    errors[kind].mean.push(Math.abs(found.mean / by.mean - 1));
    for (const name of ['p50', 'p90', 'p95', 'p99'] as const)
      errors[kind][name].push(Math.abs(found.percentile(SHARES[name]) / by[name] - 1));
  };
  beforeAll(() => {
    // One seed for all would make all errors one.
    let seed = 0;
    for (const steps of STEPS_NAMES)
      for (const load of LOAD_NAMES)
        for (const use of [0.3, 0.6, 0.75]) {
          const server = serverOf(steps, load);
          const requestsPerSecond = use * closedLoopRate(server);
          seed += 1;
          const by = simulated(server, { requestsPerSecond, requests: 12_000, seed });
          const found = loaded(server, requestsPerSecond);
          note('first', found.firstToken, by.ttftSeconds);
          note('per', found.perToken, by.tpotSeconds);
        }
  }, 60_000);

  // Median and 90th percentile of the error over 45 servers and loads.
  it.each([
    ['first', 'mean', 0.04, 0.1],
    ['first', 'p50', 0.05, 0.1],
    ['first', 'p95', 0.08, 0.15],
    ['first', 'p99', 0.1, 0.25],
    ['per', 'mean', 0.02, 0.03],
    ['per', 'p50', 0.02, 0.03],
    ['per', 'p95', 0.04, 0.1],
    ['per', 'p99', 0.05, 0.15],
  ] as const)('%s token, %s: median error at most %f, nine of ten at most %f', (kind, name, median, most) => {
    expect(middle(errors[kind][name], 0.5)).toBeLessThanOrEqual(median);
    expect(middle(errors[kind][name], 0.9)).toBeLessThanOrEqual(most);
  });
});

describe('underLoad close to what a server can carry', () => {
  it.each(['chat', 'retrieval', 'few slots'] as const)('is within a quarter at p95 for %s', (load) => {
    const server = serverOf('one L40S', load);
    const requestsPerSecond = 0.85 * closedLoopRate(server);
    const by = simulated(server, { requestsPerSecond, requests: 40_000 });
    const { firstToken, perToken } = loaded(server, requestsPerSecond);
    expect(Math.abs(firstToken.percentile(0.95) / by.ttftSeconds.p95 - 1)).toBeLessThan(0.25);
    expect(Math.abs(perToken.percentile(0.95) / by.tpotSeconds.p95 - 1)).toBeLessThan(0.1);
  });
});

describe('underLoad', () => {
  it('has the worked figures of the method', () => {
    const { firstToken, perToken } = loaded(serverOf('two H100', 'chat'), 3.5);
    expect(1000 * firstToken.percentile(0.5)).toBeCloseTo(123, 0);
    expect(1000 * firstToken.percentile(0.95)).toBeCloseTo(452, 0);
    expect(1000 * perToken.percentile(0.95)).toBeCloseTo(35.4, 1);
  });

  it('carries what a closed loop with all slots taken carries, and no more', () => {
    for (const steps of STEPS_NAMES)
      for (const load of LOAD_NAMES) {
        const server = serverOf(steps, load);
        const most = closedLoopRate(server);
        expect(underLoad(server, 0.999 * most)).not.toBeNull();
        expect(underLoad(server, 1.001 * most)).toBeNull();
      }
  });

  it('has one step with the prompt as first token of a request that is alone', () => {
    const server = serverOf('two H100', 'chat');
    // Half a step in progress is counted even here: 16.5 ms of decode ÷ 2.
    const { firstToken } = loaded({ ...server, startSeconds: 0.02 }, 1e-6);
    expect(firstToken.mean).toBeCloseTo(0.02 + 1.5 * 0.0165 + 1155 * 74e-6, 4);
  });

  it('never gets slower when a replica is added', () => {
    assert(
      property(
        constantFrom(...STEPS_NAMES),
        constantFrom(...LOAD_NAMES),
        double({ min: 0.05, max: 0.95, noNaN: true }),
        double({ min: 0.3, max: 0.99, noNaN: true }),
        constantFrom(0.5, 0.9, 0.95, 0.99),
        (steps, load, use, fewer, share) => {
          const server = serverOf(steps, load);
          const rate = use * closedLoopRate(server);
          const [busy, idle] = [loaded(server, rate), loaded(server, rate * fewer)];
          expect(idle.firstToken.percentile(share)).toBeLessThanOrEqual(
            busy.firstToken.percentile(share) * 1.0001,
          );
          expect(idle.perToken.percentile(share)).toBeLessThanOrEqual(
            busy.perToken.percentile(share) * 1.0001,
          );
        },
      ),
    );
  });

  it('holds for each of three replicas to which requests go at random, and errs high for a router that looks', () => {
    const server = serverOf('two H100', 'chat');
    const each = 0.75 * closedLoopRate(server);
    const found = loaded(server, each);
    const fleet = { requestsPerSecond: 3 * each, replicas: 3, requests: 24_000 };
    const random = simulated(server, { ...fleet, routing: 'random' });
    const leastBusy = simulated(server, { ...fleet, routing: 'least-busy' });
    expect(Math.abs(found.firstToken.percentile(0.95) / random.ttftSeconds.p95 - 1)).toBeLessThan(0.2);
    expect(leastBusy.ttftSeconds.p95).toBeLessThan(random.ttftSeconds.p95);
    expect(leastBusy.tpotSeconds.p95).toBeLessThan(random.tpotSeconds.p95);
  });
});
