import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { OperatingPoint, Predictor } from '#lib/sizing/predictor';
import { queueServer } from '#lib/sizing/queue-server';

const shape = { tensor: 1, pipeline: 1, attentionData: 1 };
const demand = {
  inputTokens: { mean: 4_000, longest: 12_000 },
  outputTokens: { mean: 1, longest: 1 },
  cachedShare: 0,
  peakRequestsPerSecond: 0.4,
};

/** Answers of one token: a prompt takes half a second among eight, and a quarter alone. */
function predictorOfPrompts(): Predictor {
  const at = (concurrency: number) =>
    ({
      concurrency,
      tokensPerSecond: concurrency === 1 ? 4 : 2,
      ttftMs: 300,
      kernels: null,
      roofline: { tokensPerSecond: 2, step: { prefill: 0.5 } },
    }) as OperatingPoint;
  return { at, stepTokens: 8_192 } as Partial<Predictor> as Predictor;
}

describe('a replica as its queue sees it', () => {
  it('keeps some decode in every step, also where a prompt among many costs more than one alone takes', () => {
    const { decodeSeconds } = queueServer(demand, shape, predictorOfPrompts(), 8, loadCatalog());
    expect(decodeSeconds[1]).toBeCloseTo(0.03 * 0.25, 6);
    expect(decodeSeconds.every((seconds) => seconds > 0)).toBe(true);
  });
});
