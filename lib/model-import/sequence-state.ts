import type { Model } from '#lib/catalog/models';
import type { Counts } from '#lib/model-import/architecture';
import { optionalText, type ConfigNode } from '#lib/model-import/config-fields';
import type { LayerKinds } from '#lib/model-import/layer-kinds';

/** Bytes of the number formats that a configuration may ask for its state. */
const BYTES = new Map([
  ['float32', 4],
  ['bfloat16', 2],
  ['float16', 2],
]);
/** Nemotron-H keeps its state in 32 bits where its file says nothing: no other is known to keep its accuracy (vLLM). */
const WIDE_FAMILIES = new Set(['nemotron_h']);

/**
 * What a running sequence keeps in layers with a state: as wide as the configuration asks (`mamba_ssm_cache_dtype`,
 * `mamba_ssm_dtype`), else 32 bits for delta rules, whose kernels accumulate in them, and as wide as the weights for the
 * others. Engines round such a state up to whole pages, up to a few per cent more.
 */
export function sequenceStateOf(
  config: ConfigNode,
  modelType: string,
  { mixers }: LayerKinds,
  { recurrentElements, convolutionElements }: Counts,
): Pick<Model, 'sequenceState'> {
  if (recurrentElements === 0) return {};
  const stated =
    optionalText(config, 'mamba_ssm_cache_dtype') ?? optionalText(config, 'mamba_ssm_dtype') ?? '';
  const isDelta = mixers.some((mixer) => mixer === 'gated-delta' || mixer === 'key-gated-delta');
  const usual = isDelta || WIDE_FAMILIES.has(modelType) ? 4 : 2;
  const recurrentBytes = BYTES.get(stated) ?? usual;
  return { sequenceState: { recurrentElements, recurrentBytes, convolutionElements } };
}
