import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { slotsOf } from '#lib/queueing/server';
import { candidateOf, loadOf } from '#lib/sizing/candidate';
import { idleLatency, latencyAt } from '#lib/sizing/latency-under-load';
import { queueServer } from '#lib/sizing/queue-server';
import type { ServingDemand } from '#lib/sizing/sizing';
import { PERCENTILES } from '#lib/units/percentile';
import { demandFor, size, sized } from './demand';

const catalog = loadCatalog();
const RUNS = { numRuns: 30 };

function gpus(demand: ServingDemand): number {
  const result = size(demand);
  return result.fits ? result.replicas * result.gpusPerReplica : Infinity;
}

function queued(model: string, gpu: string, tensor: number, changes: Partial<ServingDemand> = {}) {
  const demand = demandFor(model, gpu, changes);
  const load = loadOf(demand, { tensor, pipeline: 1, attentionData: 1 });
  const found = load === null ? null : candidateOf(demand, load, catalog);
  if (load === null || found === null || found.candidate === null) throw new Error('does not fit');
  const { predictor, point } = found.candidate;
  return {
    predictor,
    point,
    server: queueServer(demand, load.shape, predictor, point.concurrency, catalog),
    output: demand.outputTokens.mean,
    stages: load.shape.pipeline,
  };
}

const LAYOUTS = [
  ['llama-3.1-70b', 'h100-sxm', 2],
  ['llama-3.1-8b', 'l40s', 1],
  ['gpt-oss-120b', 'b200-sxm', 1],
  ['llama-3.1-70b', 'mi300x', 4],
] as const;

describe('queueServer', () => {
  it.each(LAYOUTS)(
    'finishes as much as the predictor says, with all slots of %s on %s taken',
    (model, gpu, tp) => {
      const { server, point, predictor, output } = queued(model, gpu, tp);
      const prompt = server.secondsPerPromptToken * server.inputTokens.mean;
      const rateAt = (running: number) =>
        (running * output) / (output * (server.decodeSeconds[running] ?? 0) + running * prompt);
      expect(rateAt(point.concurrency) / point.tokensPerSecond).toBeCloseTo(1, 6);
      for (const share of [0.25, 0.4, 0.7]) {
        const running = Math.max(1, Math.round(share * slotsOf(server)));
        expect(Math.abs(rateAt(running) / predictor.at(running).tokensPerSecond - 1)).toBeLessThan(0.05);
      }
    },
  );

  it.each(LAYOUTS)('has steps that never get shorter with more sequences, for %s on %s', (model, gpu, tp) => {
    const { decodeSeconds } = queued(model, gpu, tp).server;
    expect(decodeSeconds.every((seconds, at) => seconds > 0 && seconds >= (decodeSeconds[at - 1] ?? 0))).toBe(
      true,
    );
  });

  it.each(LAYOUTS)("has the predictor's first token for one request alone, on %s, %s", (model, gpu, tp) => {
    const { server, predictor } = queued(model, gpu, tp);
    const idle = idleLatency(server)?.ttftMs.mean ?? Infinity;
    // Half a step in progress is counted even where none is.
    const halfStep = 500 * (server.decodeSeconds[1] ?? 0);
    expect(Math.abs((idle - halfStep) / predictor.at(1).ttftMs - 1)).toBeLessThan(0.1);
  });
});

describe('more replicas', () => {
  it.each(LAYOUTS)('never raise a latency of the same requests, with %s on %s', (model, gpu, tp) => {
    const { server, point, output } = queued(model, gpu, tp);
    const most = point.tokensPerSecond / output;
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (use, replicas) => {
          const [fewer, more] = [replicas, replicas + 1].map((count) =>
            latencyAt(server, (use * most * replicas) / count),
          );
          // What too few replicas cannot finish has no latency at all.
          if (fewer === null || fewer === undefined) return;
          for (const each of [...PERCENTILES, 'mean'] as const) {
            expect(more?.ttftMs[each]).toBeLessThanOrEqual(fewer.ttftMs[each] * (1 + 1e-9));
            expect(more?.tpotMs[each]).toBeLessThanOrEqual(fewer.tpotMs[each] * (1 + 1e-9));
          }
        },
      ),
      RUNS,
    );
  });
});

