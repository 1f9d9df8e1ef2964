import { describe, expect, it } from 'vitest';
import { modelFromConfig, modelFromConfigText } from '#lib/model-import/from-config';
import { problemOf } from '../../_support/thrown';
import { configText, imported } from './config-file';

describe('windows of attention', () => {
  it('are those of `layer_types`', () => {
    const model = imported('gpt-oss-20b');
    expect([model.kvFullLayers, model.slidingWindowTokens, model.attention]).toEqual([12, 128, 'gqa+swa']);
  });

  it('follow the pattern of the family where the file has no list', () => {
    const model = imported('gpt-oss-20b', { layer_types: undefined });
    expect(model.kvFullLayers).toBe(12);
  });

  it('cover every layer of the first Mistral', () => {
    const model = imported('llama-3.1-8b', { model_type: 'mistral', sliding_window: 4096 });
    expect([model.kvFullLayers, model.slidingWindowTokens]).toEqual([0, 4096]);
  });

  it('are absent where the file says `null`, whatever the family has by default', () => {
    const model = imported('llama-3.1-8b', { model_type: 'mistral', sliding_window: null });
    expect([model.kvFullLayers, model.slidingWindowTokens, model.attention]).toEqual([null, null, 'gqa']);
  });

  it('are absent where they are switched off, or no shorter than the context', () => {
    const off = imported('qwen3-8b', { use_sliding_window: false, sliding_window: 4096 });
    const long = imported('phi-4', { sliding_window: 16_384 });
    expect([off.slidingWindowTokens, long.slidingWindowTokens]).toEqual([null, null]);
  });

  it('begin at `max_window_layers` where Qwen switches them on', () => {
    const model = imported('qwen3-8b', {
      use_sliding_window: true,
      sliding_window: 4096,
      max_window_layers: 28,
    });
    expect(model.kvFullLayers).toBe(28);
  });

  it('read the letters of EXAONE, whose last layer attends to everything', () => {
    const exaone = { model_type: 'exaone4', sliding_window: 4096, sliding_window_pattern: 'LLLG' };
    expect(imported('llama-3.1-8b', exaone).kvFullLayers).toBe(8);
    expect(imported('llama-3.1-8b', { ...exaone, sliding_window_pattern: 'LLLLL' }).kvFullLayers).toBe(1);
  });

  it('weigh the full layers by what they cache where the two kinds differ', () => {
    // MiMo-V2-Flash: 9 full layers of 4 × (192 + 128) elements, 39 windows of 8 × (192 + 128).
    const model = imported('mimo-v2-flash');
    const [full, all] = [9 * 4 * 320, 9 * 4 * 320 + 39 * 8 * 320];
    expect(model.kvElementsPerToken).toBe(all);
    expect(model.kvFullLayers).toBeCloseTo((48 * full) / all, 3);
    expect(model.note).toContain('`kvFullLayers` is their share');
  });
});

describe('hybrids', () => {
  it('cache tokens in their attention layers alone, and keep a state in the others', () => {
    const model = imported('qwen3.5-27b');
    expect(model.kvLayers).toBe(16);
    expect(model.gatedDelta).toEqual({ valueHeads: 48, keyHeads: 16, headDim: 128 });
    // 48 layers: 48 heads of 128 × 128, and 3 tokens before the convolution over keys, queries and values.
    expect(model.stateElementsPerSequence).toBe(48 * (48 * 128 * 128 + 3 * (2 * 2048 + 6144)));
  });

  it('follow `full_attention_interval` where the file has no list', () => {
    const text = configText('qwen3.5-27b');
    const config: { text_config: Record<string, unknown> } = JSON.parse(text);
    delete config.text_config['layer_types'];
    const model = modelFromConfig(config, { id: 'm', path: 'config.json', text });
    expect([model.kvLayers, model.attention]).toEqual([16, 'hybrid-gdn']);
  });

  it('read the state of Mamba layers from their own dimensions', () => {
    // Jamba: 28 layers with 8192 channels, 16 states each and 3 tokens before the convolution.
    expect(imported('jamba-v0.1')).toMatchObject({
      kvLayers: 4,
      kvElementsPerToken: 4 * 2 * 8 * 128,
      stateElementsPerSequence: 28 * 8192 * (16 + 3),
      attention: 'custom',
    });
  });

  it('read Nemotron-H by letters or by words', () => {
    const words = 'MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME'
      .split('')
      .map((letter) => (letter === 'M' ? 'mamba' : letter === 'E' ? 'moe' : 'attention'));
    const byWords = imported('nemotron-3-nano', {
      hybrid_override_pattern: undefined,
      layers_block_type: words,
    });
    expect({ ...byWords }).toEqual({ ...imported('nemotron-3-nano') });
  });

  it('give experts without a gate the width at which a gated one has as many weights', () => {
    const model = imported('nemotron-3-nano');
    expect(model.moe).toEqual({ experts: 128, topK: 6, expertFfn: 1237, moeLayers: 23, sharedExperts: 1 });
    expect(model.note).toContain('`expertFfn` is the width');
  });
});

