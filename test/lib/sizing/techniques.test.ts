import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadOf } from '#lib/sizing/candidate';
import { predictorFor, type OperatingPoint } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import { tokensPerStep } from '#lib/sizing/techniques/speculation';
import type { Adapters, Speculation, Techniques } from '#lib/sizing/techniques/techniques';
import { LORA_TARGETS } from '#lib/sizing/training';
import { demandFor, size, sized } from './demand';

const catalog = loadCatalog();
const RUNS = { numRuns: 40 };
const MODELS = ['llama-3.1-8b', 'llama-3.1-70b', 'qwen3-32b', 'deepseek-v3'];
const LAYOUT = { tensor: 8, pipeline: 1, attentionData: 1 };
/** Few enough GPUs for memory, not the engine, to bound a 70B model. */
const NARROW = { ...LAYOUT, tensor: 2 };
const share = (least = 0, most = 0.95) => fc.double({ min: least, max: most, noNaN: true });

function withTechniques(model: string, techniques: Techniques, changes: Partial<ServingDemand> = {}) {
  return demandFor(model, 'h200-sxm', { ttftMs: null, tpotMs: null, ...changes, techniques });
}

/** One layout at one concurrency, whatever the objectives. */
function pointOf(demand: ServingDemand, concurrency: number): OperatingPoint {
  const predictor = predictorFor(
    {
      ...demand,
      engine: demand.calibration,
      shape: LAYOUT,
      inputTokens: demand.inputTokens.mean,
      outputTokens: demand.outputTokens.mean,
      isMaximum: false,
    },
    catalog,
  );
  if (predictor === null) throw new Error('no dimensions');
  return predictor.at(concurrency);
}

function sequencesThatFit(demand: ServingDemand, layout = LAYOUT): number {
  return loadOf(demand, layout)?.maxConcurrency ?? Number.NaN;
}

function gpus(demand: ServingDemand): number {
  const result = size(demand);
  return result.fits ? result.replicas * result.gpusPerReplica : Infinity;
}

function lookup(acceptance: number, draftTokens = 3): Speculation {
  return {
    drafter: { kind: 'lookup' },
    draftTokens,
    acceptance: { low: acceptance, base: acceptance, high: acceptance },
  };
}

function drafted(model: string, acceptance: number): Speculation {
  const found = catalog.models.get(model);
  if (found === undefined) throw new Error(`no ${model}`);
  return { ...lookup(acceptance), drafter: { kind: 'model', model: found, precision: 'bf16' } };
}

function adapters(changes: Partial<Adapters> = {}): Adapters {
  return { resident: 8, rank: 16, targets: LORA_TARGETS, matrixMicroseconds: 3.3, ...changes };
}

