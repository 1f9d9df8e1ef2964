import { LandfallError } from '#lib/errors/landfall-error';
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
import { shown } from '#lib/text/place';

/** `inter_token_latency` is, for each request, (latency − first token) ÷ (tokens − 1): the time per output token. */
const LATENCIES = {
  ttft: 'time_to_first_token',
  tpot: 'inter_token_latency',
  e2el: 'request_latency',
} as const;
const MILLISECONDS: ReadonlyMap<unknown, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['sec', 1000],
]);
const PERCENTILE = /^p\d+$/;

/**
 * `profile_export_aiperf.json` of NVIDIA AIPerf and `profile_export_genai_perf.json` of GenAI-Perf before it: one metric a
 * key, each with its unit; the command's options under `input_config`, whose form changed between versions.
 */
export const aiperf: ResultFormat = {
  id: 'aiperf',
  name: 'AIPerf `profile_export_aiperf.json` or GenAI-Perf `profile_export_genai_perf.json`',

  recognises: (document) => {
    const flat = flattened(document);
    return ['output_token_throughput', 'request_latency'].every((name) => isObject(valueAt(flat, name)));
  },

  runOf(nested, id, source, given) {
    const document = flattened(nested);
    if (valueAt(document, 'was_cancelled') === true)
      return { leftOut: { id, reason: 'the run was cancelled' } };
    return measuredRun(id, source, measuredOf(document, source), given);
  },
};

/** The first versions of AIPerf wrote the metrics under `records`, and some by shorter names. */
const FIRST_NAMES: Readonly<Record<string, string>> = {
  ttft: 'time_to_first_token',
  isl: 'input_sequence_length',
  osl: 'output_sequence_length',
};

function flattened(document: unknown): unknown {
  const records = valueAt(document, 'records');
  if (!isObject(document) || !isObject(records)) return document;
  const named = Object.entries(records).map(([name, metric]) => [FIRST_NAMES[name] ?? name, metric] as const);
  return { ...document, ...Object.fromEntries(named) };
}

function measuredOf(document: unknown, source: string): Measured {
  return {
    ...UNKNOWN,
    model: modelOf(document),
    meanInputTokens: optionalNumber(document, 'input_sequence_length', 'avg'),
    meanOutputTokens: optionalNumber(document, 'output_sequence_length', 'avg'),
    concurrency: concurrencyOf(document),
    requestsPerSecond: optionalNumber(document, 'request_throughput', 'avg'),
    requestMs: latency(document, source, 'request_latency', 'avg'),
    ttftMs: latency(document, source, LATENCIES.ttft, 'avg'),
    tpotMs: latency(document, source, LATENCIES.tpot, 'avg'),
    outputTokensPerSecond: figure(source, document, 'output_token_throughput', 'avg'),
    failedRequests: optionalNumber(document, 'error_request_count', 'avg'),
    percentiles: percentilesOf(document, source),
  };
}

function modelOf(document: unknown): string | null {
  return (
    optionalText(document, 'input_config', 'endpoint', 'model_names', 0) ??
    optionalText(document, 'input_config', 'models', 'items', 0, 'name') ??
    optionalText(document, 'input_config', 'model_names', 0) ??
    optionalText(document, 'input_config', 'model', 0) ??
    optionalText(document, 'input_config', 'model')
  );
}

/** Beside a rate of requests it is only a cap: fewer may be in flight. */
function concurrencyOf(document: unknown): number | null {
  const phases = valueAt(document, 'input_config', 'phases');
  if (Array.isArray(phases)) return concurrencyOfPhases(phases);
  const rate =
    optionalNumber(document, 'input_config', 'loadgen', 'request_rate') ??
    optionalNumber(document, 'input_config', 'perf_analyzer', 'stimulus', 'request_rate') ??
    optionalNumber(document, 'input_config', 'request_rate');
  if (rate !== null) return null;
  return (
    optionalCount(document, 'input_config', 'loadgen', 'concurrency') ??
    optionalCount(document, 'input_config', 'perf_analyzer', 'stimulus', 'concurrency') ??
    optionalCount(document, 'input_config', 'concurrency')
  );
}

/** Since version 2 of its configuration a run has phases; the figures are of those that measure, together. */
function concurrencyOfPhases(phases: readonly unknown[]): number | null {
  const measuring = phases.filter(
    (phase) => ![valueAt(phase, 'kind'), valueAt(phase, 'name')].includes('warmup'),
  );
  const [phase, ...others] = measuring;
  const isHeld = others.length === 0 && valueAt(phase, 'type') === 'concurrency';
  return isHeld && valueAt(phase, 'concurrency_ramp') === undefined
    ? optionalCount(phase, 'concurrency')
    : null;
}

function latency(document: unknown, source: string, metric: string, statistic: string): number | null {
  const value = optionalTime(source, document, metric, statistic);
  return value === null ? null : rounded(value * unitOf(document, source, metric));
}

/** Milliseconds in the metric's unit; a file without one is in milliseconds, as GenAI-Perf first wrote it. */
function unitOf(document: unknown, source: string, metric: string): number {
  const unit = valueAt(document, metric, 'unit');
  const factor = MILLISECONDS.get(unit === undefined ? 'ms' : unit);
  if (factor !== undefined) return factor;
  throw new LandfallError({
    code: 'WRONG_UNIT',
    at: `${source} ${metric}.unit`,
    got: shown(unit),
    expected: `one of ${[...MILLISECONDS.keys()].join(', ')}`,
    fix: 'export the results again with a released version of the tool',
  });
}

function percentilesOf(document: unknown, source: string): Record<string, number> {
  const found: [string, number][] = [];
  for (const [short, long] of Object.entries(LATENCIES)) {
    const summary = valueAt(document, long);
    for (const name of isObject(summary) ? Object.keys(summary) : []) {
      const ms = PERCENTILE.test(name) ? latency(document, source, long, name) : null;
      if (ms !== null) found.push([`${short}_${name}_ms`, ms]);
    }
  }
  return Object.fromEntries(found);
}
