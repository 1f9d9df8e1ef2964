import { describe, expect, it } from 'vitest';
import { readRun } from '#lib/evaluation/benchmark-run';
import { formatOf, RESULT_FORMATS } from '#lib/measurements/formats';
import { readMeasurements } from '#lib/measurements/read-measurements';
import { catalog, GIVEN, resultText, rowOf } from './result-file';

const FILES = [
  { file: 'vllm-serve', format: 'vllm-serve', given: GIVEN },
  { file: 'inference-perf-rate', format: 'inference-perf', given: { ...GIVEN, model: 'llama-3.1-8b' } },
  {
    file: 'inference-perf-concurrency',
    format: 'inference-perf',
    given: { ...GIVEN, model: 'llama-3.1-8b' },
  },
  { file: 'aiperf', format: 'aiperf', given: { ...GIVEN, gpus: 2, tensor: 2 } },
  { file: 'genai-perf', format: 'aiperf', given: { ...GIVEN, gpus: 2, tensor: 2 } },
  { file: 'inferencex', format: 'inferencex', given: { repositories: GIVEN.repositories } },
] as const;

describe.each(FILES)('a result of $file', ({ file, format, given }) => {
  it('is recognised by its own format alone', () => {
    const document: unknown = JSON.parse(resultText(file));
    expect(formatOf(document)?.id).toBe(format);
    expect(RESULT_FORMATS.filter((each) => each.recognises(document)).map(({ id }) => id)).toEqual([format]);
  });

  it('becomes a run that the sizing can be asked about', () => {
    const run = readRun(rowOf(file, given), catalog);
    expect(run).not.toHaveProperty('reason');
    expect(run).toHaveProperty('outputTokensPerSecondPerGpu', rowOf(file, given)['out_tok_s_per_gpu']);
  });
});

describe('no other document', () => {
  it('is recognised', () => {
    for (const document of [null, 1, 'text', [], {}, { rows: [] }, { successes: {} }, { hw: 'h100' }])
      expect(formatOf(document)).toBeUndefined();
  });
});

describe('what is no time', () => {
  const successes = (file: string, of: object) => ({ ...successesOf(file), latency: of });

  it.each([-5, '220', true, 1e13])('is refused where a time is to stand: %j', (value) => {
    const cases = [
      ['vllm-serve', { mean_ttft_ms: value }],
      ['vllm-serve', { p99_tpot_ms: value }],
      [
        'inference-perf-rate',
        { successes: successes('inference-perf-rate', { request_latency: { p90: value } }) },
      ],
      ['aiperf', { time_to_first_token: { unit: 'ms', avg: value } }],
      ['genai-perf', { request_latency: { unit: 'ns', avg: 1, p50: value } }],
      ['inferencex', { mean_ttft: value }],
      ['inferencex', { p99_tpot: value }],
    ] as const;
    for (const [file, changes] of cases) expect(() => rowOf(file, GIVEN, changes)).toThrow('OUT_OF_RANGE');
  });

  it('may be left out, or be null', () => {
    const ofInferencex = { repositories: GIVEN.repositories };
    for (const value of [null, undefined]) {
      expect(rowOf('vllm-serve', GIVEN, { mean_ttft_ms: value })['ttft_ms'] ?? null).toBeNull();
      expect(rowOf('inferencex', ofInferencex, { p99_tpot: value })['tpot_p99_ms'] ?? null).toBeNull();
    }
  });
});

interface Successes {
  readonly latency: object;
}

function successesOf(file: string): Successes {
  return (JSON.parse(resultText(file)) as { readonly successes: Successes }).successes;
}