describe('speculative decoding', () => {
  it('yields 2.533 tokens a step with three drafted at an acceptance of 0.7', () => {
    expect(tokensPerStep(0.7, 3)).toBeCloseTo(2.533, 3);
    expect(tokensPerStep(1, 3)).toBe(4);
  });

  it('yields between one token and all of them, more with every acceptance and draft', () => {
    fc.assert(
      fc.property(share(0, 1), share(0, 1), fc.integer({ min: 1, max: 16 }), (one, other, drafts) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const tokens = tokensPerStep(less, drafts);
        expect(tokens).toBeGreaterThanOrEqual(1);
        expect(tokens).toBeLessThanOrEqual(drafts + 1 + 1e-9);
        expect(tokensPerStep(more, drafts)).toBeGreaterThanOrEqual(tokens - 1e-9);
        expect(tokensPerStep(less, drafts + 1)).toBeGreaterThanOrEqual(tokens - 1e-9);
      }),
    );
  });

  it('is faster for a better drafter, in every model and at every load', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        share(0.01, 0.9),
        share(0.01, 0.9),
        fc.integer({ min: 1, max: 256 }),
        (model, one, other, concurrency) => {
          const at = (acceptance: number) =>
            pointOf(withTechniques(model, { speculation: lookup(acceptance) }), concurrency);
          const [worse, better] = [at(Math.min(one, other)), at(Math.max(one, other))];
          expect(better.tokensPerSecond).toBeGreaterThanOrEqual(worse.tokensPerSecond * (1 - 1e-9));
          expect(better.tpotMs).toBeLessThanOrEqual(worse.tpotMs * (1 + 1e-9));
        },
      ),
      RUNS,
    );
  });

  it('pays for one user and costs throughput where the GPUs are busy multiplying', () => {
    const plain = withTechniques('llama-3.1-70b', {});
    const speculating = withTechniques('llama-3.1-70b', { speculation: lookup(0.6) });
    expect(pointOf(speculating, 1).tpotMs).toBeLessThan(0.6 * pointOf(plain, 1).tpotMs);
    const [busy, busier] = [pointOf(plain, 1000), pointOf(speculating, 1000)];
    expect(busier.tokensPerSecond).toBeLessThan(busy.tokensPerSecond);
  });

  it('costs time for a drafting model, and memory for its weights and cache', () => {
    const copied = withTechniques('llama-3.1-70b', { speculation: lookup(0.7) });
    const modelled = withTechniques('llama-3.1-70b', { speculation: drafted('llama-3.1-8b', 0.7) });
    expect(pointOf(modelled, 8).tpotMs).toBeGreaterThan(pointOf(copied, 8).tpotMs);
    expect(sequencesThatFit(modelled, NARROW)).toBeLessThan(sequencesThatFit(copied, NARROW));
    expect(sequencesThatFit(copied, NARROW)).toBe(
      sequencesThatFit(withTechniques('llama-3.1-70b', {}), NARROW),
    );
    const weightsGib = (loadOf(modelled, LAYOUT)?.weightBytes ?? 0) / 2 ** 30;
    expect(weightsGib).toBeCloseTo(65.71 + 14.96, 1);
  });

  it('takes for a layer of the target what one of its layers takes', () => {
    const mtp = { ...lookup(0.8, 1), drafter: { kind: 'layers', layers: 1 } } as const;
    const load = loadOf(withTechniques('deepseek-v3', { speculation: mtp }), LAYOUT);
    // 685 billion parameters lie on the disk with the layer, 671 without (the publisher's README): 11.5 and, with the
    // embeddings repeated there, 14.
    expect(((load?.weightBytes ?? 0) - (load?.modelBytes ?? 0)) / 1e9).toBeCloseTo(11.0, 0);
  });

  it('is never called measured, and has the wider band of a doubtful acceptance', () => {
    const sure = sized(demandFor('llama-3.1-70b', 'h100-sxm'));
    const doubtful = sized(
      demandFor('llama-3.1-70b', 'h100-sxm', {
        techniques: {
          speculation: { ...lookup(0.7), acceptance: { low: 0.6, base: 0.7, high: 0.8 } },
        },
      }),
    );
    const width = ({ low, high }: { low: number; high: number }) => high / low;
    expect(doubtful.confidence).toBe('extrapolated');
    expect(width(doubtful.tpotMs)).toBeGreaterThan(width(sure.tpotMs));
    expect(doubtful.derivation.map(({ id }) => id)).toContain('tokens-per-step');
  });
});

describe('LoRA adapters', () => {
  it('take rank × (inputs + outputs) × 2 bytes each, half of it on every GPU', () => {
    const load = loadOf(withTechniques('llama-3.1-8b', { adapters: adapters({ resident: 4 }) }), LAYOUT);
    // 41.94 million parameters at rank 16 on all projections; (1 + 8) ÷ 2 copies over eight GPUs.
    expect((load?.weightBytes ?? 0) - (load?.modelBytes ?? 0)).toBeCloseTo(4 * 41_943_040 * 2 * 4.5, -3);
  });

  it('add about two milliseconds to a step of 32 requests with one each, as Punica measured on a 7B model', () => {
    const demand = demandFor('llama-3.1-8b', 'a100-80-sxm', {
      precision: 'bf16',
      techniques: { adapters: adapters({ resident: 32 }) },
    });
    const predictor = predictorFor(
      {
        ...demand,
        engine: 'vllm',
        shape: { tensor: 1, pipeline: 1, attentionData: 1 },
        inputTokens: 512,
        outputTokens: 512,
        isMaximum: false,
      },
      catalog,
    );
    const added = 1000 * (predictor?.at(32).effect?.adapterSeconds ?? 0);
    expect(added).toBeGreaterThan(1.8);
    expect(added).toBeLessThan(2.4);
  });

  it('never raise what fits or how fast it is with more of them or a higher rank', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('llama-3.1-8b', 'llama-3.1-70b', 'qwen3-32b'),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(8, 16, 32),
        fc.integer({ min: 1, max: 256 }),
        (model, resident, more, rank, concurrency) => {
          const few = withTechniques(model, { adapters: adapters({ resident, rank }) });
          const many = withTechniques(model, {
            adapters: adapters({ resident: resident + more, rank: rank * 2 }),
          });
          expect(sequencesThatFit(many)).toBeLessThanOrEqual(sequencesThatFit(few));
          expect(pointOf(many, concurrency).tokensPerSecond).toBeLessThanOrEqual(
            pointOf(few, concurrency).tokensPerSecond,
          );
          expect(pointOf(few, concurrency).tokensPerSecond).toBeLessThan(
            pointOf(withTechniques(model, {}), concurrency).tokensPerSecond,
          );
        },
      ),
      RUNS,
    );
  });
});