describe('objectives at a percentile', () => {
  it('hold at the peak for the asked share of requests, with a queue', () => {
    const { latency, ttftMs, tpotMs } = sized(demandFor('llama-3.1-70b', 'h100-sxm', { ttftMs: 400 }));
    expect(latency?.percentile).toBe('p95');
    expect(latency?.atPeak?.ttftMs.p95).toBeLessThanOrEqual(400);
    expect(latency?.atPeak?.tpotMs.p95).toBeLessThanOrEqual(50);
    expect([ttftMs.base, tpotMs.base]).toEqual([latency?.atPeak?.ttftMs.p95, latency?.atPeak?.tpotMs.p95]);
    expect(latency?.atMean?.ttftMs.p95).toBeLessThan(latency?.atPeak?.ttftMs.p95 ?? 0);
  });

  it('leave as much headroom as the replicas carry within them, and no more', () => {
    const demand = demandFor('llama-3.1-70b', 'h100-sxm', { tensorParallel: 2, ttftMs: 600 });
    const found = sized(demand);
    const most = found.latency?.mostRequestsPerSecond ?? 0;
    expect(found.headroom).toBeCloseTo((found.replicas * most) / demand.peakRequestsPerSecond - 1, 6);
    const { server } = queued('llama-3.1-70b', 'h100-sxm', 2, { ttftMs: 600 });
    const held = (rate: number) => {
      const at = latencyAt(server, rate);
      return at !== null && at.ttftMs.p95 <= 600 && at.tpotMs.p95 <= 50;
    };
    expect([held(0.999 * most), held(1.001 * most)]).toEqual([true, false]);
  });

  it('take more replicas than throughput alone where the queue would break them', () => {
    const busy = { tensorParallel: 2, peakRequestsPerSecond: 40 };
    const loose = sized(demandFor('llama-3.1-70b', 'h100-sxm', busy));
    const tight = sized(demandFor('llama-3.1-70b', 'h100-sxm', { ...busy, ttftMs: 300 }));
    expect(tight.replicasForLoad).toBeGreaterThan(loose.replicasForLoad);
    expect(tight.binding).toBe('latency');
    expect(tight.replicasForLoadBand.high).toBeGreaterThanOrEqual(tight.replicasForLoad);
  });

  it('say what an idle replica already takes, where none could meet them', () => {
    const result = size(demandFor('llama-3.1-70b', 'h100-sxm', { ttftMs: 100 }));
    expect(result.fits ? [] : result.reasons).toContainEqual(
      expect.stringMatching(/^TTFT \d+ ms at p95 when idle on \d+ × h100-sxm, 100 ms asked$/),
    );
  });

  it('never take fewer GPUs for more of the requests', () => {
    for (const ttftMs of [250, 400, 800]) {
      const counts = PERCENTILES.map((percentile) =>
        gpus(demandFor('llama-3.1-70b', 'h100-sxm', { ttftMs, percentile, peakRequestsPerSecond: 50 })),
      );
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    }
  });

  it('never take fewer GPUs when they are tighter', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('llama-3.1-8b', 'llama-3.1-70b', 'gpt-oss-120b'),
        fc.integer({ min: 60, max: 2000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 8, max: 80 }),
        (id, ttftMs, looser, tpotMs) => {
          const at = (ttft: number, tpot: number) =>
            gpus(
              demandFor(id, 'h200-sxm', {
                ttftMs: ttft,
                tpotMs: tpot,
                peakRequestsPerSecond: 30,
                outputTokens: { mean: 40, longest: 400, variation: 1.5 },
              }),
            );
          expect(at(ttftMs, tpotMs)).toBeGreaterThanOrEqual(at(ttftMs + looser, tpotMs));
          expect(at(ttftMs, tpotMs)).toBeGreaterThanOrEqual(at(ttftMs, tpotMs + 5));
        },
      ),
      // Two batches that differ by a millisecond at the limit.
      { ...RUNS, examples: [['llama-3.1-8b', 61, 1, 75]] },
    );
  });

  it.each([
    ['llama-3.1-70b', 'h200-sxm', 10.66, [1869, 0.9], [47, 1.1], 65.5, 'p50'],
    ['llama-3.1-8b', 'h100-sxm', 18.28, [7773, 0.7], [106, 1.3], 75.7, 'p99'],
  ] as const)(
    'never take fewer GPUs when tighter where the roofline ranks layouts wrongly: %s on %s',
    (model, gpu, peakRequestsPerSecond, [prompt, spread], [answer, answerSpread], tpotMs, percentile) => {
      const at = (tpot: number) =>
        gpus(
          demandFor(model, gpu, {
            peakRequestsPerSecond,
            percentile,
            tpotMs: tpot,
            inputTokens: { mean: prompt, longest: 3 * prompt, variation: spread },
            outputTokens: { mean: answer, longest: 3 * answer, variation: answerSpread },
          }),
        );
      for (const looser of [1.1, 1.2, 1.35, 1.5])
        expect(at(tpotMs)).toBeGreaterThanOrEqual(at(tpotMs * looser));
    },
  );

  it('never get slower with another replica', () => {
    const { server } = queued('llama-3.1-70b', 'h100-sxm', 2);
    let before = Infinity;
    for (let replicas = 3; replicas < 12; replicas += 1) {
      const p95 = latencyAt(server, 10 / replicas)?.ttftMs.p95 ?? Infinity;
      expect(p95).toBeLessThanOrEqual(before);
      before = p95;
    }
  });
});
