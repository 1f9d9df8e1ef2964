import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { dimensionsOf, imported } from './config-file';

const catalog = loadCatalog();

const IN_CATALOG = [
  'llama-3.1-8b',
  'llama-3.1-405b',
  'qwen3-8b',
  'qwen3-32b',
  'qwen3-30b-a3b',
  'qwen3-235b-a22b',
  'qwen3.5-27b',
  'qwen3.5-35b-a3b',
  'qwen3.5-397b-a17b',
  'deepseek-v3',
  'deepseek-v3.2',
  'kimi-k2',
  'kimi-k2.5',
  'glm-4.5',
  'glm-5',
  'minimax-m2',
  'gpt-oss-20b',
  'gpt-oss-120b',
  'mixtral-8x7b',
  'llama-4-scout',
  'llama-4-maverick',
  'gemma-3-27b',
  'phi-4',
];

describe.each(IN_CATALOG)('the configuration file of %s', (id) => {
  const record = catalog.models.get(id);
  if (record === undefined) throw new Error(`the catalog lacks ${id}`);
  const model = imported(id);

  it('has the dimensions of the catalog', () => {
    expect(dimensionsOf(model)).toEqual(dimensionsOf(record));
  });

  it('has the parameters of the catalog within 1 %', () => {
    const total = (model.paramsTotalB ?? 0) / (record.paramsTotalB ?? 1);
    const active = (model.paramsActiveB ?? 0) / (record.paramsActiveB ?? 1);
    expect(Math.abs(total - 1)).toBeLessThan(0.01);
    expect(Math.abs(active - 1)).toBeLessThan(0.01);
  });

  it('has the number format of the catalog', () => {
    expect(model.nativeDtype).toBe(record.nativeDtype);
  });
});

/** Total and active parameters in 10^9 as the publishers state them, and how finely they round. */
const PUBLISHED = [
  // build.nvidia.com, Nemotron 3 Nano: 31.6 B, 3.6 B active with embeddings
  { id: 'nemotron-3-nano', total: 31.6, active: 3.6, rounding: 0.05 },
  // By name: 120B-A12B, with experts in a latent space
  { id: 'nemotron-3-super', total: 120, active: 12, rounding: 1 },
  { id: 'nemotron-h-56b', total: 56, active: 56, rounding: 0.5 },
  // Model card of google/gemma-4-26B-A4B: 25.2 B, 3.8 B active
  { id: 'gemma-4-26b-a4b', total: 25.2, active: 3.8, rounding: 0.05 },
  // XiaomiMiMo/MiMo-V2-Flash: 309 B, 15 B active
  { id: 'mimo-v2-flash', total: 309, active: 15, rounding: 0.5 },
  // AI21, Jamba: 52 B, 12 B active
  { id: 'jamba-v0.1', total: 52, active: 12, rounding: 0.5 },
  // By name: 48B-A3B
  { id: 'kimi-linear', total: 48, active: 3, rounding: 1.5 },
];

describe.each(PUBLISHED)('the configuration file of $id', ({ id, total, active, rounding }) => {
  it('has the parameters that its publisher states', () => {
    const { paramsTotalB, paramsActiveB } = imported(id);
    expect(Math.abs((paramsTotalB ?? 0) - total)).toBeLessThanOrEqual(rounding);
    expect(Math.abs((paramsActiveB ?? 0) - active)).toBeLessThanOrEqual(rounding);
  });
});
