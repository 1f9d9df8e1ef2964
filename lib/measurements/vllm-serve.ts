import { measuredRun, UNKNOWN, type Measured } from '#lib/measurements/measured-row';
import {
  figure,
  isObject,
  optionalCount,
  optionalNumber,
  optionalText,
  optionalTime,
  rounded,
  valueAt,
} from '#lib/measurements/result-fields';
import type { ResultFormat } from '#lib/measurements/result-format';

/** Metrics with percentiles: `p99_ttft_ms` in the file, `ttft_p99_ms` in a row. SGLang writes `e2e_latency` for `e2el`. */
const PERCENTILE = /^(?:p(\d+(?:\.\d+)?)|median)_(ttft|tpot|itl|e2el|e2e_latency)_ms$/;
/** Share of the requests that must have run at once where all were sent at once. */
const AT_ONCE = 0.5;

/**
 * The file that `vllm bench serve --save-result` writes, one of `vllm bench sweep serve`, and those of
 * `benchmark_serving.py` and SGLang's `bench_serving.py` before and beside it. Milliseconds; throughput of the whole
 * server. `--metadata gpu=… gpus=… tp=…` is read too, and what a sweep varies of the server's layout.
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
    if (optionalText(document, 'ramp_up_strategy') !== null)
      return { leftOut: { id, reason: 'its rate rose while it ran: it is no one load' } };
    return measuredRun(id, source, measuredOf(document, source), given);
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
  const [ttftMs, tpotMs] = [latency(document, source, 'ttft'), latency(document, source, 'tpot')];
  const requests = completed + (optionalNumber(document, 'failed') ?? 0);
  const isEndless = hasNoRate(valueAt(document, 'request_rate'));
  // Beside a rate it is only a cap: fewer requests may be in flight.
  const cap = isEndless ? optionalCount(document, 'max_concurrency') : null;
  return {
    ...UNKNOWN,
    ...serverOf(document),
    meanInputTokens: rounded(figure(source, document, 'total_input_tokens') / completed),
    meanOutputTokens,
    // No more run at a time than there are.
    concurrency: cap === null ? null : Math.min(cap, requests),
    isBacklog: isEndless && cap === null && ranAtOnce(document, requests),
    requestsPerSecond: optionalNumber(document, 'request_throughput'),
    requestMs:
      latency(document, source, 'e2el') ??
      latency(document, source, 'e2e_latency') ??
      summed(ttftMs, tpotMs, meanOutputTokens),
    ttftMs,
    tpotMs,
    outputTokensPerSecond: figure(source, document, 'output_throughput'),
    failedRequests: optionalNumber(document, 'failed'),
    percentiles: percentilesOf(document, source),
  };
}

/** What the file says of the server: by `--metadata`, or as a sweep started it, by the names of its flags. */
function serverOf(document: unknown): Partial<Measured> {
  const swept = (name: string) =>
    optionalCount(document, name) ?? optionalCount(document, name.replaceAll('_', '-'));
  const tensor = optionalCount(document, 'tp') ?? swept('tensor_parallel_size');
  const pipeline = optionalCount(document, 'pp') ?? swept('pipeline_parallel_size');
  const replicas = swept('data_parallel_size') ?? 1;
  return {
    model: optionalText(document, 'model_id'),
    gpu: optionalText(document, 'gpu'),
    // A sweep that varies the layout states the GPUs by it; of several data-parallel ranks it does not say what they share.
    gpus:
      optionalCount(document, 'gpus') ?? (tensor === null || replicas > 1 ? null : tensor * (pipeline ?? 1)),
    engine: optionalText(document, 'engine') ?? engineOf(document),
    engineVersion: optionalText(document, 'engine_version'),
    precision: optionalText(document, 'precision'),
    tensor,
    pipeline,
    attentionData: optionalCount(document, 'attention_dp'),
    expertParallel: optionalCount(document, 'moe_ep'),
  };
}

/** SGLang's own interface is spoken by SGLang alone; all others speak that of OpenAI. */
function engineOf(document: unknown): string | null {
  return optionalText(document, 'backend')?.startsWith('sglang') === true ? 'sglang' : null;
}

/** Requests of a trace come at their times, beside a rate that is endless too; older files do not say how many ran. */
function ranAtOnce(document: unknown, requests: number): boolean {
  const most = optionalNumber(document, 'max_concurrent_requests');
  return most === null || most >= AT_ONCE * requests;
}

/** Requests are sent at once, or as others end: the text `inf`, or a number of Python's that JSON does not know. */
function hasNoRate(rate: unknown): boolean {
  return rate === undefined || rate === null || rate === 'inf';
}

/** A mean in milliseconds; 0 stands for one that was not measured, as without streaming. */
function latency(document: unknown, source: string, metric: string): number | null {
  const value = optionalTime(source, document, `mean_${metric}_ms`);
  return value === 0 ? null : value;
}

function summed(ttftMs: number | null, tpotMs: number | null, tokens: number): number | null {
  return ttftMs === null || tpotMs === null ? null : ttftMs + tpotMs * (tokens - 1);
}

function percentilesOf(document: unknown, source: string): Record<string, number> {
  const found: [string, number][] = [];
  for (const name of isObject(document) ? Object.keys(document) : []) {
    const [matched, percentile = '50', metric = ''] = PERCENTILE.exec(name) ?? [];
    const ms = matched === undefined ? null : optionalTime(source, document, name);
    if (ms !== null) found.push([`${metric === 'e2e_latency' ? 'e2el' : metric}_p${percentile}_ms`, ms]);
  }
  return Object.fromEntries(found);
}
