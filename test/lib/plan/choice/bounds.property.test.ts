import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { fewestGpus } from '#lib/plan/choice/bounds';
import { sizeServing } from '#lib/sizing/size-serving';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import { demandFor } from '../../sizing/demand';

const catalog = loadCatalog();

const demand = fc
  .record({
    model: fc.constantFrom(
      'llama-3.1-8b',
      'llama-3.1-70b',
      'qwen3-30b-a3b',
      'qwen3-235b-a22b',
      'gpt-oss-120b',
    ),
    gpu: fc.constantFrom('h100-sxm', 'h200-sxm', 'b200-sxm', 'rtx-pro-6000-bw', 'l40s'),
    precision: fc.constantFrom('bf16' as const, 'fp8' as const),
    calibration: fc.constantFrom('vllm' as const, 'sglang' as const, 'trtllm' as const),
    input: fc.integer({ min: 64, max: 8192 }),
    output: fc.integer({ min: 32, max: 2048 }),
    rate: fc.double({ min: 0.5, max: 100, noNaN: true }),
    tpotMs: fc.constantFrom(null, 20, 50),
    cachedShare: fc.constantFrom(0, 0.5),
    offloaded: fc.constantFrom(0, 0.3, 0.7),
  })
  .map(({ model, gpu, input, output, rate, offloaded, ...rest }) =>
    demandFor(model, gpu, {
      ...rest,
      ttftMs: null,
      peakRequestsPerSecond: rate,
      inputTokens: { mean: input, longest: 2 * input },
      outputTokens: { mean: output, longest: 2 * output },
      ...(offloaded === 0 ? {} : { techniques: { offload: { weightsShare: offloaded, reachedShare: 0.8 } } }),
    }),
  );

const gpusOf = ({ replicas, gpusPerReplica }: ServingSizing) => replicas * gpusPerReplica;

function sizedGpus(of: ServingDemand): number | null {
  const result = sizeServing(of, catalog, null);
  return result.fits ? gpusOf(result) : null;
}

describe('what is not sized in full', () => {
  it('needs no fewer accelerators than the bound that it is judged by, at more traffic and with offloaded weights too', () => {
    fc.assert(
      fc.property(demand, (of) => {
        const leastAt = fewestGpus(of.model, of.precision, of.accelerator, {
          requestsPerSecond: of.peakRequestsPerSecond,
          tokensPerRequest: of.inputTokens.mean * (1 - of.cachedShare) + of.outputTokens.mean,
          offloadedShare: of.techniques?.offload?.weightsShare ?? 0,
        });
        for (const times of [1, 3]) {
          const grown = { ...of, peakRequestsPerSecond: times * of.peakRequestsPerSecond };
          expect(sizedGpus(grown) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(leastAt(times));
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('would not have needed fewer: the layouts of every tensor degree, each sized by itself, do not beat the choice', () => {
    fc.assert(
      fc.property(demand, (of) => {
        const chosen = sizedGpus(of) ?? Number.POSITIVE_INFINITY;
        const alone = [1, 2, 4, 8].flatMap((tensorParallel) => {
          const result = sizeServing({ ...of, tensorParallel }, catalog, null);
          // A degree of its own may span nodes, which the search takes only where nothing fits within one.
          return result.fits && result.nodesPerReplica === 1 ? [gpusOf(result)] : [];
        });
        for (const gpus of alone) expect(gpus).toBeGreaterThanOrEqual(chosen);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