describe('the number format that a configuration names', () => {
  const named = (torch_dtype: unknown) => imported('qwen3-8b', { dtype: undefined, torch_dtype });

  it.each([
    ['bfloat16', 'bf16'],
    ['torch.float16', 'fp16'],
    ['float8_e4m3fn', 'fp8'],
  ])('%s is %s', (name, dtype) => {
    expect(named(name)).toMatchObject({ nativeDtype: dtype });
  });

  it('is unknown where nobody knows the word, which is shown without what acts on a terminal', () => {
    const model = named('\u202Efp8\u001b[31m');
    expect(model.nativeDtype).toBe('unknown');
    expect(model.note).toContain('The number format "?fp8?[31m" is not known');
  });
});

describe('number formats', () => {
  const dtype = (quantization_config: unknown) => imported('qwen3-8b', { quantization_config }).nativeDtype;

  it('are those of the quantisation', () => {
    expect(dtype({ quant_method: 'fp8', weight_block_size: [128, 128] })).toBe('fp8');
    expect(dtype({ quant_method: 'awq', bits: 4, group_size: 128 })).toBe('int4');
    expect(dtype({ quant_method: 'gptq', bits: 8 })).toBe('int8');
    expect(dtype({ quant_method: 'modelopt', quant_algo: 'NVFP4' })).toBe('nvfp4');
    expect(dtype({ quant_method: 'modelopt', quant_algo: 'FP8' })).toBe('fp8');
    expect(dtype({ quant_method: 'mxfp4' })).toBe('mxfp4 (experts) + bf16');
    expect(dtype({ quant_method: 'bitsandbytes', load_in_4bit: true })).toBe('int4');
  });

  it('are those of the groups of compressed-tensors', () => {
    const groups = (weights: unknown, rest = {}) =>
      dtype({ quant_method: 'compressed-tensors', config_groups: { group_0: { weights } }, ...rest });
    expect(groups({ num_bits: 8, type: 'float' })).toBe('fp8');
    expect(groups({ num_bits: 8, type: 'int' })).toBe('int8');
    expect(groups({ num_bits: 4, type: 'int' })).toBe('int4');
    expect(groups({ num_bits: 4, type: 'float', group_size: 16 })).toBe('nvfp4');
    expect(groups({ num_bits: 4, type: 'float' }, { format: 'mxfp4-pack-quantized' })).toBe('mxfp4');
    expect(groups({ num_bits: 4, type: 'int' }, { ignore: ['re:.*self_attn.*'] })).toBe(
      'int4 (experts) + bf16',
    );
  });

  it('name the 4-bit part of a mixed checkpoint', () => {
    const layers = {
      'layers.0.mlp': { quant_algo: 'W4A16_NVFP4' },
      'layers.0.self_attn': { quant_algo: 'FP8' },
    };
    expect(dtype({ quant_method: 'modelopt', quant_algo: 'MIXED_PRECISION', quantized_layers: layers })).toBe(
      'nvfp4 + fp8',
    );
  });

  it('come from `hf_quant_config.json` where the checkpoint has one', () => {
    const text = configText('qwen3-8b');
    const model = modelFromConfig(JSON.parse(text), {
      id: 'm',
      path: 'config.json',
      text,
      quantisation: { producer: { name: 'modelopt' }, quantization: { quant_algo: 'FP8' } },
    });
    expect(model.nativeDtype).toBe('fp8');
  });

  it('say whether 8-bit floats are scaled by block', () => {
    expect(imported('deepseek-v3').checkpoints?.fp8).toBe('blocks');
    expect(imported('qwen3-8b', { quantization_config: { quant_method: 'fp8' } }).checkpoints?.fp8).toBe(
      'tensors',
    );
  });

  it('say what 4-bit weights cover, by the list of what is not converted', () => {
    const covered = (section: Record<string, unknown>) =>
      imported('deepseek-v3', { quantization_config: section }).checkpoints;
    const floats = (ignore: readonly string[]) =>
      covered({ quant_method: 'modelopt', quant_algo: 'NVFP4', ignore })?.fp4;
    expect(floats(['lm_head'])).toBe('everything');
    expect(floats(['lm_head', 'model.layers.*.self_attn*'])).toBe('feed-forward');
    expect(floats(['re:.*self_attn.*', 're:.*shared_experts.*'])).toBe('experts');
    expect(floats(['*.self_attn.q_a_proj', '*.self_attn.kv_b_proj'])).toBe('feed-forward+output');
    // The layers before the first experts, or the layer for a further token, are no rule.
    expect(floats(['model.layers.0.self_attn', 'model.layers.61.self_attn'])).toBe('everything');
    const each = Array.from({ length: 61 }, (_, layer) => `model.layers.${layer}.self_attn*`);
    expect(floats(each)).toBe('feed-forward');
    const kimi = {
      quant_method: 'compressed-tensors',
      config_groups: { group_0: { weights: { num_bits: 4, type: 'int', group_size: 32 } } },
      ignore: ['lm_head', 're:.*self_attn.*', 're:.*shared_experts.*'],
    };
    expect(covered(kimi)?.int4).toEqual({ part: 'experts', groupSize: 32 });
    expect(covered({ quant_method: 'awq', bits: 4, q_group_size: 64 })?.int4).toEqual({
      part: 'everything',
      groupSize: 64,
    });
  });

  it('are unknown, and said to be, for a method that is not known', () => {
    const model = imported('qwen3-8b', { quantization_config: { quant_method: 'quip' } });
    expect(model.nativeDtype).toBe('unknown');
    expect(model.note).toContain('quip');
  });
});

