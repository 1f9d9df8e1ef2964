import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryGib } from '#lib/catalog/accelerators';
import { acceleratorOf } from '#lib/catalog/accelerator-slices';
import { loadCatalog } from '#lib/catalog/load';
import { loadOf, predictorOf } from '#lib/sizing/candidate';
import type { ServingDemand } from '#lib/sizing/sizing';
import { sizeServing } from '#lib/sizing/size-serving';
import { demandFor } from './demand';

/** Physics on demands as wide as people ask them: any model, accelerator, format, lengths, objectives. */

const catalog = loadCatalog();
const MODELS = [...catalog.models.values()]
  .filter(({ kind, paramsTotalB }) => kind === 'llm' && paramsTotalB !== null)
  .map(({ id }) => id);
const ACCELERATORS = [...catalog.accelerators.keys()];
const RUNS = { numRuns: 200 };
const LAYOUTS = [1, 2, 4, 8].map((tensor) => ({ tensor, pipeline: 1, attentionData: 1 }));

const objective = (min: number, max: number) =>
  fc.option(fc.double({ min, max, noNaN: true }), { nil: null });

const anyDemand = fc
  .record({
    model: fc.constantFrom(...MODELS),
    gpu: fc.constantFrom(...ACCELERATORS),
    gpusPerNode: fc.constantFrom(1, 2, 4, 8),
    precision: fc.constantFrom('bf16', 'fp8', 'int4', 'fp4'),
    kvPrecision: fc.constantFrom('bf16', 'fp8'),
    rps: fc.double({ min: 0.01, max: 200, noNaN: true }),
    input: fc.integer({ min: 16, max: 60_000 }),
    output: fc.integer({ min: 1, max: 8_000 }),
    cachedShare: fc.constantFrom(0, 0.3, 0.9),
    tpotMs: objective(5, 200),
    ttftMs: objective(100, 20_000),
    percentile: fc.constantFrom('p50', 'p95', null),
  } as const)
  .map(({ model, gpu, rps, input, output, ...rest }) =>
    demandFor(model, gpu, {
      ...rest,
      peakRequestsPerSecond: rps,
      meanRequestsPerSecond: rps / 3,
      inputTokens: { mean: input, longest: 2 * input },
      outputTokens: { mean: output, longest: 2 * output },
    }),
  );

/** `Infinity` where it does not fit. */
function gpus(demand: ServingDemand): number {
  const result = sizeServing(demand, catalog, null);
  return result.fits ? result.replicas * result.gpusPerReplica : Infinity;
}

/** Holds for any demand and a change of it: `more` never needs fewer GPUs than `less`. */
function expectNeverFewer(
  less: (demand: ServingDemand) => ServingDemand,
  more: (demand: ServingDemand) => ServingDemand,
) {
  fc.assert(
    fc.property(anyDemand, (demand) => {
      expect(gpus(more(demand))).toBeGreaterThanOrEqual(gpus(less(demand)));
    }),
    RUNS,
  );
}

/** Holds in every layout: what fits with `more` is at least what fits with `less`. */
function expectNeverFitsLess(
  less: (demand: ServingDemand) => ServingDemand,
  more: (demand: ServingDemand) => ServingDemand,
) {
  fc.assert(
    fc.property(anyDemand, fc.constantFrom(...LAYOUTS), (demand, shape) => {
      const [few, many] = [loadOf(less(demand), shape), loadOf(more(demand), shape)];
      if (few === null || many === null) return;
      expect(many.maxConcurrency).toBeGreaterThanOrEqual(few.maxConcurrency);
      expect(many.holdsLongest || !few.holdsLongest).toBe(true);
    }),
    { numRuns: 300 },
  );
}

const same = (demand: ServingDemand) => demand;

describe('GPUs', () => {
  it('are never fewer for a tighter TPOT', () => {
    expectNeverFewer(same, (demand) => ({ ...demand, tpotMs: 0.7 * (demand.tpotMs ?? 50) }));
  });

  it('are never fewer for a tighter TTFT', () => {
    expectNeverFewer(same, (demand) => ({ ...demand, ttftMs: 0.7 * (demand.ttftMs ?? 2000) }));
  });

  it('are never fewer for a higher peak', () => {
    expectNeverFewer(same, (demand) => ({
      ...demand,
      peakRequestsPerSecond: 1.3 * demand.peakRequestsPerSecond,
    }));
  });

  it('are never fewer for more of the requests, or for more availability', () => {
    expectNeverFewer(
      (demand) => ({ ...demand, percentile: 'p50' }),
      (demand) => ({ ...demand, percentile: 'p99' }),
    );
    expectNeverFewer(same, (demand) => ({ ...demand, availability: 0.9999 }));
  });

  it('are never fewer with less of the input cached', () => {
    expectNeverFewer(
      (demand) => ({ ...demand, cachedShare: 0.8 }),
      (demand) => ({ ...demand, cachedShare: 0 }),
    );
  });

  it('are never fewer with adapters beside the model', () => {
    const adapters = { resident: 8, rank: 16, targets: ['q', 'v'], matrixMicroseconds: 3.3 } as const;
    expectNeverFewer(same, (demand) => ({ ...demand, techniques: { adapters } }));
  });
});

