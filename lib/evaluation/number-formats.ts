import { lettersOf } from '#lib/catalog/names';
import { PRECISIONS, type KvPrecision, type Precision } from '#lib/catalog/precision';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { isAbsent, text, unknown } from '#lib/evaluation/row-fields';
import { precisionOf } from '#lib/sizing/measured-run';

/** Formats of weights by other names, without case and punctuation. */
const PRECISION_NAMES: Readonly<Record<string, Precision>> = {
  bfloat16: 'bf16',
  fp16: 'bf16',
  float16: 'bf16',
  half: 'bf16',
  e4m3: 'fp8',
  fp8e4m3: 'fp8',
  fp8e4m3fn: 'fp8',
  float8: 'fp8',
  float8e4m3fn: 'fp8',
  fp8block: 'fp8',
  fp8blockwise: 'fp8',
  fp8dynamic: 'fp8',
  fp8static: 'fp8',
  w8a8fp8: 'fp8',
  fp8w8a8: 'fp8',
  modeloptfp8: 'fp8',
  nvfp4: 'fp4',
  mxfp4: 'fp4',
  modeloptfp4: 'fp4',
  modeloptnvfp4: 'fp4',
  w4a16: 'int4',
  int4wo: 'int4',
  int4weight: 'int4',
  int4weightonly: 'int4',
  awq: 'int4',
  awqmarlin: 'int4',
  gptq: 'int4',
  gptqint4: 'int4',
  int4gptq: 'int4',
  int4awq: 'int4',
  awqint4: 'int4',
  w8a8int8: 'int8',
  w8a8: 'int8',
  int8wo: 'int8',
  gptqint8: 'int8',
};
const KV_FORMATS: Readonly<Record<string, KvPrecision>> = {
  fp8: 'fp8',
  fp8e4m3: 'fp8',
  fp8e5m2: 'fp8',
  float8: 'fp8',
  bf16: 'bf16',
  bfloat16: 'bf16',
  fp16: 'bf16',
  float16: 'bf16',
};

/**
 * The format of the weights of a row.
 *
 * @throws Unusable where it is not known
 */
export function weightFormatOf(row: RawRow): Precision {
  const name = text(row, 'precision');
  return (
    precisionOf(name.toLowerCase()) ??
    named(PRECISION_NAMES, lettersOf(name)) ??
    precisionOf(lettersOf(name)) ??
    unknown('precision', name, PRECISIONS)
  );
}

/** The format of the cache; `null` leaves it to the engine. */
export function kvFormatOf(row: RawRow): KvPrecision | null {
  if (isAbsent(row, 'kv_dtype')) return null;
  const name = text(row, 'kv_dtype');
  if (name.toLowerCase() === 'auto') return null;
  return named(KV_FORMATS, lettersOf(name)) ?? unknown('kv_dtype', name, ['fp8', 'bf16', 'fp16']);
}

/** A row may name anything: `constructor` is no format. */
function named<Format>(formats: Readonly<Record<string, Format>>, name: string): Format | null {
  return Object.hasOwn(formats, name) ? (formats[name] ?? null) : null;
}
