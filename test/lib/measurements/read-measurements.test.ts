import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LandfallError } from '#lib/errors/landfall-error';
import { readMeasurements } from '#lib/measurements/read-measurements';
import { problemOf } from '../../_support/thrown';
import { GIVEN, resultText, rowOf } from './result-file';

/** The flags that the error names. */
function flagsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (!(error instanceof LandfallError)) throw error;
    return error.problems.map(({ fix }) => /`(--[a-z]+)/.exec(fix)?.[1] ?? fix);
  }
  return [];
}

describe('what a file does not say', () => {
  it('is asked for all at once, each by its flag', () => {
    expect(flagsOf(() => rowOf('vllm-serve', {}))).toEqual([
      '--gpu',
      '--gpus',
      '--engine',
      '--precision',
      '--tp',
    ]);
  });

  it('is asked for by an example that names what it is', () => {
    const problem = problemOf(() => rowOf('vllm-serve', { ...GIVEN, gpu: undefined }));
    expect(problem).toMatchObject({
      code: 'MISSING_KEY',
      at: 'runs/vllm-serve.json',
      expected: 'the GPU that it ran on, which the file does not say',
      fix: 'pass it, for instance `--gpu h100-sxm`',
    });
  });

  it('includes the model where the tool does not write it', () => {
    expect(flagsOf(() => rowOf('inference-perf-rate', GIVEN))).toEqual(['--model']);
  });

  it('includes the tensor degree on several GPUs, and not on one', () => {
    expect(flagsOf(() => rowOf('vllm-serve', { ...GIVEN, gpus: 4 }))).toEqual(['--tp']);
    expect(rowOf('vllm-serve')['tp']).toBe(1);
  });

  it('includes the lengths where the file counts no tokens', () => {
    const nothing = { input_sequence_length: undefined, output_sequence_length: undefined };
    expect(flagsOf(() => rowOf('aiperf', GIVEN, nothing))).toEqual(['--in', '--out']);
    const row = rowOf('aiperf', { ...GIVEN, inputTokens: 1024, outputTokens: 256 }, nothing);
    expect(row).toMatchObject({ isl: 1024, osl: 256 });
  });
});

describe('what the user gives', () => {
  it('goes before the file', () => {
    const given = { ...GIVEN, model: 'qwen3-8b', concurrency: 7, inputTokens: 900, engineVersion: '0.12.0' };
    const row = rowOf('vllm-serve', { ...given, kvPrecision: 'fp8', expertParallel: 2 });
    expect(row).toMatchObject({
      model: 'qwen3-8b',
      concurrency: 7,
      isl: 900,
      engine_version: '0.12.0',
      kv_dtype: 'fp8',
      moe_ep: 2,
    });
    expect(row).not.toHaveProperty('isl_effective');
  });

  it('must lay out all GPUs', () => {
    const problem = problemOf(() => rowOf('vllm-serve', { ...GIVEN, gpus: 8, tensor: 2, pipeline: 2 }));
    expect(problem).toMatchObject({ code: 'CONFLICT', expected: 'a layout of all 8 GPUs' });
    expect(rowOf('vllm-serve', { ...GIVEN, gpus: 8, tensor: 4, pipeline: 2 })).toMatchObject({
      tp: 4,
      pp: 2,
    });
  });

  it('names a model that the catalog does not know by its repository', () => {
    expect(rowOf('vllm-serve', GIVEN, { model_id: 'own/model' })['model']).toBe('own/model');
  });
});

describe('a file of results', () => {
  it('may hold one in each line', () => {
    const line = (tokens: number) =>
      JSON.stringify(JSON.parse(resultText('vllm-serve', { output_throughput: tokens })));
    const { rows } = readMeasurements(`${line(100)}\n${line(200)}\n`, 'all.json', GIVEN);
    expect(rows.map((row) => [row['id'], row['out_tok_s_per_gpu']])).toEqual([
      ['all.json#1', 100],
      ['all.json#2', 200],
    ]);
  });

  it('may hold a list, of which those that cannot be judged are left out with the reason', () => {
    const list = `[${resultText('inferencex')},${resultText('inferencex', { spec_decoding: 'mtp' })}]`;
    const { rows, leftOut } = readMeasurements(list, 'agg.json', { repositories: GIVEN.repositories });
    expect(rows).toHaveLength(1);
    expect(leftOut).toEqual([
      { id: 'agg.json#2', reason: 'speculative decoding ("mtp") is not in the sizing' },
    ]);
  });

  it('names the run of a list that is at fault', () => {
    const list = `[${resultText('vllm-serve')},${resultText('vllm-serve', { output_throughput: 0 })}]`;
    const problem = problemOf(() => readMeasurements(list, 'runs/all.json', GIVEN));
    expect(problem).toMatchObject({ at: 'runs/all.json#2 output_throughput' });
  });

  it('may hold the answers in full, as `--save-detailed` writes them', () => {
    const detailed = {
      generated_texts: ['say "NaN" \\ '.repeat(400_000)],
      itls: [[0.01, 0.02]],
      errors: [''],
    };
    const { rows } = readMeasurements(resultText('vllm-serve', detailed), 'a.json', GIVEN);
    expect(rows[0]).toMatchObject({ concurrency: 40 });
  });

  it('may hold the numbers that Python writes and JSON does not know', () => {
    const text = resultText('vllm-serve').replace('"request_rate": "inf"', '"request_rate": Infinity');
    expect(readMeasurements(text, 'a.json', GIVEN).rows[0]).toMatchObject({ concurrency: 40 });
  });

  it('must be of a known format, and the error lists them', () => {
    const problem = problemOf(() => readMeasurements('{"qps": 3}', 'a.json', GIVEN));
    expect(problem).toMatchObject({ code: 'NOT_A_CHOICE', at: 'a.json' });
    for (const name of ['vLLM', 'inference-perf', 'AIPerf', 'InferenceX'])
      expect(problem.expected).toContain(name);
  });

  it('must be JSON', () => {
    expect(problemOf(() => readMeasurements('{\n"a" 1}', 'a.json'))).toMatchObject({
      code: 'JSON_SYNTAX',
      at: 'a.json:2:5',
    });
  });

  it('is not the table that a tool writes beside it', () => {
    const problem = problemOf(() => readMeasurements('Metric,avg,p99\nTTFT,220,600\n', 'a.csv', GIVEN));
    expect(problem).toMatchObject({ code: 'NOT_A_CHOICE', at: 'a.csv', got: 'a text that is no JSON' });
    expect(problem.fix).toContain('give the JSON file');
  });

  it('must not be empty', () => {
    expect(problemOf(() => readMeasurements('[]', 'a.json'))).toMatchObject({ code: 'MISSING_KEY' });
  });

  it('must have finished: the error names the figure that is missing', () => {
    const problem = problemOf(() => rowOf('vllm-serve', GIVEN, { completed: 0 }));
    expect(problem).toMatchObject({ code: 'OUT_OF_RANGE', at: 'runs/vllm-serve.json completed', got: '0' });
  });

  it('never breaks on any value in place of a figure', () => {
    const files = ['vllm-serve', 'inference-perf-rate', 'aiperf', 'inferencex'] as const;
    const names = (file: string) => Object.keys(JSON.parse(resultText(file)) as object);
    const change = fc
      .constantFrom(...files)
      .chain((file) =>
        fc.record({ file: fc.constant(file), name: fc.constantFrom(...names(file)), value: fc.jsonValue() }),
      );
    fc.assert(
      fc.property(change, ({ file, name, value }) => {
        expect(outcomeOf(file, name, value)).toBe('rows or a problem');
      }),
      { numRuns: 400 },
    );
  });
});

function outcomeOf(file: string, name: string, value: unknown): string {
  try {
    readMeasurements(resultText(file, { [name]: value }), 'a.json', { ...GIVEN, model: 'llama-3.1-8b' });
    return 'rows or a problem';
  } catch (error) {
    return error instanceof LandfallError ? 'rows or a problem' : String(error);
  }
}