describe('GPUs of a node that links them all', () => {
  it('are hardly ever fewer with less memory: what the search leaves out is worth it in 1 of 300', () => {
    const larger = ({ accelerator, ...demand }: ServingDemand) => ({
      ...demand,
      accelerator: { ...accelerator, usableGib: 1.4 * memoryGib(accelerator) },
    });
    const pairs = fc
      .sample(anyDemand, 1500)
      .filter(({ gpusPerNode, accelerator }) => gpusPerNode > 1 && gpusPerNode <= accelerator.link.domain)
      .map((demand) => ({ less: gpus(demand), more: gpus(larger(demand)) }))
      .filter(({ less }) => less < Infinity);
    expect(pairs.length).toBeGreaterThan(150);
    const fewer = pairs.filter(({ less, more }) => less < more);
    expect(fewer.length).toBeLessThanOrEqual(pairs.length / 300);
  });
});

describe('a pipeline', () => {
  it('passes a lone sequence on no sooner than one node would', () => {
    for (const model of ['deepseek-r1', 'llama-3.1-405b', 'qwen3-235b-a22b']) {
      const demand = demandFor(model, 'b200-sxm');
      const alone = [1, 2, 4].map((pipeline) => {
        const load = loadOf(demand, { tensor: 8, pipeline, attentionData: 1 });
        return load === null ? Number.NaN : (predictorOf(demand, load, catalog)?.at(1).tpotMs ?? Number.NaN);
      });
      expect(alone.toSorted((a, b) => a - b)).toEqual(alone);
    }
  });

  it('is never planned where a replica has to stay on one node', () => {
    const demand = demandFor('deepseek-r1', 'h100-sxm', { precision: 'fp8' });
    expect(sizeServing(demand, catalog, null)).toMatchObject({ fits: true, nodesPerReplica: 2 });
    const bound = sizeServing({ ...demand, mostNodesPerReplica: 1 }, catalog, null);
    expect(bound).toMatchObject({ fits: false });
    expect(bound.fits ? [] : bound.reasons).toEqual([
      expect.stringContaining('and a replica stays on one node'),
    ]);
  });

  it('is as long as with less memory where a shorter one would take more accelerators', () => {
    const demand = demandFor('mistral-large-123b', 'inferentia2', {
      precision: 'bf16',
      peakRequestsPerSecond: 0.6,
      inputTokens: { mean: 5715, longest: 11_430 },
      outputTokens: { mean: 8, longest: 16 },
      percentile: null,
      ttftMs: null,
    });
    const larger = { ...demand.accelerator, usableGib: 1.14 * memoryGib(demand.accelerator) };
    expect(gpus({ ...demand, accelerator: larger })).toBeLessThanOrEqual(gpus(demand));
  });

  it('is longer than it must be where its cache pays for it', () => {
    const demand = demandFor('deepseek-r1', 'h200-sxm', {
      peakRequestsPerSecond: 8,
      inputTokens: { mean: 6000, longest: 12_000 },
      outputTokens: { mean: 6000, longest: 12_000 },
      ttftMs: null,
      tpotMs: 180,
    });
    const chosen = sizeServing(demand, catalog, null);
    const alone = sizeServing({ ...demand, mostNodesPerReplica: 1 }, catalog, null);
    if (!chosen.fits || !alone.fits) throw new Error('both fit');
    expect([chosen.nodesPerReplica, alone.nodesPerReplica]).toEqual([2, 1]);
    expect(gpus(demand)).toBeLessThan(alone.replicas * alone.gpusPerReplica);
  });
});

describe('what fits', () => {
  it('is never less with more memory, whatever step the engine takes there', () => {
    fc.assert(
      fc.property(
        anyDemand,
        fc.constantFrom(...LAYOUTS),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (demand, shape, factor) => {
          const { accelerator } = demand;
          const larger = { ...accelerator, usableGib: memoryGib(accelerator) * factor };
          const [few, many] = [loadOf(demand, shape), loadOf({ ...demand, accelerator: larger }, shape)];
          if (few === null || many === null) return;
          expect(many.maxConcurrency).toBeGreaterThanOrEqual(few.maxConcurrency);
          expect(many.holdsLongest || !few.holdsLongest).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is never less with a narrower cache', () => {
    expectNeverFitsLess(
      (demand) => ({ ...demand, kvPrecision: 'bf16' }),
      (demand) => ({ ...demand, kvPrecision: 'fp8' }),
    );
  });

  it('is never less with weights in host memory', () => {
    const techniques = { offload: { weightsShare: 0.3, reachedShare: 0.8 } };
    expectNeverFitsLess(same, (demand) => ({ ...demand, techniques }));
  });

  it('is never more with larger steps, or with adapters', () => {
    const steps = (prefillBudgetTokens: number) => (demand: ServingDemand) => ({
      ...demand,
      techniques: { prefillBudgetTokens },
    });
    expectNeverFitsLess(steps(16_384), steps(1024));
    const adapters = { resident: 8, rank: 16, targets: ['q', 'v'], matrixMicroseconds: 3.3 } as const;
    expectNeverFitsLess((demand) => ({ ...demand, techniques: { adapters } }), same);
  });

  it('is never more on a slice than on the whole accelerator, nor faster there', () => {
    for (const slice of catalog.slices().values()) {
      const whole = catalog.accelerators.get(slice.accelerator);
      if (whole === undefined) throw new Error(`no ${slice.accelerator}`);
      const demand = demandFor('llama-3.1-8b', whole.id, { tensorParallel: 1, tpotMs: null, ttftMs: null });
      const part = sizeServing({ ...demand, accelerator: acceleratorOf(slice, whole) }, catalog, null);
      const all = sizeServing(demand, catalog, null);
      if (!part.fits || !all.fits) continue;
      expect(part.maxConcurrency).toBeLessThanOrEqual(all.maxConcurrency);
      expect(part.tokensPerSecondPerReplica.base).toBeLessThan(all.tokensPerSecondPerReplica.base);
    }
  });
});
