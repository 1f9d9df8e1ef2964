import type { Checkpoints } from '#lib/catalog/models';
import {
  child,
  optionalFlag,
  optionalText,
  optionalTexts,
  optionalWhole,
  isObject,
  type ConfigNode,
} from '#lib/model-import/config-fields';
import { groupSizeOf, quantisedPartOf } from '#lib/model-import/quantised-part';
import { shown } from '#lib/text/place';

export interface NativeDtype {
  readonly dtype: string;
  /** Scales of 8-bit floats: one for each block of weights, or one for each tensor. */
  readonly fp8: Checkpoints['fp8'];
  /** What the file's own section says of its 4-bit weights; nothing where they have another format. */
  readonly narrow: Pick<Checkpoints, 'fp4' | 'int4'>;
  readonly note: string | null;
}

/** As PyTorch names them. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['bfloat16', 'bf16'],
  ['float16', 'fp16'],
  ['half', 'fp16'],
  ['float32', 'fp32'],
  ['float', 'fp32'],
  ['float8_e4m3fn', 'fp8'],
]);

/**
 * The format of the published weights, in the words of the catalog: `bf16`, `fp8`, `mxfp4 (experts) + bf16`, … A file
 * `hf_quant_config.json` beside the configuration, which older ModelOpt checkpoints have instead of a section, goes first.
 */
export function nativeDtypeOf(
  root: ConfigNode,
  text: ConfigNode,
  beside: ConfigNode | null,
  layers: number,
): NativeDtype {
  const quantisation =
    (beside === null ? null : (child(beside, 'quantization') ?? beside)) ??
    child(root, 'quantization_config') ??
    child(text, 'quantization_config');
  return quantisation === null ? plain(root, text) : quantised(quantisation, layers);
}

function plain(root: ConfigNode, text: ConfigNode): NativeDtype {
  const stated = [text, root]
    .flatMap((node) => [optionalText(node, 'dtype'), optionalText(node, 'torch_dtype')])
    .find((name) => name !== null);
  const held = { fp8: 'tensors', narrow: {} } as const;
  if (stated === undefined) {
    return { ...held, dtype: 'bf16', note: 'The configuration names no number format: bf16 is assumed.' };
  }
  const dtype = PLAIN.get(stated.replace(/^torch\./, ''));
  if (dtype !== undefined) return { ...held, dtype, note: null };
  return {
    ...held,
    dtype: 'unknown',
    note: `The number format ${shown(stated)} is not known: its weights are taken as 16 bits.`,
  };
}

function quantised(node: ConfigNode, layers: number): NativeDtype {
  const fp8 = node.values['weight_block_size'] === undefined ? 'tensors' : 'blocks';
  const method = optionalText(node, 'quant_method') ?? optionalText(node, 'quant_algo') ?? 'none';
  const dtype = formatOf(node, method.toLowerCase());
  if (dtype !== null) return { dtype, fp8, narrow: narrowOf(node, dtype, layers), note: null };
  return {
    dtype: 'unknown',
    fp8,
    narrow: {},
    note: `The quantisation ${shown(method)} is not known: its weights are taken as 16 bits.`,
  };
}

function narrowOf(node: ConfigNode, dtype: string, layers: number): NativeDtype['narrow'] {
  // Of mixed checkpoints the file lists every layer; what its 8-bit part covers is not told here.
  if (dtype.startsWith('nvfp4') && !dtype.includes('fp8')) return { fp4: quantisedPartOf(node, layers) };
  if (!dtype.startsWith('int4')) return {};
  return { int4: { part: quantisedPartOf(node, layers), groupSize: groupSizeOf(node) } };
}

function formatOf(node: ConfigNode, method: string): string | null {
  switch (method) {
    case 'mxfp4':
      return 'mxfp4 (experts) + bf16';
    case 'awq':
    case 'gptq':
    case 'auto-round':
      return integers(optionalWhole(node, 'bits', 'w_bit') ?? 4);
    case 'bitsandbytes':
      return optionalFlag(node, 'load_in_8bit') === true ? 'int8' : 'int4';
    case 'compressed-tensors':
      return compressed(node);
    default:
      return algorithm(node) ?? (method.includes('fp8') ? 'fp8' : null);
  }
}

/** ModelOpt's `quant_algo`; in mixed checkpoints the 4-bit part, which is the larger, gives the name. */
function algorithm(node: ConfigNode): string | null {
  const name = (optionalText(node, 'quant_algo') ?? '').toUpperCase();
  if (name === 'MIXED_PRECISION') {
    const parts = JSON.stringify(child(node, 'quantized_layers')?.values ?? {});
    return parts.includes('NVFP4') ? 'nvfp4 + fp8' : parts.includes('FP8') ? 'fp8' : null;
  }
  if (name.includes('NVFP4')) return 'nvfp4';
  if (name.includes('MXFP4')) return 'mxfp4';
  if (name.includes('FP8')) return 'fp8';
  return name.startsWith('W4A') ? 'int4' : name.startsWith('W8A') || name === 'INT8' ? 'int8' : null;
}

/** The group of weights in `config_groups`, and whether attention is left out of it. */
function compressed(node: ConfigNode): string | null {
  const groups = child(node, 'config_groups');
  const group = Object.values(groups?.values ?? {}).find(isObject);
  const weights = group?.['weights'];
  if (!isObject(weights)) return null;
  const { num_bits: bits, type } = weights;
  const format = `${optionalText(node, 'format') ?? ''} ${typeof group?.['format'] === 'string' ? group['format'] : ''}`;
  const spared = (optionalTexts(node, 'ignore') ?? []).some((name) => name.includes('self_attn'));
  const name =
    type !== 'float'
      ? integers(bits)
      : bits === 8
        ? 'fp8'
        : format.includes('mxfp4') || weights['group_size'] === 32
          ? 'mxfp4'
          : 'nvfp4';
  return name !== null && spared && bits === 4 ? `${name} (experts) + bf16` : name;
}

function integers(bits: unknown): string | null {
  return bits === 4 ? 'int4' : bits === 8 ? 'int8' : null;
}
