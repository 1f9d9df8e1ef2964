import { INFERENCEX_GPUS, INFERENCEX_MEAN_LENGTH } from '#lib/evaluation/publisher-terms';
import { measuredRun, UNKNOWN, type Measured } from '#lib/measurements/measured-row';
import {
  figure,
  isObject,
  milliseconds,
  optionalCount,
  optionalText,
  optionalTime,
  valueAt,
} from '#lib/measurements/result-fields';
import type { ResultFormat } from '#lib/measurements/result-format';
import { shown } from '#lib/text/place';

const ENGINES = new Map([['trt', 'trtllm']]);
const CONTEXT_DEGREES = ['pcp_size', 'dcp_size'];
const PERCENTILE = /^p(\d+(?:\.\d+)?)_(ttft|tpot|itl|e2el)$/;

/**
 * `agg_*.json` of SemiAnalysis InferenceX (InferenceMAX before), alone or in a list: latencies in seconds, throughput for
 * each GPU, hardware and layout stated.
 */
export const inferencex: ResultFormat = {
  id: 'inferencex',
  name: 'InferenceX (InferenceMAX) `agg_*.json`',

  // Replays of agents' sessions state a scenario in place of figures a GPU.
  recognises: (document) =>
    isObject(document) &&
    ['hw', 'conc', 'framework', 'precision'].every((name) => Object.hasOwn(document, name)) &&
    ['tput_per_gpu', 'scenario_type'].some((name) => Object.hasOwn(document, name)),

  runOf(document, id, source, given) {
    const reason = unsuitable(document);
    if (reason !== null) return { leftOut: { id, reason } };
    return measuredRun(id, source, measuredOf(document, source), given);
  },
};

function unsuitable(document: unknown): string | null {
  if (valueAt(document, 'tput_per_gpu') === undefined)
    return 'it replays sessions of agents, whose prompts the server holds already';
  if (isTrue(valueAt(document, 'disagg'))) return 'prompts and answers ran on separate GPUs';
  if (isTrue(valueAt(document, 'is_multinode'))) return 'it ran on several nodes, whose layout is not stated';
  if (CONTEXT_DEGREES.some((name) => (optionalCount(document, name) ?? 1) > 1))
    return 'context parallelism is not in the sizing';
  // Named `mtp`, and on or off, in the first months.
  const drafts = optionalText(document, 'spec_decoding') ?? optionalText(document, 'mtp') ?? 'none';
  return ['none', 'off'].includes(drafts)
    ? null
    : `speculative decoding (${shown(drafts)}) is not in the sizing`;
}

function measuredOf(document: unknown, source: string): Measured {
  const engine = optionalText(document, 'framework');
  const hardware = (optionalText(document, 'hw') ?? '').split('-')[0] ?? '';
  const tensor = figure(source, document, 'tp');
  const pipeline = optionalCount(document, 'pp') ?? 1;
  const gpus = tensor * pipeline;
  const groups = isTrue(valueAt(document, 'dp_attention')) ? tensor : 1;
  const [inputTokens, outputTokens] = [optionalCount(document, 'isl'), optionalCount(document, 'osl')];
  return {
    ...UNKNOWN,
    model: optionalText(document, 'model'),
    gpu: INFERENCEX_GPUS.get(hardware) ?? optionalText(document, 'hw'),
    gpus,
    engine: engine === null ? null : (ENGINES.get(engine) ?? engine),
    engineVersion: optionalText(document, 'image'),
    precision: optionalText(document, 'precision'),
    tensor,
    pipeline,
    attentionData: groups,
    expertParallel: optionalCount(document, 'ep'),
    inputTokens,
    outputTokens,
    meanInputTokens: inputTokens === null ? null : inputTokens * INFERENCEX_MEAN_LENGTH,
    meanOutputTokens: outputTokens === null ? null : outputTokens * INFERENCEX_MEAN_LENGTH,
    concurrency: optionalCount(document, 'conc'),
    ttftMs: latency(document, source, 'ttft'),
    tpotMs: latency(document, source, 'tpot'),
    outputTokensPerSecond: figure(source, document, 'output_tput_per_gpu') * gpus,
    percentiles: percentilesOf(document, source),
  };
}

/** Written by shell scripts: a text or a truth value. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

function latency(document: unknown, source: string, metric: string): number | null {
  return milliseconds(
    optionalTime(source, document, `mean_${metric}`) ?? optionalTime(source, document, `median_${metric}`),
  );
}

function percentilesOf(document: unknown, source: string): Record<string, number> {
  const found: [string, number][] = [];
  for (const name of isObject(document) ? Object.keys(document) : []) {
    const [, percentile, metric] = PERCENTILE.exec(name.replace(/^median_/, 'p50_')) ?? [];
    const ms = metric === undefined ? null : milliseconds(optionalTime(source, document, name));
    if (metric !== undefined && ms !== null) found.push([`${metric}_p${percentile}_ms`, ms]);
  }
  return Object.fromEntries(found);
}