describe('inference-perf', () => {
  const given = { ...GIVEN, model: 'llama-3.1-8b' };

  it('states seconds', () => {
    expect(rowOf('inference-perf-rate', given)).toMatchObject({
      ttft_ms: 160,
      tpot_ms: 19.2,
      ttft_p50_ms: 140,
      'tpot_p99.9_ms': 25,
      e2el_p90_ms: 4600,
      out_tok_s_per_gpu: 1990,
      isl: 1002,
      isl_effective: 1001.7,
      failed_requests: 2,
    });
  });

  it('has the mean number in flight of a stage at a rate', () => {
    // 9.95 requests/s × 4 s
    expect(rowOf('inference-perf-rate', given)['concurrency']).toBe(39.8);
  });

  it('leaves out a stage in which fewer than one ran at a time', () => {
    const throughput = { output_tokens_per_sec: 40, requests_per_sec: 0.2 };
    const successes = { ...successesOf('inference-perf-rate'), throughput };
    expect(() => rowOf('inference-perf-rate', given, { successes })).toThrow('0.8 requests ran at a time');
  });

  it('takes the time per token from the whole request where the release counted a start token a chunk', () => {
    const { latency, ...others } = successesOf('inference-perf-rate');
    const halved = { ...latency, time_per_output_token: { mean: 0.0096, p99: 0.012 } };
    const row = rowOf('inference-perf-rate', given, { successes: { ...others, latency: halved } });
    // (4,000 − 160) ms ÷ 199
    expect(row['tpot_ms']).toBeCloseTo(19.2965, 4);
    expect(row).not.toHaveProperty('tpot_p99_ms');
    expect(row).not.toHaveProperty('itl_p99_ms');
    expect(row).toHaveProperty('ttft_p99_ms', 500);
  });

  it('has the number in flight that a stage states, and the tokens that the server counted', () => {
    const row = rowOf('inference-perf-concurrency', given);
    expect(row).toMatchObject({ concurrency: 32, isl: 1000, osl: 200 });
    expect(row).not.toHaveProperty('concurrency_basis');
  });

  it('has no more in flight than there are requests', () => {
    const few = { load_summary: { count: 20, requested_rate: 64, concurrency: 32 } };
    expect(rowOf('inference-perf-concurrency', given, few)['concurrency']).toBe(20);
  });

  it('leaves out the file of an adapter, which the others load too', () => {
    const text = resultText('inference-perf-rate');
    const { rows, leftOut } = readMeasurements(
      text,
      'runs/adapter_sql_stage_0_lifecycle_metrics.json',
      given,
    );
    expect(rows).toEqual([]);
    expect(leftOut[0]?.reason).toContain('one adapter');
  });

  it('needs the number in flight for a summary over several stages', () => {
    const summary = { load_summary: { count: 600, schedule_delay: {} } };
    expect(() => rowOf('inference-perf-rate', given, summary)).toThrow('--concurrency');
    expect(rowOf('inference-perf-rate', { ...given, concurrency: 48 }, summary)['concurrency']).toBe(48);
  });
});

