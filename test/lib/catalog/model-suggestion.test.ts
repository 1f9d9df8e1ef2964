import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { modelSuggestion } from '#lib/catalog/model-suggestion';

const { models } = loadCatalog();
const fixFor = (word: string) => modelSuggestion(word, [...models.keys()], models);

describe('what to write for a model that goes by another name here', () => {
  it.each([
    ['llama-3.3-70b', 'llama-3.1-70b'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'llama-3.1-70b'],
    ['Qwen/Qwen3-32B', 'qwen3-32b'],
    ['RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8', 'llama-3.1-8b'],
    ['GLM-4.6', 'glm-4.5'],
    ['mistralai/Mistral-7B-Instruct-v0.3', 'mistral-7b'],
    ['Mixtral 8x7B Instruct', 'mixtral-8x7b'],
  ])('is, for %s, %s', (word, id) => {
    expect(fixFor(word)).toMatch(new RegExp(`^(?:the catalog has it as|did you mean) "${id}"`));
  });

  it('is the id alone where one record goes by that name', () => {
    expect(fixFor('llama-3.3-70b')).toBe(
      'the catalog has it as "llama-3.1-70b" (Llama 3.1 / 3.3 70B Instruct)',
    );
  });

  it('is a near id for a misspelt one, and a choice for a name that nothing is near', () => {
    expect(fixFor('quen3-32b')).toContain('"qwen3-32b"');
    expect(fixFor('gpt-4o-mini-2024')).toMatch(/^choose one of /);
  });

  it('stands for releases that have no record of their own, each for its own', () => {
    const names = [...models.values()].flatMap(({ standsFor = [] }) => standsFor);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => models.has(name))).toEqual([]);
  });
});
