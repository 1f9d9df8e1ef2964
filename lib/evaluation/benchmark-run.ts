import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import { modelNamed } from '#lib/catalog/names';
import { PRECISIONS, type KvPrecision, type Precision } from '#lib/catalog/precision';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { checkFigures, checkFormat, checkPlain } from '#lib/evaluation/consistency';
import { layoutOf, usesAll, type Layout } from '#lib/evaluation/layout';
import {
  acceleratorOf,
  catalogued,
  isAbsent,
  number,
  oneOf,
  optional,
  text,
  unknown,
  Unusable,
  usable,
  whole,
} from '#lib/evaluation/row-fields';
import { modelFromRow } from '#lib/model-import/from-row';
import { precisionOf, type MeasuredRun } from '#lib/sizing/measured-run';
import { shown } from '#lib/spec/place';

/** A run that the sizing can be asked about, with what was measured. */
export interface BenchmarkRun {
  readonly model: Model;
  readonly accelerator: Accelerator;
  readonly run: MeasuredRun;
  readonly outputTokensPerSecondPerGpu: number;
  readonly tpotMs: number | null;
  readonly ttftMs: number | null;
}

/** Kinds of rows that the sizing of serving predicts. */
export const SERVING_KINDS = ['serving_closed_loop', 'serving_max_throughput'] as const;
const ENGINES = ['vllm', 'sglang', 'trtllm'];
/** A release that is written behind the name of an engine. */
const VERSION = /[-_ ]v?\d.*$/;
/** As publishers write them, without case and punctuation. */
const ENGINE_NAMES: Readonly<Record<string, string>> = { tensorrtllm: 'trtllm', trt: 'trtllm' };
/** Formats of weights by other names. */
const PRECISION_NAMES: Readonly<Record<string, string>> = {
  bfloat16: 'bf16',
  fp16: 'bf16',
  float16: 'bf16',
  e4m3: 'fp8',
  fp8_e4m3: 'fp8',
  float8: 'fp8',
  fp8_block: 'fp8',
  'fp8-block': 'fp8',
  nvfp4: 'fp4',
  mxfp4: 'fp4',
  w4a16: 'int4',
  awq: 'int4',
  gptq: 'int4',
  'int4-awq': 'int4',
  'awq-int4': 'int4',
  'w8a8-fp8': 'fp8',
  w8a8_fp8: 'fp8',
  'w8a8-int8': 'int8',
  w8a8_int8: 'int8',
  w8a8: 'int8',
};
const KV_FORMATS: Readonly<Record<string, KvPrecision>> = { fp8: 'fp8', bf16: 'bf16', fp16: 'bf16' };

/** The run of a row, or the reason why nothing can be said about it. A missing field is never guessed. */
export function readRun(row: RawRow, catalog: Catalog): BenchmarkRun | { readonly reason: string } {
  return usable(() => runOf(row, catalog));
}

function runOf(row: RawRow, catalog: Catalog): BenchmarkRun {
  const kind = kindOf(row);
  if (own(row, 'suspect_topology') === true) throw new Unusable('suspect_topology: its layout is in doubt');
  checkPlain(row);
  const model = modelOf(row, catalog);
  const accelerator = acceleratorOf(row, catalog);
  const gpus = whole(row, 'gpus');
  const isClosedLoop = kind === 'serving_closed_loop';
  const { pipeline, attentionData, expertParallel } = layout(row, gpus);
  const kvPrecision = kvPrecisionOf(row);
  const format = precision(row);
  checkFormat(text(row, 'model'), format);
  const concurrency = isClosedLoop ? whole(row, 'concurrency') : optional(row, 'concurrency');
  const measured = {
    outputTokensPerSecondPerGpu: throughput(row),
    // A run at full load is measured for its throughput; its latencies are queues.
    tpotMs: isClosedLoop ? optional(row, 'tpot_ms') : null,
    ttftMs: isClosedLoop ? optional(row, 'ttft_ms') : null,
  };
  if (concurrency !== null) checkFigures({ ...measured, gpus, concurrency });
  return {
    model,
    accelerator,
    run: {
      kind,
      gpus,
      engine: engineOf(row),
      precision: format,
      inputTokens: optional(row, 'isl_effective') ?? number(row, 'isl'),
      outputTokens: optional(row, 'osl_effective') ?? number(row, 'osl'),
      concurrency,
      pipeline,
      attentionData,
      // Groups of attention spread their experts over the same GPUs unless the row says otherwise.
      ...engineVersionOf(row),
      expertParallel: optional(row, 'moe_ep') ?? expertParallel ?? (isClosedLoop ? 1 : attentionData),
      ...(kvPrecision === null ? {} : { kvPrecision }),
    },
    ...measured,
  };
}

