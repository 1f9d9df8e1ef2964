import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { acceleratorNamed, modelNamed } from '#lib/catalog/names';

const { models, accelerators } = loadCatalog();

describe('the name of a model', () => {
  it.each([
    ['llama-3.1-70b', 'llama-3.1-70b'],
    ['meta-llama/Llama-3.1-70B-Instruct', 'llama-3.1-70b'],
    ['nvidia/Llama-3.3-70B-Instruct-FP8', 'llama-3.1-70b'],
    ['nvidia/DeepSeek-R1-0528-FP4', 'deepseek-r1'],
    ['DeepSeek-V3.1', 'deepseek-v3'],
    ['llama2-70b-99.9', 'llama-2-70b'],
    ['RedHatAI/Meta-Llama-3.1-70B-Instruct-quantized.w8a8', 'llama-3.1-70b'],
    ['Qwen/Qwen3-30B-A3B-Thinking-2507', 'qwen3-30b-a3b'],
    ['nvidia/DeepSeek-R1-0528-NVFP4-v2', 'deepseek-r1'],
    ['MiniMaxAI/MiniMax-M2.5', 'minimax-m2'],
    ['zai-org/GLM-4.6', 'glm-4.5'],
    ['Qwen/Qwen3-235B-A22B-Instruct-2507', 'qwen3-235b-a22b'],
  ])('%s means %s', (name, id) => expect(modelNamed(name, models)?.id).toBe(id));

  it.each([
    'llama-3.1-71b',
    'gpt-4',
    '',
    '/',
    'Qwen3-Coder-480B',
    'DeepSeek-R1-Distill-Llama-70B',
    `llama-3.1-8b${'-it'.repeat(100)}`,
  ])('%j means none', (name) => expect(modelNamed(name, models)).toBeNull());

  it('is never that of two models: every id and repository means its own', () => {
    for (const model of models.values()) {
      expect(modelNamed(model.id, models)).toBe(model);
      expect(modelNamed(model.repository ?? model.id, models)).toBe(model);
    }
  });
});

describe('the name of an accelerator', () => {
  it.each([
    ['H100-SXM5-80GB', 'h100-sxm'],
    ['NVIDIA-H100-80GB-HBM3', 'h100-sxm'],
    ['NVIDIA H200 SXM 141GB', 'h200-sxm'],
    ['NVIDIA B200', 'b200-sxm'],
    ['GB200 NVL72', 'gb200'],
    ['AMD Instinct MI325X', 'mi325x'],
    ['MI325X OAM', 'mi325x'],
    ['8xH100 SXM5', 'h100-sxm'],
    ['DGX B200', 'b200-sxm'],
    ['A100-SXM4-80GB', 'a100-80-sxm'],
    ['h200_sxm', 'h200-sxm'],
  ])('%s means %s', (name, id) => expect(acceleratorNamed(name, accelerators)?.id).toBe(id));

  it.each(['h100', 'H200', 'H100-SXM5-96GB', 'h1000', 'SXM'])(
    '%s means none: several fit it, or none does',
    (name) => expect(acceleratorNamed(name, accelerators)).toBeNull(),
  );

  it('is its own id for every accelerator', () => {
    for (const each of accelerators.values()) expect(acceleratorNamed(each.id, accelerators)).toBe(each);
  });
});