describe('a family that is not known', () => {
  it('is read by its standard fields, and the note says so', () => {
    const model = imported('llama-3.1-8b', { model_type: 'novel' });
    expect(model.paramsTotalB).toBe(imported('llama-3.1-8b').paramsTotalB);
    expect(model.note).toContain('"novel" is not known');
  });

  it('has two embedding matrices where nothing says that they are tied', () => {
    const model = imported('llama-3.1-8b', { model_type: 'novel', tie_word_embeddings: undefined });
    expect([model.tiedEmbeddings, model.unverified]).toEqual([false, ['tiedEmbeddings']]);
    expect(model.note).toContain('two matrices are counted');
  });

  it('must state its key-value heads', () => {
    const problem = problemOf(() =>
      imported('llama-3.1-8b', { model_type: 'novel', num_key_value_heads: undefined }),
    );
    expect(problem).toMatchObject({ code: 'MISSING_KEY', at: 'llama-3.1-8b/config.json:1:1' });
    expect(problem.expected).toContain('`num_key_value_heads`');
  });

  it('shares no key-value heads where the file says `null`', () => {
    expect(imported('llama-3.1-8b', { model_type: 'novel', num_key_value_heads: null }).kvHeads).toBe(32);
  });
});

describe('an encoder', () => {
  const fields = {
    model_type: 'xlm-roberta',
    hidden_size: 1024,
    num_attention_heads: 16,
    num_hidden_layers: 24,
    intermediate_size: 4096,
    max_position_embeddings: 8194,
    vocab_size: 250_002,
  };

  it('is an embedding model with two matrices a layer and no cache', () => {
    const text = JSON.stringify(fields);
    const model = modelFromConfigText(text, { id: 'bge-m3', path: 'config.json' });
    expect(model).toMatchObject({ kind: 'embedding', attention: 'bidirectional', kvElementsPerToken: null });
    // 0.558 × 10^9 in the catalog.
    expect(model.paramsTotalB).toBeCloseTo(0.558, 3);
  });
});

describe('experts', () => {
  it('stand in the layers of the newer list of kinds', () => {
    const kinds = Array.from({ length: 48 }, (_, layer) => (layer < 4 ? 'dense' : 'sparse'));
    expect(
      imported('mimo-v2-flash', { mlp_layer_types: kinds, moe_layer_freq: undefined }).moe?.moeLayers,
    ).toBe(44);
  });

  it('are absent from the layers that the file keeps dense', () => {
    const model = imported('qwen3-30b-a3b', { mlp_only_layers: [0, 1, 47] });
    expect([model.moe?.moeLayers, model.ffn]).toEqual([45, 6144]);
  });

  it('in a narrower space add one way into it and one back for each layer', () => {
    const narrow = (moe_latent_size: number) =>
      imported('nemotron-3-super', { moe_latent_size }).paramsTotalB ?? 0;
    // 40 layers: 512 experts of 2 × latent × 2688, and 2 × 4096 × latent for all of them.
    const each = 40 * (512 * 2 * 2688 + 2 * 4096);
    expect((narrow(2048) - narrow(1024)) * 1e9).toBeCloseTo(1024 * each, -7);
  });

  it('beside delta rules with a gate for each channel leave a state of heads × width²', () => {
    // Kimi Linear: 20 layers of 32 heads of 128 × 128, and 3 tokens before the convolution of three projections.
    expect(imported('kimi-linear').stateElementsPerSequence).toBe(20 * (32 * 128 * 128 + 3 * 3 * 32 * 128));
  });
});
