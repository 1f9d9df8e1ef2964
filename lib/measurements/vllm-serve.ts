import { measuredRow, UNKNOWN, type Measured } from '#lib/measurements/measured-row';
import {
  figure,
  isObject,
  optionalCount,
  optionalNumber,
  optionalText,
  rounded,
  valueAt,
} from '#lib/measurements/result-fields';
import type { ResultFormat } from '#lib/measurements/result-format';

/** Metrics with percentiles: `p99_ttft_ms` in the file, `ttft_p99_ms` in a row. */
const PERCENTILE = /^p(\d+(?:\.\d+)?)_(ttft|tpot|itl|e2el)_ms$/;

/**
 * The file that `vllm bench serve --save-result` writes, and `benchmark_serving.py` and SGLang's `bench_serving.py`
 * before and beside it. Milliseconds; throughput of the whole server. `--metadata gpu=… gpus=… tp=…` is read too.
 */
export const vllmServe: ResultFormat = {
  id: 'vllm-serve',
  name: 'vLLM `vllm bench serve --save-result` or benchmark_serving.py',

  recognises: (document) =>
    isObject(document) &&
    ['completed', 'duration', 'output_throughput', 'total_input_tokens', 'total_output_tokens'].every(
      (name) => Object.hasOwn(document, name),
    ),

  runOf(document, id, source, given) {
    if (drafts(document)) return { leftOut: { id, reason: 'speculative decoding is not in the sizing' } };
    return { row: measuredRow(id, source, measuredOf(document, source), given) };
  },
};

/** vLLM counts what was drafted; SGLang writes how many tokens a step brought, and `null` where it drafted none. */
function drafts(document: unknown): boolean {
  return (
    optionalNumber(document, 'spec_decode_num_drafts') !== null ||
    (optionalNumber(document, 'accept_length') ?? 1) > 1
  );
}

function measuredOf(document: unknown, source: string): Measured {
  const completed = figure(source, document, 'completed');
  const meanOutputTokens = rounded(figure(source, document, 'total_output_tokens') / completed);
  const [ttftMs, tpotMs] = [latency(document, 'ttft'), latency(document, 'tpot')];
  const isEndless = hasNoRate(valueAt(document, 'request_rate'));
  // Beside a rate it is only a cap: fewer requests may be in flight.
  const concurrency = isEndless ? optionalCount(document, 'max_concurrency') : null;
  return {
    ...UNKNOWN,
    model: optionalText(document, 'model_id'),
    gpu: optionalText(document, 'gpu'),
    gpus: optionalCount(document, 'gpus'),
    engine: optionalText(document, 'engine'),
    engineVersion: optionalText(document, 'engine_version'),
    precision: optionalText(document, 'precision'),
    tensor: optionalCount(document, 'tp'),
    pipeline: optionalCount(document, 'pp'),
    attentionData: optionalCount(document, 'attention_dp'),
    expertParallel: optionalCount(document, 'moe_ep'),
    meanInputTokens: rounded(figure(source, document, 'total_input_tokens') / completed),
    meanOutputTokens,
    concurrency,
    isBacklog: isEndless && concurrency === null,
    requestsPerSecond: optionalNumber(document, 'request_throughput'),
    requestMs:
      latency(document, 'e2el') ??
      latency(document, 'e2e_latency') ??
      summed(ttftMs, tpotMs, meanOutputTokens),
    ttftMs,
    tpotMs,
    outputTokensPerSecond: figure(source, document, 'output_throughput'),
    failedRequests: optionalNumber(document, 'failed'),
    percentiles: percentilesOf(document),
  };
}

/** Requests are sent at once, or as others end: the text `inf`, or a number of Python's that JSON does not know. */
function hasNoRate(rate: unknown): boolean {
  return rate === undefined || rate === null || rate === 'inf';
}

/** A mean in milliseconds; 0 stands for one that was not measured, as without streaming. */
function latency(document: unknown, metric: string): number | null {
  const value = optionalNumber(document, `mean_${metric}_ms`);
  return value === 0 ? null : value;
}

function summed(ttftMs: number | null, tpotMs: number | null, tokens: number): number | null {
  return ttftMs === null || tpotMs === null ? null : ttftMs + tpotMs * (tokens - 1);
}

function percentilesOf(document: unknown): Record<string, number> {
  const found: [string, number][] = [];
  for (const [name, value] of isObject(document) ? Object.entries(document) : []) {
    const [, percentile, metric] = PERCENTILE.exec(name) ?? [];
    if (metric !== undefined && typeof value === 'number') found.push([`${metric}_p${percentile}_ms`, value]);
  }
  for (const metric of ['ttft', 'tpot', 'itl', 'e2el']) {
    const median = optionalNumber(document, `median_${metric}_ms`);
    if (median !== null) found.push([`${metric}_p50_ms`, median]);
  }
  return Object.fromEntries(found);
}
