import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LandfallError } from '#lib/errors/landfall-error';
import { modelFromConfigText } from '#lib/model-import/from-config';
import { problemOf } from '../../_support/thrown';
import { configText, imported } from './config-file';

function outcomeOf(name: string, value: unknown): string {
  try {
    const { paramsTotalB } = imported('deepseek-v3', { [name]: value });
    return (paramsTotalB ?? 0) > 0 ? 'a model or a problem' : `a model of ${paramsTotalB} parameters`;
  } catch (error) {
    return error instanceof LandfallError ? 'a model or a problem' : String(error);
  }
}

describe('a configuration that cannot be read', () => {
  it('names the field that is missing and where to find it', () => {
    const problem = problemOf(() => imported('llama-3.1-8b', { hidden_size: undefined }));
    expect(problem).toMatchObject({ code: 'MISSING_KEY', at: 'llama-3.1-8b/config.json:1:1' });
    expect(problem.expected).toContain('`hidden_size`');
    expect(problem.fix).toContain('configuration_*.py');
  });

  it('points at the object that lacks the field', () => {
    const text = '{\n  "model_type": "x",\n  "text_config": {\n    "num_hidden_layers": 2\n  }\n}';
    const problem = problemOf(() => modelFromConfigText(text, { id: 'm', path: 'config.json' }));
    expect(problem.at).toBe('config.json:3:18');
  });

  it('points at the value of the wrong type', () => {
    const problem = problemOf(() => imported('llama-3.1-8b', { vocab_size: 'many' }));
    expect(problem).toMatchObject({ code: 'WRONG_TYPE', got: '"many"' });
    expect(problem.at).toMatch(/^llama-3\.1-8b\/config\.json:\d+:17$/);
    expect(problem.frame?.text).toContain('"vocab_size": "many"');
  });

  it('is refused where keys and values are compressed over tokens', () => {
    const problem = problemOf(() => imported('deepseek-v4-flash'));
    expect(problem).toMatchObject({ code: 'NOT_A_CHOICE' });
    expect(problem.expected).toContain('compressed over several tokens');
  });

  it('is refused at the layer whose kind is not known', () => {
    const problem = problemOf(() => imported('gpt-oss-20b', { layer_types: ['full_attention', 'conv'] }));
    expect(problem).toMatchObject({ code: 'NOT_A_CHOICE', got: '"conv"' });
    expect(problem.frame?.text).toContain('"conv"');
  });

  it('is refused where a list has not one entry for each layer', () => {
    const problem = problemOf(() => imported('gpt-oss-20b', { layer_types: ['full_attention'] }));
    expect(problem).toMatchObject({
      code: 'CONFLICT',
      got: '1',
      expected: '24 entries, one for each layer',
    });
  });

  it('is no object', () => {
    expect(problemOf(() => modelFromConfigText('[]', { id: 'm', path: 'c.json' }))).toMatchObject({
      code: 'WRONG_TYPE',
      at: 'c.json',
    });
  });

  it('is no JSON', () => {
    expect(problemOf(() => modelFromConfigText('{\n "a": }', { id: 'm', path: 'c.json' }))).toMatchObject({
      code: 'JSON_SYNTAX',
      at: 'c.json:2:7',
    });
  });

  it('may hold the numbers that Python writes and JSON does not know', () => {
    const text = configText('llama-3.1-8b').replace('{', '{ "time_step_limit": [0.0, Infinity, NaN],');
    expect(modelFromConfigText(text, { id: 'm', path: 'c.json' }).layers).toBe(32);
  });

  it('never breaks on any value in place of a field', () => {
    const names = Object.keys(JSON.parse(configText('deepseek-v3')) as object);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        expect(outcomeOf(name, value)).toBe('a model or a problem');
      }),
      { numRuns: 300 },
    );
  });

  it('has more parameters with more experts, and no fewer active ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 512 }), (experts) => {
        const fewer = imported('deepseek-v3', { n_routed_experts: experts });
        const more = imported('deepseek-v3', { n_routed_experts: experts + 8 });
        expect(more.paramsTotalB ?? 0).toBeGreaterThan(fewer.paramsTotalB ?? 0);
        expect(more.paramsActiveB ?? 0).toBeGreaterThanOrEqual(fewer.paramsActiveB ?? 0);
      }),
      { numRuns: 30 },
    );
  });
});
