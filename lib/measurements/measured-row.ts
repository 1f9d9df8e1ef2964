import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { usesAll } from '#lib/evaluation/layout';
import { FLAGS, type Given } from '#lib/measurements/given';
import { rounded } from '#lib/measurements/result-fields';
import type { RunOf } from '#lib/measurements/result-format';

/** What a result file says of one run; `null` where it does not. */
export interface Measured {
  readonly model: string | null;
  readonly gpu: string | null;
  readonly gpus: number | null;
  readonly engine: string | null;
  readonly engineVersion: string | null;
  readonly precision: string | null;
  readonly tensor: number | null;
  readonly pipeline: number | null;
  readonly attentionData: number | null;
  readonly expertParallel: number | null;
  /** Lengths that were asked for, and those that were measured, as means over the requests. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly meanInputTokens: number | null;
  readonly meanOutputTokens: number | null;
  /** Requests that the client keeps in flight; `null` where it sends them at a rate, or all at once. */
  readonly concurrency: number | null;
  /** True where all requests are sent at once: of TensorRT-LLM it is a published maximum, of others what a mean load does. */
  readonly isBacklog: boolean;
  /** Requests per second and their mean time from end to end, for the mean number in flight. */
  readonly requestsPerSecond: number | null;
  readonly requestMs: number | null;
  readonly ttftMs: number | null;
  readonly tpotMs: number | null;
  /** Of all GPUs together. */
  readonly outputTokensPerSecond: number;
  readonly failedRequests: number | null;
  /** Percentiles in milliseconds under their names in a row: `ttft_p99_ms`. */
  readonly percentiles: Readonly<Record<string, number>>;
}

const MAXIMA_OF = 'trtllm';

/** Nothing known: a format names what it knows. */
export const UNKNOWN: Omit<Measured, 'outputTokensPerSecond'> = {
  model: null,
  gpu: null,
  gpus: null,
  engine: null,
  engineVersion: null,
  precision: null,
  tensor: null,
  pipeline: null,
  attentionData: null,
  expertParallel: null,
  inputTokens: null,
  outputTokens: null,
  meanInputTokens: null,
  meanOutputTokens: null,
  concurrency: null,
  isBacklog: false,
  requestsPerSecond: null,
  requestMs: null,
  ttftMs: null,
  tpotMs: null,
  failedRequests: null,
  percentiles: {},
};

/**
 * The row of a run in the benchmark form. What the user gave goes before the file. The number of requests in flight of a
 * run at a fixed rate is their mean by Little's law: requests per second × mean seconds of a request. Where it is below
 * one, the rate is that of the arrivals and says nothing of the server.
 *
 * @throws LandfallError naming the flag of everything that neither the file nor the user says
 */
export function measuredRun(id: string, source: string, written: Measured, given: Given): RunOf {
  const engine = given.engine ?? written.engine;
  // The maxima that the sizing knows are TensorRT-LLM's.
  const run = { ...written, isBacklog: written.isBacklog && engine === MAXIMA_OF };
  const { value, basis } = concurrencyOf(run, given);
  if (basis === null || value === null || value >= 1) return { row: measuredRow(id, source, run, given) };
  const reason = `${value} requests ran at a time on average: below one the rate is that of the arrivals`;
  return { leftOut: { id, reason } };
}

function measuredRow(id: string, source: string, run: Measured, given: Given): RawRow {
  const gpus = given.gpus ?? run.gpus;
  const concurrency = concurrencyOf(run, given);
  const isAlone = gpus === 1;
  const values = {
    model: modelOf(run, given),
    gpu: given.gpu ?? run.gpu,
    gpus,
    engine: given.engine ?? run.engine,
    precision: given.precision ?? run.precision,
    tensor: given.tensor ?? run.tensor ?? (isAlone ? 1 : null),
    inputTokens: given.inputTokens ?? run.inputTokens ?? whole(run.meanInputTokens),
    outputTokens: given.outputTokens ?? run.outputTokens ?? whole(run.meanOutputTokens),
    concurrency: run.isBacklog ? 0 : concurrency.value,
  };
  refuseGaps(source, values);
  const [tp, pp, attentionDp] = [
    values.tensor ?? 1,
    given.pipeline ?? run.pipeline ?? 1,
    given.attentionData ?? run.attentionData ?? 1,
  ];
  refuseLayout(source, { tensor: tp, pipeline: pp, attentionData: attentionDp }, gpus ?? 1);
  return compact({
    id,
    kind: run.isBacklog && given.concurrency === undefined ? 'serving_max_throughput' : 'serving_closed_loop',
    model: values.model,
    gpu: values.gpu,
    gpus,
    engine: values.engine,
    engine_version: given.engineVersion ?? run.engineVersion,
    precision: values.precision,
    kv_dtype: given.kvPrecision,
    isl: values.inputTokens,
    osl: values.outputTokens,
    isl_effective: given.inputTokens === undefined ? run.meanInputTokens : null,
    osl_effective: given.outputTokens === undefined ? run.meanOutputTokens : null,
    concurrency: concurrency.value,
    concurrency_basis: concurrency.basis,
    tp,
    pp,
    attention_dp: attentionDp,
    moe_ep: given.expertParallel ?? run.expertParallel,
    ttft_ms: run.ttftMs,
    tpot_ms: run.tpotMs,
    ...run.percentiles,
    out_tok_s_per_gpu: rounded(run.outputTokensPerSecond / (gpus ?? 1)),
    failed_requests: run.failedRequests === 0 ? null : run.failedRequests,
    source,
  });
}

function modelOf(run: Measured, { model, repositories }: Given): string | null {
  if (model !== undefined) return model;
  return run.model === null ? null : (repositories?.get(run.model.toLowerCase()) ?? run.model);
}

function concurrencyOf(run: Measured, given: Given): { value: number | null; basis: string | null } {
  const stated = given.concurrency ?? run.concurrency;
  if (stated !== null) return { value: stated, basis: null };
  if (run.isBacklog || run.requestsPerSecond === null || run.requestMs === null)
    return { value: null, basis: null };
  const mean = (run.requestsPerSecond * run.requestMs) / 1000;
  return { value: rounded(mean), basis: 'requests per second × mean time of a request' };
}

function refuseGaps(source: string, values: Readonly<Record<keyof typeof FLAGS, unknown>>): void {
  const problems: Problem[] = Object.entries(FLAGS)
    .filter(([name]) => Object.entries(values).some(([key, value]) => key === name && value === null))
    .map(([, { flag, example, what }]) => ({
      code: 'MISSING_KEY',
      at: source,
      expected: `${what}, which the file does not say`,
      fix: `pass it, for instance \`${flag} ${example}\``,
    }));
  const [first, ...rest] = problems;
  if (first !== undefined) throw new LandfallError([first, ...rest]);
}

function refuseLayout(
  source: string,
  layout: { readonly tensor: number; readonly pipeline: number; readonly attentionData: number },
  gpus: number,
): void {
  if (usesAll(layout, gpus)) return;
  throw new LandfallError({
    code: 'CONFLICT',
    at: source,
    got: `tensor ${layout.tensor}, pipeline ${layout.pipeline}, attention data ${layout.attentionData}`,
    expected: `a layout of all ${gpus} GPUs`,
    fix: 'correct `--gpus`, `--tp`, `--pp` or `--attention-dp`',
  });
}

function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** Without what is not known, and without the noise of conversions. */
function compact(row: Readonly<Record<string, unknown>>): RawRow {
  const known = Object.entries(row).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    known.map(([key, value]) => [
      key,
      typeof value === 'number' && !Number.isInteger(value) ? rounded(value) : value,
    ]),
  );
}
