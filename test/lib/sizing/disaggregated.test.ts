import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { sizeDemand } from '#lib/sizing/disaggregated';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import { demandFor } from './demand';

const catalog = loadCatalog();
const RUNS = { numRuns: 15 };

function demand(transferGbPerSecond: number | null, changes: Partial<ServingDemand> = {}): ServingDemand {
  const techniques = transferGbPerSecond === null ? {} : { disaggregation: { transferGbPerSecond } };
  return demandFor('llama-3.1-70b', 'h200-sxm', { techniques, ...changes });
}

function sized(asked: ServingDemand): ServingSizing {
  const result = sizeDemand(asked, catalog, catalog.servingRows(asked.model.id));
  if (!result.fits) throw new Error(result.reasons.join('; '));
  return result;
}

describe('prompts and answers on fleets of their own', () => {
  it('are sized apart, the cache sent between them', () => {
    const sizing = sized(demand(40));
    // 1,024 tokens × 327,680 bytes over 40 GB/s.
    expect(sizing.prompts?.transferMs).toBeCloseTo(8.389, 3);
    expect(sizing.prompts?.replicas).toBeGreaterThanOrEqual(1);
    expect(sizing.prompts?.requestsPerSecondPerReplica.base).toBeGreaterThan(0);
    expect(sizing.confidence).toBe('extrapolated');
    expect(sizing.derivation.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['cache-transfer', 'prompts-throughput', 'throughput']),
    );
  });

  it('answer each token no later than one fleet does in the same layout, since no prompt interrupts', () => {
    const limits = { tensorParallel: 4, ttftMs: null, tpotMs: 30 };
    const apart = sized(demand(40, limits));
    const together = sized(demand(null, limits));
    expect(apart.tokensPerSecondPerReplica.base).toBeGreaterThan(together.tokensPerSecondPerReplica.base);
  });

  it('wait longer for the first token over a slower link, and never need fewer GPUs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 100 }), (rate, more) => {
        const at = (transfer: number) => sized(demand(transfer, { tensorParallel: 4, ttftMs: null }));
        const [slow, fast] = [at(rate), at(rate + more)];
        expect(slow.ttftMs.base).toBeGreaterThan(fast.ttftMs.base);
        const gpus = ({ prompts, replicas, gpusPerReplica }: ServingSizing) =>
          (prompts?.replicas ?? 0) * (prompts?.gpusPerReplica ?? 0) + replicas * gpusPerReplica;
        expect(gpus(slow)).toBeGreaterThanOrEqual(gpus(fast));
      }),
      RUNS,
    );
  });

  it('say which part is too late where the cache alone takes longer than the first token may', () => {
    const result = sizeDemand(demand(0.1, { ttftMs: 1000 }), catalog, null);
    expect(result).toMatchObject({ fits: false, reasons: [expect.stringContaining('to send the cache')] });
  });

  it('have to be up both: together they reach the availability', () => {
    const sizing = sized(demand(40, { availability: 0.9995 }));
    expect(sizing.availability).toBeGreaterThanOrEqual(0.9995);
  });
});