describe('AIPerf and GenAI-Perf', () => {
  const given = { ...GIVEN, gpus: 2, tensor: 2 };

  it('give the same run in milliseconds and in nanoseconds', () => {
    const figures = {
      model: 'qwen3-32b',
      concurrency: 32,
      isl: 2000,
      osl: 500,
      ttft_ms: 220,
      tpot_ms: 15.6,
      ttft_p50_ms: 200,
      e2el_p99_ms: 9100,
      out_tok_s_per_gpu: 1000,
    };
    expect(rowOf('aiperf', given)).toMatchObject(figures);
    expect(rowOf('genai-perf', given)).toMatchObject(figures);
  });

  it.each(['tokens', 'constructor', '', 3, null])('refuse %j as a unit of time', (unit) => {
    const metric = { unit, avg: 220 };
    expect(() => rowOf('aiperf', given, { time_to_first_token: metric })).toThrow('WRONG_UNIT');
  });

  it('read the options of every version', () => {
    const of = (input_config: unknown) => rowOf('aiperf', given, { input_config });
    const model = 'qwen3-32b';
    expect(
      of({ model_names: ['Qwen/Qwen3-32B'], perf_analyzer: { stimulus: { concurrency: 16 } } }),
    ).toMatchObject({
      model,
      concurrency: 16,
    });
    expect(of({ models: { items: [{ name: 'Qwen/Qwen3-32B' }] }, concurrency: 8 })).toMatchObject({
      model,
      concurrency: 8,
    });
    // 4 requests/s × 8 s in flight on average.
    expect(of({ model: 'Qwen/Qwen3-32B', loadgen: { request_rate: 4, concurrency: 99 } })).toMatchObject({
      model,
      concurrency: 32,
    });
  });

  it('read the phases of the second version of the configuration', () => {
    const of = (...phases: readonly unknown[]) =>
      rowOf('aiperf', given, { input_config: { models: { items: [{ name: 'Qwen/Qwen3-32B' }] }, phases } });
    const warmup = { name: 'warmup', type: 'concurrency', concurrency: 4 };
    const held = { name: 'profiling', type: 'concurrency', concurrency: 16 };
    expect(of(warmup, held)).toMatchObject({ concurrency: 16 });
    expect(of(warmup, held)).not.toHaveProperty('concurrency_basis');
    // A cap beside a rate, a rising number, and two phases: 4 requests/s × 8 s.
    expect(of({ ...held, type: 'poisson', rate: 4 })).toMatchObject({ concurrency: 32 });
    expect(of({ ...held, concurrency_ramp: 30 })).toMatchObject({ concurrency: 32 });
    expect(of(held, { ...held, name: 'more', kind: 'profiling', concurrency: 64 })).toMatchObject({
      concurrency: 32,
    });
  });

  it('read metrics under `records`, as the first versions wrote them', () => {
    const whole = JSON.parse(resultText('aiperf')) as Record<string, unknown>;
    const { input_config, time_to_first_token: ttft, ...records } = whole;
    const document = JSON.stringify({ input_config, records: { ...records, ttft } });
    const { rows } = readMeasurements(document, 'runs/aiperf.json', given);
    expect(rows).toEqual([rowOf('aiperf', given)]);
  });

  it('leave out a cancelled run', () => {
    expect(() => rowOf('aiperf', given, { was_cancelled: true })).toThrow('cancelled');
  });
});

describe('InferenceX', () => {
  const given = { repositories: GIVEN.repositories };

  it('states hardware, layout and seconds, and lengths that are 0.9 of the nominal ones', () => {
    expect(rowOf('inferencex', given)).toMatchObject({
      model: 'gpt-oss-120b',
      gpu: 'h200-sxm',
      gpus: 4,
      engine: 'vllm',
      precision: 'fp4',
      tp: 4,
      attention_dp: 1,
      moe_ep: 1,
      concurrency: 64,
      isl: 1024,
      isl_effective: 921.6,
      ttft_ms: 250,
      tpot_ms: 10.4,
      ttft_p99_ms: 900,
      tpot_p50_ms: 10.3,
      out_tok_s_per_gpu: 1500,
    });
  });

  it('has groups of attention as large as the tensor degree', () => {
    expect(rowOf('inferencex', given, { dp_attention: 'true' })['attention_dp']).toBe(4);
  });

  it('knows TensorRT-LLM by its short name', () => {
    expect(rowOf('inferencex', given, { framework: 'trt' })['engine']).toBe('trtllm');
  });

  it.each([
    [{ disagg: true }, 'separate GPUs'],
    [{ is_multinode: true }, 'several nodes'],
    [{ spec_decoding: 'mtp' }, 'speculative decoding ("mtp")'],
    [{ spec_decoding: '\u202Eoff' }, 'speculative decoding ("?off")'],
    [{ spec_decoding: undefined, mtp: 'on' }, 'speculative decoding ("on")'],
    [{ dcp_size: 4 }, 'context parallelism'],
    [{ pcp_size: 2 }, 'context parallelism'],
    [{ tput_per_gpu: undefined, scenario_type: 'agentic-coding' }, 'sessions of agents'],
  ])('leaves out %o', (changes, reason) => {
    expect(() => rowOf('inferencex', given, changes)).toThrow(reason);
  });
});
