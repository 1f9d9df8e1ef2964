import { expect, it } from 'vitest';
import { modelFromConfigText } from '#lib/model-import/from-config';
import { problemOf } from '../../_support/thrown';
import { configText } from './config-file';

const CODE = { auto_map: { AutoConfig: 'configuration_new.NewConfig' } };
const TOKENIZER = { auto_map: { AutoTokenizer: ['tokenization_new.NewTokenizer', null] } };

const flagOf = (name: string, changes: object, tokenizer?: object) => {
  const text = configText(name, { ...changes });
  const beside =
    tokenizer === undefined
      ? {}
      : { tokenizer: { path: 'tokenizer_config.json', text: JSON.stringify(tokenizer) } };
  return modelFromConfigText(text, { id: name, path: 'config.json', ...beside }).runsRepositoryCode;
};

it.each([
  ['no code', 'llama-3.1-8b', {}, undefined, undefined],
  ['a class that no library has', 'llama-3.1-8b', { model_type: 'new', ...CODE }, undefined, true],
  ['a class that transformers has too', 'deepseek-v3', CODE, undefined, undefined],
  ['a map of nothing', 'llama-3.1-8b', { model_type: 'new', auto_map: {} }, undefined, undefined],
  ['a tokenizer as code', 'deepseek-v3', CODE, TOKENIZER, true],
  ['a tokenizer as code, listed', 'kimi-k2', {}, { auto_map: ['tokenization_new.NewTokenizer', null] }, true],
  ['a tokenizer of the library', 'llama-3.1-8b', {}, { tokenizer_class: 'LlamaTokenizerFast' }, undefined],
])('an engine needs the code of a repository with %s: %#', (_, name, changes, tokenizer, expected) => {
  expect(flagOf(name, changes, tokenizer)).toBe(expected);
});

it('refuses a tokenizer_config.json that is no object, at its place', () => {
  const problem = problemOf(() => flagOf('llama-3.1-8b', {}, ['x']));
  expect(problem).toMatchObject({ at: 'tokenizer_config.json', code: 'WRONG_TYPE' });
});
