import { assert, constantFrom, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstinessAt, slotsOf, type Server } from '#lib/queueing/server';
import { underLoad } from '#lib/queueing/under-load';
import { quantile } from '#lib/units/quantile';
import { closedLoopRate, LOAD_NAMES, serverOf, STEPS_NAMES } from './servers';
import { simulate } from './simulate';

const USES = [0.3, 0.6, 0.75];

/** Ratios of computed to simulated 95th percentiles, over servers and loads. */
function ratios(burstiness: number): { readonly ttft: number[]; readonly tpot: number[] } {
  const found = { ttft: [] as number[], tpot: [] as number[] };
  let seed = 100;
  for (const steps of STEPS_NAMES)
    for (const load of LOAD_NAMES)
      for (const use of USES) {
        const plain = serverOf(steps, load);
        const requestsPerSecond = use * closedLoopRate(plain);
        const server: Server = { ...plain, stream: { requestsPerSecond, burstiness } };
        const simulated = simulate(
          {
            ...server,
            stepSeconds: (running, promptTokens) =>
              (server.decodeSeconds[running] ?? 0) + promptTokens * server.secondsPerPromptToken,
            maxSequences: slotsOf(server),
          },
          {
            replicas: 1,
            routing: 'random',
            requests: 8000,
            seed: (seed += 1),
            requestsPerSecond,
            burstiness,
          },
        );
        const computed = underLoad(server, requestsPerSecond);
        if (computed === null) continue;
        found.ttft.push(computed.firstToken.percentile(0.95) / simulated.ttftSeconds.p95);
        found.tpot.push(computed.perToken.percentile(0.95) / simulated.tpotSeconds.p95);
      }
  return found;
}

const quantileOf = (values: readonly number[], share: number) =>
  quantile(
    values.toSorted((a, b) => a - b),
    share,
  );
const errors = (values: readonly number[]) => values.map((ratio) => Math.abs(ratio - 1));

describe('arrivals in bursts, against a simulation of every step', () => {
  it('are met within a tenth in the median where counts vary three times as much as Poisson', () => {
    const { ttft, tpot } = ratios(3);
    expect(quantileOf(errors(ttft), 0.5)).toBeLessThan(0.1);
    expect(quantileOf(errors(ttft), 0.9)).toBeLessThan(0.35);
    expect(quantileOf(errors(tpot), 0.5)).toBeLessThan(0.05);
    expect(quantileOf(errors(tpot), 0.9)).toBeLessThan(0.15);
  }, 60_000);

  it('are judged too late rather than too early where they vary eight times as much', () => {
    const { ttft, tpot } = ratios(8);
    expect(quantileOf(ttft, 0.5)).toBeGreaterThan(1);
    expect(quantileOf(ttft, 0.1)).toBeGreaterThan(0.7);
    expect(quantileOf(errors(tpot), 0.5)).toBeLessThan(0.1);
  }, 60_000);

  it('would be missed by Poisson arrivals', () => {
    const server = serverOf(STEPS_NAMES[0], LOAD_NAMES[0]);
    const requestsPerSecond = 0.75 * closedLoopRate(server);
    const bursty = { ...server, stream: { requestsPerSecond, burstiness: 3 } };
    const p95 = (one: Server) => underLoad(one, requestsPerSecond)?.firstToken.percentile(0.95) ?? 0;
    expect(p95(bursty)).toBeGreaterThan(1.3 * p95(server));
  });
});

describe('a stream that a router splits', () => {
  it('is 1 + (burstiness − 1) ÷ replicas at each of them: 4 over 3 replicas is 2', () => {
    const server = {
      ...serverOf(STEPS_NAMES[0], LOAD_NAMES[0]),
      stream: { requestsPerSecond: 9, burstiness: 4 },
    };
    expect(burstinessAt(server, 3)).toBeCloseTo(2, 12);
    expect(burstinessAt(server, 9)).toBe(4);
    expect(burstinessAt({ ...server, stream: { requestsPerSecond: 9, burstiness: 1 } }, 3)).toBe(1);
  });

  it('never answers sooner the more it varies', () => {
    assert(
      property(
        constantFrom(...LOAD_NAMES),
        double({ min: 0.05, max: 0.7, noNaN: true }),
        double({ min: 1, max: 20, noNaN: true }),
        (load, use, burstiness) => {
          const server = serverOf('one L40S', load);
          const requestsPerSecond = use * closedLoopRate(server);
          const p95 = (more: number) =>
            underLoad(
              { ...server, stream: { requestsPerSecond, burstiness: more } },
              requestsPerSecond,
            )?.firstToken.percentile(0.95) ?? Number.POSITIVE_INFINITY;
          expect(p95(burstiness + 1)).toBeGreaterThanOrEqual(p95(burstiness) * (1 - 1e-9));
        },
      ),
      { numRuns: 60 },
    );
  });
});
