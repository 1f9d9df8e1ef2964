import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOf } from '#lib/sizing/candidate';
import { USUAL_ENGINE_MEMORY } from '#lib/sizing/engine-memory';
import type { ServingDemand } from '#lib/sizing/sizing';
import { demandFor, size, sized } from './demand';

const MIXTURES = ['gpt-oss-120b', 'qwen3-235b-a22b', 'deepseek-r1', 'mixtral-8x7b'] as const;
const RUNS = { numRuns: 60 };
const tensors = fc.constantFrom(1, 2, 4, 8);

/** A demand whose kernels hold `vectors`, on an accelerator of `gib`. */
function held(model: string, gib: number, vectors: { low: number; base: number; high: number }) {
  const demand = demandFor(model, 'h100-sxm');
  return {
    ...demand,
    accelerator: { ...demand.accelerator, usableGib: gib },
    engineMemory: { ...USUAL_ENGINE_MEMORY, routedVectors: vectors },
  };
}

function load(demand: ServingDemand, tensor: number) {
  const found = loadOf(demand, { tensor, pipeline: 1, attentionData: 1 });
  if (found === null) throw new Error(`${demand.model.id} has no dimensions`);
  return found;
}

describe('the workspace of a mixture', () => {
  it('never lets less fit with more memory, across the memory at which steps grow too', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MIXTURES),
        tensors,
        fc.double({ min: 40, max: 280, noNaN: true }),
        fc.oneof(fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: 0, max: 200, noNaN: true })),
        (model, tensor, gib, more) => {
          const at = (each: number) => load(held(model, each, USUAL_ENGINE_MEMORY.routedVectors), tensor);
          const [less, most] = [at(gib), at(gib + more)];
          expect(most.maxConcurrency).toBeGreaterThanOrEqual(less.maxConcurrency);
          expect(most.holdsLongest || !less.holdsLongest).toBe(true);
          expect(most.overhead.budgetTokens).toBeGreaterThanOrEqual(less.overhead.budgetTokens);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never lets more fit where the kernels hold more, and decides at the safe end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MIXTURES),
        tensors,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (model, tensor, vectors, more) => {
          const exact = (value: number) => ({ low: value, base: value, high: value });
          const few = load(held(model, 141, exact(vectors)), tensor);
          const many = load(held(model, 141, exact(vectors + more)), tensor);
          const doubtful = load(held(model, 141, { low: 1, base: vectors, high: vectors + more }), tensor);
          expect(many.maxConcurrency).toBeLessThanOrEqual(few.maxConcurrency);
          expect(doubtful.holdsLongest).toBe(many.holdsLongest);
          // Room for the longest may take a smaller step, which leaves more at the base.
          expect(doubtful.maxConcurrency).toBeGreaterThanOrEqual(few.maxConcurrency);
          expect(doubtful.neededGibPerGpu).toBeCloseTo(many.neededGibPerGpu, 9);
        },
      ),
      RUNS,
    );
  });

  it('is nothing for a dense model, whatever the kernels of experts hold', () => {
    const of = (vectors: number) =>
      load(held('llama-3.1-70b', 141, { low: vectors, base: vectors, high: vectors }), 2);
    expect(of(1)).toEqual(of(20));
    expect(sized(demandFor('llama-3.1-8b', 'h100-sxm')).workspaceGibPerGpu).toBeUndefined();
  });

  it('is 8 vectors for each expert of each token of a step: DeepSeek-R1 7.0 GiB, 5.25 to 11.4', () => {
    const { workspaceGib } = load(demandFor('deepseek-r1', 'h200-sxm'), 8).overhead;
    const each = (8192 * 8 * 7168 * 2) / 2 ** 30;
    expect(workspaceGib.base).toBeCloseTo(8 * each, 9);
    expect(workspaceGib.base).toBeCloseTo(7, 2);
    expect(workspaceGib.low).toBeCloseTo(5.25, 2);
    expect(workspaceGib.high).toBeCloseTo(11.375, 3);
  });

  it('is computed for steps of 2,048 tokens on an A100 of 80 GB, as its engine takes them', () => {
    expect(load(demandFor('gpt-oss-20b', 'a100-80-sxm'), 1).overhead.budgetTokens).toBe(2048);
    expect(load(demandFor('gpt-oss-20b', 'h100-sxm'), 1).overhead.budgetTokens).toBe(8192);
  });

  it('takes smaller steps where the longest sequence would not fit beside it otherwise, and tells the engine', () => {
    const demand = (longest: number) =>
      demandFor('gpt-oss-120b', 'h100-sxm', {
        precision: 'fp4',
        tensorParallel: 1,
        inputTokens: { mean: 1024, longest },
        tpotMs: null,
        ttftMs: null,
      });
    expect(load(demand(60_000), 1).overhead.budgetTokens).toBe(8192);
    expect(sized(demand(60_000)).stepTokens).toBeUndefined();
    const { overhead, holdsLongest } = load(demand(100_000), 1);
    expect([overhead.budgetTokens, holdsLongest]).toEqual([4672, true]);
    expect(sized(demand(100_000)).stepTokens).toBe(4672);
    // What is asked for is taken as it is, and then does not fit.
    const asked = { ...demand(100_000), techniques: { prefillBudgetTokens: 8192 } };
    expect(load(asked, 1).holdsLongest).toBe(false);
  });

  it('are told to SGLang where it would take larger ones than it is sized with', () => {
    const stepOf = (gpu: string) =>
      sized(demandFor('llama-3.1-8b', gpu, { calibration: 'sglang' })).stepTokens;
    expect([stepOf('h100-sxm'), stepOf('b200-sxm')]).toEqual([undefined, 8192]);
  });

  it('is said, with its band, where it decides that a model does not fit', () => {
    // On GPUs of 12 GiB the kernels alone take half of what is usable: no pipeline helps.
    const demand = demandFor('deepseek-r1', 'h100-sxm', { tensorParallel: 2, gpusPerNode: 2 });
    const refused = size({ ...demand, accelerator: { ...demand.accelerator, usableGib: 12 } });
    expect(refused).toMatchObject({
      fits: false,
      reasons: [expect.stringMatching(/\(1\.3 to 2\.8 of it for the kernels of experts\), 10\.8 GiB usable/)],
    });
  });

  it('stands in the derivation beside the fit that it decides', () => {
    const { derivation, workspaceGibPerGpu } = sized(
      demandFor('gpt-oss-120b', 'h100-sxm', { precision: 'fp4' }),
    );
    const overhead = derivation.find(({ id }) => id === 'overhead');
    const inputs = Object.fromEntries((overhead?.inputs ?? []).map(({ name, value }) => [name, value]));
    expect(inputs).toMatchObject({
      'workspace of experts': workspaceGibPerGpu?.base,
      'at least': workspaceGibPerGpu?.low,
      'at most': workspaceGibPerGpu?.high,
    });
    const fit = derivation.find(({ id }) => id === 'fit');
    const usable = fit?.inputs.find(({ name }) => name === 'usable')?.value;
    expect(fit?.value).toBeLessThanOrEqual(Number(usable));
  });
});
