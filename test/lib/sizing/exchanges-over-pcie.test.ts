import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { featuresOf } from '#lib/sizing/features';
import { pieceOf, predictRun } from '#lib/sizing/measured-run';

const catalog = loadCatalog();
const model = catalog.models.get('llama-3.1-70b');
const pcie = catalog.accelerators.get('rtx-pro-6000-bw');
const linked = catalog.accelerators.get('b200-sxm');
if (model === undefined || pcie === undefined || linked === undefined) throw new Error('not in the catalog');

const run = {
  kind: 'serving_closed_loop',
  gpus: 4,
  precision: 'fp8',
  inputTokens: 1024,
  outputTokens: 1024,
  concurrency: 64,
  pipeline: 1,
  attentionData: 1,
} as const;

describe('sums over GPUs', () => {
  it('send 8 bits a value under TensorRT-LLM over PCIe alone', () => {
    const bytes = (engine: string, accelerator: typeof pcie) =>
      featuresOf(pieceOf({ ...run, engine }, model, accelerator))?.allReduceBytesPerToken;
    // Ring of four: 2 × 3 ÷ 4 of a hidden vector of 8,192.
    expect(bytes('trtllm', pcie)).toBe(1.5 * 8192);
    expect(bytes('vllm', pcie)).toBe(1.5 * 8192 * 2);
    expect(bytes('trtllm', linked)).toBe(1.5 * 8192 * 2);
  });

  it('take engines that send 16 bits over PCIe longer, at what the bus carries', () => {
    const plain = { ...catalog, corrections: () => [] };
    const rate = (engine: string) =>
      predictRun({ ...run, engine }, model, pcie, plain)?.tokensPerSecondPerGpu ?? Number.NaN;
    expect(rate('vllm')).toBeLessThan(0.8 * rate('trtllm'));
  });
});
