import { measuredRun, UNKNOWN, type Measured } from '#lib/measurements/measured-row';
import {
  figure,
  isObject,
  milliseconds,
  optionalCount,
  optionalNumber,
  optionalTime,
  rounded,
  valueAt,
} from '#lib/measurements/result-fields';
import type { ResultFormat } from '#lib/measurements/result-format';

const LATENCIES = {
  ttft: 'time_to_first_token',
  tpot: 'time_per_output_token',
  itl: 'inter_token_latency',
  e2el: 'request_latency',
} as const;
type Metric = keyof typeof LATENCIES;
const METRICS: readonly Metric[] = ['ttft', 'tpot', 'itl', 'e2el'];
const PERCENTILE = /^p\d+(?:\.\d+)?$/;
/** Files of the same form, which only their name tells apart. */
const OF_ADAPTER = /^adapter_.+_lifecycle_metrics\.json/;

/**
 * `stage_N_lifecycle_metrics.json` of kubernetes-sigs/inference-perf: one load stage, at a rate or with a number of
 * requests in flight. Seconds. The summary of a run mixes its stages, so that it needs its concurrency from the user.
 */
export const inferencePerf: ResultFormat = {
  id: 'inference-perf',
  name: 'inference-perf `stage_N_lifecycle_metrics.json`',

  recognises: (document) =>
    isObject(valueAt(document, 'load_summary')) && isObject(valueAt(document, 'successes', 'throughput')),

  runOf(document, id, source, given) {
    if (OF_ADAPTER.test(id)) return { leftOut: { id, reason: 'it is the share of one adapter in the load' } };
    return measuredRun(id, source, measuredOf(document, source), given);
  },
};

/**
 * Releases before July 2026 divide by a start token for each chunk of a stream (its pull requests 410 and 566), which
 * halves the times between tokens of Llama, Gemma and Mistral. Those of the requests are right.
 */
const WRONG_TPOT = 1.5;

function measuredOf(document: unknown, source: string): Measured {
  const isStage = optionalNumber(document, 'load_summary', 'requested_rate') !== null;
  const meanOutputTokens = mean(document, 'output_tokens') ?? mean(document, 'output_len');
  const [requestMs, ttftMs] = [
    latency(document, source, 'e2el', 'mean'),
    latency(document, source, 'ttft', 'mean'),
  ];
  const [reported, derived] = [
    latency(document, source, 'tpot', 'mean'),
    derivedTpotMs(requestMs, ttftMs, meanOutputTokens),
  ];
  const isWrong = reported !== null && derived !== null && derived > WRONG_TPOT * reported;
  return {
    ...UNKNOWN,
    // Renamed from `prompt_len` and `output_len`; the newer `output_tokens` counts what the server reports.
    meanInputTokens: mean(document, 'prompt_tokens') ?? mean(document, 'prompt_len'),
    meanOutputTokens,
    concurrency: concurrencyOf(document),
    requestsPerSecond: isStage
      ? optionalNumber(document, 'successes', 'throughput', 'requests_per_sec')
      : null,
    requestMs,
    ttftMs,
    tpotMs: isWrong ? derived : reported,
    outputTokensPerSecond: figure(source, document, 'successes', 'throughput', 'output_tokens_per_sec'),
    failedRequests: optionalNumber(document, 'failures', 'count'),
    percentiles: percentilesOf(document, source, isWrong ? ['ttft', 'e2el'] : METRICS),
  };
}

/** No more run at a time than there are. */
function concurrencyOf(document: unknown): number | null {
  const kept = optionalCount(document, 'load_summary', 'concurrency');
  const requests = optionalCount(document, 'load_summary', 'count');
  return kept === null || requests === null ? kept : Math.min(kept, requests);
}

function mean(document: unknown, name: string): number | null {
  const value = optionalNumber(document, 'successes', name, 'mean');
  return value !== null && value > 0 ? value : null;
}

/** `null` for what a run without streaming cannot measure. */
function latency(document: unknown, source: string, metric: Metric, statistic: string): number | null {
  return milliseconds(optionalTime(source, document, 'successes', 'latency', LATENCIES[metric], statistic));
}

/** Of all requests' time behind the first token. */
function derivedTpotMs(
  requestMs: number | null,
  ttftMs: number | null,
  tokens: number | null,
): number | null {
  if (requestMs === null || ttftMs === null || tokens === null || tokens <= 1) return null;
  return rounded((requestMs - ttftMs) / (tokens - 1));
}

function percentilesOf(
  document: unknown,
  source: string,
  metrics: readonly Metric[],
): Record<string, number> {
  const found: [string, number][] = [];
  for (const short of metrics) {
    const summary = valueAt(document, 'successes', 'latency', LATENCIES[short]);
    for (const name of isObject(summary) ? Object.keys(summary) : []) {
      const percentile = name === 'median' ? 'p50' : name;
      const ms = PERCENTILE.test(percentile) ? latency(document, source, short, name) : null;
      if (ms !== null) found.push([`${short}_${percentile}_ms`, ms]);
    }
  }
  return Object.fromEntries(found);
}
