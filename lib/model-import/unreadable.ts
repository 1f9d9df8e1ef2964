import { fault, has, optionalFlag, type ConfigNode } from '#lib/model-import/config-fields';

/** Fields of architectures whose cache or weights do not follow from the standard dimensions, and why. */
const FIELDS: Readonly<Record<string, string>> = {
  compress_ratios: 'keys and values are compressed over several tokens',
  block_configs: 'each layer has dimensions of its own',
  cross_attention_layers: 'some layers attend to an encoder',
  num_mem_blocks: 'attention blocks are shared between layers',
};
const FIX = 'give the model as a record of its own, with its published parameters and its cache per token';

/** @throws LandfallError where the configuration has a field that would make its numbers wrong */
export function refuseUnreadable(config: ConfigNode): void {
  for (const [name, reason] of Object.entries(FIELDS)) {
    if (has(config, name))
      throw fault(
        config,
        name,
        'NOT_A_CHOICE',
        `a model without this field: where ${reason}, sizes do not follow`,
        FIX,
      );
  }
  if (optionalFlag(config, 'is_encoder_decoder') === true)
    throw fault(
      config,
      'is_encoder_decoder',
      'NOT_A_CHOICE',
      'false: encoder and decoder pairs are not sized',
      FIX,
    );
}
