import { describe, expect, it } from 'vitest';
import type { Precision } from '#lib/catalog/precision';
import { loadOf } from '#lib/sizing/candidate';
import { overheadDoubtGib, USUAL_ENGINE_MEMORY, type EngineMemory } from '#lib/sizing/engine-memory';
import { kvBytesPerToken, kvReplication } from '#lib/sizing/kv-cache';
import { usualStepTokens } from '#lib/sizing/step-tokens';
import { parametersOf, servedWeightBytes } from '#lib/sizing/weights';
import { bytesToGib, GIB } from '#lib/units/bytes';
import { quantile } from '#lib/units/quantile';
import { demandFor } from './demand';
import { ACTIVATION_LOGS, type ActivationLog } from './mixture-logs';
import { catalogModel, EARLY_EXPERTS, EXPERTS, LOGS, type StartupLog } from './startup-logs';

/** CUDA context and libraries. */
const CONTEXT_GIB = 0.35;

/** Of one GPU, GiB, and by how much less it may be. The logged figure is taken with the logits of full batches. */
function predictedGib(
  log: StartupLog,
  release: Pick<EngineMemory, 'loadingGib'> = {},
): { readonly cacheGib: number; readonly doubtGib: number } {
  const { model, precision, tensor, totalGib, share, budgetTokens, gpu = 'h100-sxm' } = log;
  const { accelerator, ...demand } = demandFor('llama-3.1-8b', gpu, { precision, memoryShare: share });
  const used = { ...accelerator, usableGib: totalGib };
  const load = loadOf(
    {
      ...demand,
      model,
      accelerator: used,
      engineMemory: { ...USUAL_ENGINE_MEMORY, ...release, fixedGib: CONTEXT_GIB },
      techniques: { prefillBudgetTokens: budgetTokens ?? usualStepTokens('vllm', used) },
    },
    { tensor, pipeline: 1, attentionData: 1 },
  );
  if (load === null) throw new Error(`${model.id} has no dimensions`);
  const usual = totalGib < 70 || gpu.startsWith('a100') ? 256 : 1024;
  const logits = bytesToGib((log.sequences ?? usual) * load.logitBytes);
  const weights = bytesToGib(load.heldBytes) / tensor;
  return {
    cacheGib: (load.freeGib - logits) / tensor + weights - (log.weightsGib ?? weights),
    doubtGib: overheadDoubtGib(load.overhead),
  };
}

describe('memory for the cache against what engines logged', () => {
  it.each(LOGS)('is within 2.6 GiB of a GPU: $source', (log) => {
    expect(Math.abs(predictedGib(log).cacheGib - log.cacheGib)).toBeLessThan(2.6);
  });

  it('is off by 0.25 GiB in the median', () => {
    const errors = LOGS.map((log) => Math.abs(predictedGib(log).cacheGib - log.cacheGib)).toSorted(
      (a, b) => a - b,
    );
    expect(quantile(errors, 0.5)).toBeLessThan(0.25);
  });

  it.each(EXPERTS)('holds at the safe end, and is within 4 GiB of a GPU at the base: $source', (log) => {
    const { cacheGib, doubtGib } = predictedGib(log);
    expect(cacheGib - doubtGib).toBeLessThan(log.cacheGib);
    expect(Math.abs(cacheGib - log.cacheGib)).toBeLessThan(4);
  });

  it.each(EARLY_EXPERTS)(
    'holds less where the release counts loading, never more than logged: $source',
    (log) => {
      const loadingGib = { low: 0, base: 1.3, high: 5.4 };
      const { cacheGib, doubtGib } = predictedGib(log, { loadingGib });
      expect(cacheGib - doubtGib).toBeLessThan(log.cacheGib);
      expect(Math.abs(cacheGib - log.cacheGib)).toBeLessThan(4.2);
      expect(predictedGib(log).cacheGib).toBeCloseTo(cacheGib + loadingGib.base, 9);
    },
  );

  it('becomes as many tokens as were logged, within 1.5 %', () => {
    for (const { cacheGib, tokens, model, tensor } of [...LOGS, ...EXPERTS, ...EARLY_EXPERTS]) {
      if (tokens === undefined) continue;
      const bytes = (kvBytesPerToken(model, 'bf16') ?? 0) * kvReplication(model, {}, tensor, 1);
      expect(Math.abs((cacheGib * GIB * tensor) / bytes / tokens - 1)).toBeLessThan(0.015);
    }
  });

  it('holds the weights that were logged: 16-bit embeddings, padded experts', () => {
    const weights = (id: string, precision: Precision) => {
      const model = catalogModel(id);
      const parameters = parametersOf(model);
      return parameters === null ? 0 : bytesToGib(servedWeightBytes(model, parameters, precision));
    };
    // vllm#12569: 67.7229 GB; vllm#23278: 65.9651 GiB; vllm#10517: 14.9888 GB, all of 2^30 bytes.
    expect(weights('llama-3.1-70b', 'int8')).toBeCloseTo(67.72, 0);
    expect(weights('gpt-oss-120b', 'fp4')).toBeCloseTo(65.97, 0);
    expect(weights('gpt-oss-20b', 'fp4')).toBeCloseTo(13.72, 0);
    expect(weights('llama-3.1-8b', 'bf16')).toBeCloseTo(14.99, 1);
  });
});

describe('what the kernels of experts work in', () => {
  it('is the band that twelve logs imply', () => {
    const implied = ACTIVATION_LOGS.map(routedVectorsOf).toSorted((a, b) => a - b);
    expect(implied).toHaveLength(12);
    const { low, base, high } = USUAL_ENGINE_MEMORY.routedVectors;
    expect(quantile(implied, 0.1)).toBeGreaterThan(low);
    expect(quantile(implied, 0.5)).toBeCloseTo(base, 0);
    expect(quantile(implied, 0.9)).toBeLessThan(high);
    expect(quantile(implied, 0.9)).toBeGreaterThan(high - 1);
  });
});

/** Vectors of the model's width for each expert of a token, once logits and the widest layer are taken away. */
function routedVectorsOf(log: ActivationLog): number {
  const wide = Math.max(log.ffn, log.topK * log.expertFfn) / log.tensor;
  const dense = log.tokens * (2 * log.hidden + 3 * wide) * 2;
  const logits = log.sequences * log.vocabulary * 8;
  return (log.activationGib * GIB - dense - logits) / (log.tokens * log.topK * log.hidden * 2);
}
