import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { cpuReadingRate } from '#lib/retrieval/cpu-rate';
import { readingRate, type ReadingRate } from '#lib/retrieval/prefill-rate';
import { planReading, readingLatencyMs, readingShare } from '#lib/retrieval/reading';

const catalog = loadCatalog();
const OVERHEAD = { low: 3, base: 10, high: 30 };

function model(id: string) {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}

function onGpu(id: string, tokensPerText: number): ReadingRate {
  const accelerator = catalog.accelerators.get(id);
  if (accelerator === undefined) throw new Error(`no accelerator ${id}`);
  const rate = readingRate(
    { model: model('bge-reranker-v2-m3'), accelerator, precision: 'bf16', tokensPerText },
    catalog.constants,
  );
  if ('reasons' in rate) throw new Error(rate.reasons.join('; '));
  return rate;
}

function onCpus(vcpus: number, tokensPerText: number): ReadingRate {
  const rate = cpuReadingRate({ model: model('bge-m3'), vcpus, tokensPerText });
  if ('reasons' in rate) throw new Error(rate.reasons.join('; '));
  return rate;
}

describe('reading a load', () => {
  const LOAD = { queriesPerSecond: 50, textsPerQuery: 100, tokensPerText: 400 };

  it('takes the replicas that read every pair at the fill', () => {
    const rate = onGpu('h100-sxm', 400);
    const { tokensPerSecond, replicas } = planReading(LOAD, rate);
    expect(tokensPerSecond).toBe(2_000_000);
    expect(replicas.base).toBe(Math.ceil(2_000_000 / (rate.tokensPerSecond.base * 0.7)));
    expect(replicas.low).toBeLessThanOrEqual(replicas.base);
    expect(replicas.high).toBeGreaterThan(replicas.base);
  });

  it('waits longer for a fuller server, never less than for the weights, and for more candidates', () => {
    const rate = onGpu('l4', 432);
    const load = { queriesPerSecond: 1, textsPerQuery: 1, tokensPerText: 1 };
    expect(readingLatencyMs(load, rate, 1, OVERHEAD).base).toBeGreaterThan(10 + 1000 * rate.leastSeconds);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 8 }),
        (queriesPerSecond, textsPerQuery, replicas) => {
          const one = { queriesPerSecond, textsPerQuery, tokensPerText: 432 };
          const at = (load: typeof one, of = replicas) => readingLatencyMs(load, rate, of, OVERHEAD);
          expect(at({ ...one, queriesPerSecond: queriesPerSecond + 1 }).base).toBeGreaterThanOrEqual(
            at(one).base,
          );
          expect(at({ ...one, textsPerQuery: textsPerQuery + 1 }).base).toBeGreaterThanOrEqual(at(one).base);
          expect(at(one, replicas + 1).base).toBeLessThanOrEqual(at(one).base);
          expect(at(one).low).toBeLessThanOrEqual(at(one).base);
          expect(at(one).high).toBeGreaterThanOrEqual(at(one).base);
        },
      ),
    );
  });

  it('has the mean wait of a queue of single servers with a constant time (M/D/1), as a simulation has it', () => {
    const seconds = 0.02;
    const rate = { tokensPerSecond: { low: 50, base: 50, high: 50 }, leastSeconds: 0, derivation: [] };
    const load = { queriesPerSecond: 30, textsPerQuery: 1, tokensPerText: 1 };
    const none = { low: 0, base: 0, high: 0 };
    expect(readingLatencyMs(load, rate, 1, none).base / 1000).toBeCloseTo(simulated(30, seconds), 3);
    expect(readingShare(30, rate, 1).base).toBeCloseTo(0.6, 9);
  });

  it.each([
    ['textsPerQuery', { textsPerQuery: 0 }],
    ['fill', { fill: 1.5 }],
  ])('refuses impossible %s', (at, change) => {
    expect(() => planReading({ ...LOAD, ...change }, onGpu('l4', 400))).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ at, code: 'OUT_OF_RANGE' })] }),
    );
  });
});

describe('the worked numbers of the method', () => {
  it('hold', () => {
    const embedder = { model: model('bge-m3'), precision: 'bf16', tokensPerText: 400 } as const;
    const l4 = catalog.accelerators.get('l4');
    if (l4 === undefined) throw new Error('no l4');
    const rate = readingRate({ ...embedder, accelerator: l4 }, catalog.constants);
    if ('reasons' in rate) throw new Error(rate.reasons.join('; '));
    expect(rate.tokensPerSecond.base / 49_600).toBeCloseTo(1, 2);
    expect(onCpus(16, 400).tokensPerSecond.base / 726).toBeCloseTo(1, 2);
    const hours = (perSecond: number) => 4e9 / perSecond / 3_600;
    const { low, base, high } = rate.tokensPerSecond;
    expect([high, base, low].map((each) => Number(hours(each).toPrecision(3)))).toEqual([8.5, 22.4, 56.7]);
    const reading = planReading(
      { queriesPerSecond: 5, textsPerQuery: 50, tokensPerText: 432 },
      onGpu('l4', 432),
    );
    expect([reading.tokensPerSecond, reading.replicas.base]).toEqual([108_000, 4]);
    const thirtyMs = { tokensPerSecond: { low: 1, base: 1, high: 1 }, leastSeconds: 0.03, derivation: [] };
    const one = { queriesPerSecond: 5, textsPerQuery: 1, tokensPerText: 0.01 };
    expect(readingLatencyMs(one, thirtyMs, 1, OVERHEAD).base).toBeCloseTo(42.6, 1);
  });
});

describe('reading on CPUs', () => {
  it('is what BGE-small was measured at on sixteen vCPUs, scaled by the arithmetic', () => {
    const flops = 2 * 21.3e6 + 4 * 12 * 384 * (115_000 / 256);
    const large = 2 * (0.558e9 - 0.256e9) + 4 * 24 * 1_024 * 400;
    const { tokensPerSecond } = onCpus(16, 400);
    expect(tokensPerSecond.base).toBeCloseTo((1_150_000 / 125.342) * (flops / large), 3);
    expect(tokensPerSecond.low).toBeLessThan(tokensPerSecond.base);
    expect(tokensPerSecond.high).toBeGreaterThan(tokensPerSecond.base);
  });

  it('of a model without an ONNX file is a reason', () => {
    expect(cpuReadingRate({ model: model('bge-reranker-v2-m3'), vcpus: 8, tokensPerText: 400 })).toEqual({
      reasons: [expect.stringContaining('no ONNX file')],
    });
  });
});

/** Mean time from arrival to answer, in seconds, of Poisson arrivals at one server; a fixed stream of numbers. */
function simulated(perSecond: number, seconds: number): number {
  let [seed, now, free, sum] = [42, 0, 0, 0];
  const arrivals = 400_000;
  for (let index = 0; index < arrivals; index += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    now += -Math.log((seed + 0.5) / 2 ** 32) / perSecond;
    free = Math.max(free, now) + seconds;
    sum += free - now;
  }
  return sum / arrivals;
}
