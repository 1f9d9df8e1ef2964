import { count, fault, optionalFlag, optionalWhole, type ConfigNode } from '#lib/model-import/config-fields';

/**
 * Which layers, first to last, read the cache of an earlier layer instead of keeping their own: the last ones of Gemma 3n
 * and Gemma 4 (`num_kv_shared_layers`), or all but the first of each group under cross-layer attention (`use_cla` and
 * `cla_share_factor`, Hunyuan-Large; Brandon et al., arXiv 2405.12981).
 */
export function sharedCaches(config: ConfigNode, layers: number): readonly boolean[] {
  const last = optionalWhole(config, 'num_kv_shared_layers') ?? 0;
  if (last >= layers)
    throw fault(
      config,
      'num_kv_shared_layers',
      'OUT_OF_RANGE',
      `fewer than the ${layers} layers: one keeps keys and values`,
    );
  const group = optionalFlag(config, 'use_cla') === true ? count(config, 'cla_share_factor') : 1;
  return Array.from({ length: layers }, (_, layer) => layer >= layers - last || layer % group !== 0);
}
