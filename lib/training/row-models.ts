import type { Model } from '#lib/catalog/models';
import { lettersOf, modelNamed } from '#lib/catalog/names';
import { shapeOf, type TrainingShape } from '#lib/training/shape';

/** MLPerf's benchmarks that are models of the catalog. */
const BENCHMARKS: Readonly<Record<string, string>> = {
  llama2_70b_lora: 'llama-2-70b',
  llama31_405b: 'llama-3.1-405b',
  llama31_8b: 'llama-3.1-8b',
};
/** Llama 3 has the architecture of 3.1. Without case and punctuation. */
const ALIASES: Readonly<Record<string, string>> = { llama38b: 'llama-3.1-8b', llama370b: 'llama-3.1-70b' };

/**
 * Layers and width of the MPT models that llm-foundry measured (its `scripts/train/yamls/pretrain`); its tokens/s and
 * TFLOP/s agree with them within 3 %. Vocabulary 50,368, tied embeddings, MLP of four times the width.
 */
const MPT: Readonly<Record<string, readonly [layers: number, hidden: number]>> = {
  'mpt-125m': [12, 768],
  'mpt-350m': [24, 1024],
  'mpt-760m': [24, 1536],
  'mpt-1b': [24, 2048],
  'mpt-3b': [32, 2560],
  'mpt-7b': [32, 4096],
  'mpt-13b': [40, 5120],
  'mpt-30b': [48, 7168],
  'mpt-70b': [80, 8192],
};
const MPT_VOCABULARY = 50_368;

const NEMOTRON = 'Nemotron_3_Nano';
/** NVIDIA-Nemotron-3-Nano-30B-A3B: 23 Mamba-2, 23 expert and 6 attention layers, from its `config.json`. */
const NEMOTRON_NANO: TrainingShape = {
  id: 'nemotron-3-nano',
  parameters: 31.6e9,
  activeParameters: 3.5e9,
  layers: 52,
  hidden: 2688,
  fullLayers: 6,
  windowLayers: 0,
  windowTokens: 0,
  attentionWidth: 32 * 128,
  keyValueWidth: 2 * 2 * 128,
  vocabulary: 131_072,
  embeddingParameters: 2 * 131_072 * 2688,
  experts: { layers: 23, experts: 128, topK: 6, parameters: 23 * 128 * 2 * 2688 * 1856 },
};

/** Names that a row may use besides the ids of the catalog. */
export const ROW_MODELS: readonly string[] = [...Object.keys(BENCHMARKS), ...Object.keys(MPT), NEMOTRON];

/** The shape of the model that a row names; `null` where nobody published it. Never a look-alike. */
export function rowShape(name: string, models: ReadonlyMap<string, Model>): TrainingShape | null {
  const plain = lettersOf(name);
  const mptId = Object.keys(MPT).find((id) => lettersOf(id) === plain);
  if (mptId !== undefined) return mpt(mptId);
  if (plain === lettersOf(NEMOTRON)) return NEMOTRON_NANO;
  const alias = own(BENCHMARKS, benchmarkNamed(name)) ?? own(ALIASES, plain);
  const model = modelNamed(alias ?? name, models);
  return model === null ? null : shapeOf(model);
}

/** A row may name anything: `constructor` is no model. */
function own(names: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** A benchmark of MLPerf by its own name, whatever case and punctuation it is written in; another name as it is. */
export function benchmarkNamed(name: string): string {
  const plain = lettersOf(name);
  return Object.keys(BENCHMARKS).find((each) => lettersOf(each) === plain) ?? name;
}

function mpt(id: string): TrainingShape | null {
  const dimensions = MPT[id];
  if (dimensions === undefined) return null;
  const [layers, hidden] = dimensions;
  const embeddingParameters = MPT_VOCABULARY * hidden;
  const parameters = 12 * layers * hidden ** 2 + embeddingParameters;
  return {
    id,
    parameters,
    activeParameters: parameters,
    layers,
    hidden,
    fullLayers: layers,
    windowLayers: 0,
    windowTokens: 0,
    attentionWidth: hidden,
    keyValueWidth: 2 * hidden,
    vocabulary: MPT_VOCABULARY,
    embeddingParameters,
    experts: null,
  };
}
