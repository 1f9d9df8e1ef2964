import { describe, expect, it } from 'vitest';
import { GIVEN, rowOf } from './result-file';

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

  it('measures the most that TensorRT-LLM can do where all requests are sent at once', () => {
    const atOnce = { max_concurrency: null, max_concurrent_requests: 400 };
    const row = rowOf('vllm-serve', { ...GIVEN, engine: 'trtllm' }, atOnce);
    expect(row['kind']).toBe('serving_max_throughput');
    expect(row).not.toHaveProperty('concurrency');
  });

  it('has the mean number in flight of another engine there, whose maxima nobody published', () => {
    const atOnce = { max_concurrency: null, max_concurrent_requests: 400, mean_ttft_ms: 30_000 };
    // 5 requests/s × (30,000 + 19.6 × 399) ms
    expect(rowOf('vllm-serve', GIVEN, atOnce)).toMatchObject({
      kind: 'serving_closed_loop',
      concurrency: 189.102,
    });
  });

  it('has the mean number in flight at a rate, whatever the cap', () => {
    // 5 requests/s × (160 + 19.6 × 399) ms = 39.9
    const row = rowOf('vllm-serve', GIVEN, { request_rate: 5, max_concurrency: 256 });
    expect(row).toMatchObject({ kind: 'serving_closed_loop', concurrency: 39.902 });
    expect(row['concurrency_basis']).toContain('requests per second');
  });

  it('has no more in flight than there are requests', () => {
    expect(rowOf('vllm-serve', GIVEN, { max_concurrency: 1000 })['concurrency']).toBe(400);
  });

  it('has the mean number in flight where a trace says when requests come, though no rate is written', () => {
    const row = rowOf('vllm-serve', GIVEN, { max_concurrency: null, max_concurrent_requests: 61 });
    expect(row).toMatchObject({ kind: 'serving_closed_loop', concurrency: 39.902 });
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