function engineOf(row: RawRow): string {
  const name = text(row, 'engine');
  const letters = name
    .toLowerCase()
    .replace(VERSION, '')
    .replaceAll(/[^a-z]/g, '');
  const known = ENGINE_NAMES[letters] ?? letters;
  return ENGINES.includes(known) ? known : unknown('engine', name, ENGINES);
}

/** Publishers leave it empty where they do not know it. */
function engineVersionOf(row: RawRow): { readonly engineVersion?: string } {
  const isUnknown = isAbsent(row, 'engine_version') || own(row, 'engine_version') === '';
  return isUnknown ? {} : { engineVersion: text(row, 'engine_version') };
}

/** The catalog's model, or one made of the architecture that the row itself states. */
function modelOf(row: RawRow, catalog: Catalog): Model {
  const known = modelNamed(text(row, 'model'), catalog.models);
  if (known !== null) return known;
  const stated = modelFromRow(row);
  if (stated === null) return catalogued(row, 'model', catalog.models);
  if ('reason' in stated) throw new Unusable(stated.reason);
  return stated;
}

function kindOf(row: RawRow): MeasuredRun['kind'] {
  const kind = text(row, 'kind');
  const evaluated = SERVING_KINDS.find((each) => each === kind);
  if (evaluated !== undefined) return evaluated;
  return unknown('kind', kind, SERVING_KINDS);
}

function precision(row: RawRow): Precision {
  const name = text(row, 'precision');
  const lower = name.toLowerCase();
  return precisionOf(PRECISION_NAMES[lower] ?? lower) ?? unknown('precision', name, PRECISIONS);
}

/** `null` leaves it to the engine. */
function kvPrecisionOf(row: RawRow): KvPrecision | null {
  if (isAbsent(row, 'kv_dtype')) return null;
  const name = text(row, 'kv_dtype');
  if (name === 'auto') return null;
  const known = Object.keys(KV_FORMATS);
  return KV_FORMATS[oneOf(name, 'kv_dtype', known)] ?? unknown('kv_dtype', name, known);
}

function layout(row: RawRow, gpus: number): Layout {
  const named = isAbsent(row, 'parallel') ? null : text(row, 'parallel');
  const found =
    named === null
      ? {
          tensor: whole(row, 'tp'),
          pipeline: whole(row, 'pp'),
          attentionData: whole(row, 'attention_dp'),
          expertParallel: null,
        }
      : layoutOf(named);
  if (found === null)
    throw new Unusable(`parallel ${shown(named)} is not of a form such as TP8, TP4PP2 or DEP8`);
  if (usesAll(found, gpus)) return found;
  const { tensor, pipeline, attentionData } = found;
  const degrees = named ?? `tp ${tensor}, pp ${pipeline}, attention_dp ${attentionData}`;
  throw new Unusable(`${degrees} does not lay out ${gpus} GPUs`);
}

function throughput(row: RawRow): number {
  const measured = optional(row, 'out_tok_s_per_gpu') ?? optional(row, 'out_tok_s_per_gpu_derived');
  if (measured !== null) return measured;
  throw new Unusable('out_tok_s_per_gpu and out_tok_s_per_gpu_derived are missing');
}
