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

describe('vLLM', () => {
  it('states milliseconds, the throughput of the server, and percentiles before their metric', () => {
    expect(rowOf('vllm-serve', { ...GIVEN, gpus: 2, tensor: 2 })).toEqual({
      id: 'vllm-serve.json',
      kind: 'serving_closed_loop',
      model: 'llama-3.1-8b',
      gpu: 'h100-sxm',
      gpus: 2,
      engine: 'vllm',
      precision: 'bf16',
      isl: 1000,
      osl: 400,
      isl_effective: 1000,
      osl_effective: 400,
      concurrency: 40,
      tp: 2,
      pp: 1,
      attention_dp: 1,
      ttft_ms: 160,
      tpot_ms: 19.6,
      ttft_p99_ms: 420,
      tpot_p99_ms: 21.5,
      itl_p99_ms: 48,
      ttft_p50_ms: 140,
      tpot_p50_ms: 19.5,
      itl_p50_ms: 18,
      out_tok_s_per_gpu: 1000,
      source: 'runs/vllm-serve.json',
    });
  });

  it('measures the most that the engine can do where all requests are sent at once', () => {
    const row = rowOf('vllm-serve', GIVEN, { max_concurrency: null, max_concurrent_requests: 400 });
    expect(row['kind']).toBe('serving_max_throughput');
    expect(row).not.toHaveProperty('concurrency');
  });

  it('has the mean number in flight at a rate, whatever the cap', () => {
    // 5 requests/s × (160 + 19.6 × 399) ms = 39.9
    const row = rowOf('vllm-serve', GIVEN, { request_rate: 5, max_concurrency: 256 });
    expect(row).toMatchObject({ kind: 'serving_closed_loop', concurrency: 40 });
    expect(row['concurrency_basis']).toContain('requests per second');
  });

  it('has no more in flight than there are requests', () => {
    expect(rowOf('vllm-serve', GIVEN, { max_concurrency: 1000 })['concurrency']).toBe(400);
  });

  it('has the mean number in flight where a trace says when requests come, though no rate is written', () => {
    const row = rowOf('vllm-serve', GIVEN, { max_concurrency: null, max_concurrent_requests: 61 });
    expect(row).toMatchObject({ kind: 'serving_closed_loop', concurrency: 40 });
  });

  it('is left out where its rate rose', () => {
    const ramp = {
      ramp_up_strategy: 'linear',
      ramp_up_start_rps: 1,
      ramp_up_end_rps: 20,
      max_concurrency: null,
    };
    expect(() => rowOf('vllm-serve', GIVEN, ramp)).toThrow('its rate rose');
  });

  it('takes the layout that a sweep varied', () => {
    const swept = { run_number: 0, tensor_parallel_size: 4, 'pipeline-parallel-size': 2 };
    const given = { ...GIVEN, gpus: undefined };
    expect(rowOf('vllm-serve', given, swept)).toMatchObject({
      gpus: 8,
      tp: 4,
      pp: 2,
      out_tok_s_per_gpu: 250,
    });
    expect(() => rowOf('vllm-serve', given, { ...swept, data_parallel_size: 2 })).toThrow('--gpus');
  });

  it('takes what its user wrote with `--metadata`', () => {
    const metadata = { gpu: 'h200-sxm', gpus: '8', tp: '8', engine: 'sglang', precision: 'fp8' };
    const row = rowOf('vllm-serve', {}, metadata);
    expect(row).toMatchObject({ gpu: 'h200-sxm', gpus: 8, tp: 8, engine: 'sglang', precision: 'fp8' });
  });

  it('is left out where drafts were verified', () => {
    expect(() => rowOf('vllm-serve', GIVEN, { spec_decode_num_drafts: 100 })).toThrow('speculative');
    expect(() => rowOf('vllm-serve', GIVEN, { accept_length: 2.7 })).toThrow('speculative');
    expect(rowOf('vllm-serve', GIVEN, { accept_length: null })).toHaveProperty('tpot_ms');
  });

  it('has no latency that was not measured', () => {
    const row = rowOf('vllm-serve', GIVEN, { mean_ttft_ms: 0, mean_tpot_ms: 0 });
    expect(row).not.toHaveProperty('ttft_ms');
    expect(row).not.toHaveProperty('tpot_ms');
  });
});

describe('SGLang', () => {
  const written = {
    model_id: undefined,
    backend: 'sglang',
    request_rate: null,
    failed: undefined,
    mean_e2e_latency_ms: 8000,
    median_e2e_latency_ms: 7900,
    p99_e2e_latency_ms: 9100,
    concurrency: 39.7,
    accept_length: null,
  };

  it('names itself by its interface, and the latency of a request otherwise', () => {
    const given = { ...GIVEN, engine: undefined, model: 'llama-3.1-8b' };
    expect(rowOf('vllm-serve', given, written)).toMatchObject({
      engine: 'sglang',
      concurrency: 40,
      e2el_p50_ms: 7900,
      e2el_p99_ms: 9100,
    });
  });

  it('has the mean number in flight where a trace gives the times', () => {
    const given = { ...GIVEN, model: 'llama-3.1-8b' };
    // 5 requests/s × 8 s
    expect(rowOf('vllm-serve', given, { ...written, request_rate: 'trace' })['concurrency']).toBe(40);
  });
});

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
    expect(rowOf('inference-perf-rate', given)['concurrency']).toBe(40);
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

  it('refuse a unit that is none of time', () => {
    const metric = { unit: 'tokens', avg: 220 };
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
    [{ spec_decoding: 'mtp' }, 'speculative decoding (mtp)'],
    [{ spec_decoding: undefined, mtp: 'on' }, 'speculative decoding (on)'],
    [{ dcp_size: 4 }, 'context parallelism'],
    [{ pcp_size: 2 }, 'context parallelism'],
    [{ tput_per_gpu: undefined, scenario_type: 'agentic-coding' }, 'sessions of agents'],
  ])('leaves out %o', (changes, reason) => {
    expect(() => rowOf('inferencex', given, changes)).toThrow(reason);
  });
});