describe('weights in host memory', () => {
  const offload = (weightsShare: number): Techniques => ({ offload: { weightsShare, reachedShare: 0.8 } });

  it('never lower what fits, and never make it faster', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        share(0, 0.9),
        share(0, 0.9),
        fc.integer({ min: 1, max: 256 }),
        (model, one, other, concurrency) => {
          const less = withTechniques(model, offload(Math.min(one, other)));
          const more = withTechniques(model, offload(Math.max(one, other)));
          expect(sequencesThatFit(more)).toBeGreaterThanOrEqual(sequencesThatFit(less));
          expect(pointOf(more, concurrency).tokensPerSecond).toBeLessThanOrEqual(
            pointOf(less, concurrency).tokensPerSecond * (1 + 1e-9),
          );
        },
      ),
      RUNS,
    );
  });

  it('let a 70B model in 16 bits stand on one H200, at the speed of the host link', () => {
    const one = { tensorParallel: 1, precision: 'bf16' } as const;
    const without = loadOf(withTechniques('llama-3.1-70b', {}, one), { ...LAYOUT, tensor: 1 });
    expect(without?.holdsLongest).toBe(false);
    const fitting = sized(withTechniques('llama-3.1-70b', offload(0.3), one));
    expect(fitting.gpusPerReplica).toBe(1);
    // 0.3 × 141 GB over 64 GB/s at 0.8 are 0.83 s a step.
    expect(fitting.tpotMs.base).toBeGreaterThan(800);
    expect(fitting.tpotMs.base).toBeLessThan(1200);
  });

  it('are refused where nobody says how fast the accelerator reads from its host', () => {
    const result = size(demandFor('llama-3.1-8b', 'b300-sxm', { techniques: offload(0.3) }));
    expect(result).toMatchObject({ fits: false, reasons: [expect.stringContaining('from its host')] });
  });
});

describe('the pool of prefixes', () => {
  const pool = (distinctPrefixes: number): Techniques => ({ prefixPool: { distinctPrefixes } });
  const cached = { cachedShare: 0.5 };

  it('takes memory for each prefix, and shares one among the sequences that begin with it', () => {
    const fit = (techniques: Techniques) =>
      sequencesThatFit(withTechniques('llama-3.1-70b', techniques, cached), NARROW);
    expect(fit(pool(1))).toBeGreaterThan(fit({}));
    expect(fit(pool(1_000))).toBeLessThan(fit({}));
  });

  it('never lets more sequences fit with more prefixes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS, 'gemma-3-27b'),
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        (model, prefixes, more) => {
          const few = sequencesThatFit(withTechniques(model, pool(prefixes), cached));
          expect(sequencesThatFit(withTechniques(model, pool(prefixes + more), cached))).toBeLessThanOrEqual(
            few,
          );
        },
      ),
      RUNS,
    );
  });
});

describe('the budget of a step', () => {
  const budget = (prefillBudgetTokens: number): Techniques => ({ prefillBudgetTokens });

  it('takes (2 × hidden + 3 × feed-forward ÷ T) × 2 bytes for every token beyond 8,192', () => {
    const four = { tensor: 4, pipeline: 1, attentionData: 1 };
    const usual = loadOf(withTechniques('llama-3.1-70b', budget(8_192)), four);
    const large = loadOf(withTechniques('llama-3.1-70b', budget(32_768)), four);
    expect((large?.overheadGib ?? 0) - (usual?.overheadGib ?? 0)).toBeCloseTo(1.734, 3);
    expect(large?.maxConcurrency).toBeLessThan(usual?.maxConcurrency ?? 0);
  });

  it('makes prompts slower in smaller pieces, and never faster', () => {
    const long = {
      inputTokens: { mean: 16_000, longest: 20_000 },
      outputTokens: { mean: 200, longest: 400 },
    };
    const at = (tokens: number) => pointOf(withTechniques('llama-3.1-70b', budget(tokens), long), 16);
    expect(at(512).tokensPerSecond).toBeLessThan(at(8_192).tokensPerSecond);
    expect(at(512).ttftMs).toBeGreaterThan(at(8_192).ttftMs);
  });
});

it('techniques that speed decoding up never need more GPUs, and those that slow it never fewer', () => {
  const at = (techniques: Techniques) =>
    gpus(demandFor('llama-3.1-70b', 'h200-sxm', { techniques, tpotMs: 25, tensorParallel: 4 }));
  const plain = at({});
  expect(at({ speculation: lookup(0.9) })).toBeLessThanOrEqual(plain);
  expect(at({ adapters: adapters({ resident: 64, rank: 64 }) })).toBeGreaterThanOrEqual(plain);
  expect(at({ offload: { weightsShare: 0.2, reachedShare: 0.8 } })).toBeGreaterThanOrEqual(plain);
});
