import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { demandFor } from '../../sizing/demand';

const sizer = rememberingSizer(loadCatalog());

function evidence(gpu: string) {
  const lengths = { inputTokens: { mean: 256, longest: 1024 }, outputTokens: { mean: 347, longest: 1024 } };
  const found = sizer.measured(demandFor('llama-3.1-8b', gpu, { precision: 'bf16', ...lengths }));
  if (!found.fits) throw new Error(found.reasons.join('; '));
  return found;
}

describe('the measured run that a plan shows', () => {
  it('of an accelerator that nothing is fitted on is what was published of it, and no proof of the figure', () => {
    const { nearest, confidence } = evidence('a100-80-sxm');
    expect(nearest?.id).toMatch(/^accelmark-a100-80/);
    expect(confidence).toBe('extrapolated');
  });

  it('of one that runs are fitted on is one of these', () => {
    const { nearest, confidence } = evidence('h100-sxm');
    expect(nearest?.difference).toContain('h100-sxm');
    expect(confidence).not.toBe('extrapolated');
  });
});
