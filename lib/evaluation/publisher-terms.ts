import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import { acceleratorsNamed, lettersOf } from '#lib/catalog/names';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { acceleratorOf, number, optional, text, Unusable } from '#lib/evaluation/row-fields';

/** Ids of the catalog by the runners of the project, whose names go on after the accelerator: `h200-dgxc`. */
export const INFERENCEX_GPUS: ReadonlyMap<string, string> = new Map([
  ['h100', 'h100-sxm'],
  ['h200', 'h200-sxm'],
  ['b200', 'b200-sxm'],
  ['b300', 'b300-sxm'],
  ['gb200', 'gb200'],
  ['gb300', 'gb300'],
  ['mi300x', 'mi300x'],
  ['mi325x', 'mi325x'],
  ['mi355x', 'mi355x'],
  ['rtx6000pro', 'rtx-pro-6000-bw'],
]);
/** Lengths are drawn evenly between 0.8 and 1 times the nominal one: RANDOM_RANGE_RATIO of the project's workflows. */
export const INFERENCEX_MEAN_LENGTH = 0.9;
/** Fields that may name the publisher. */
const PUBLISHERS = ['family', 'publisher', 'source'];
const INFERENCEX = /^(?:semianalysis(?:ai)?[\s/:_-]*)?inference-?(?:x|max)\b/i;
/** Its short names of models, without case and punctuation, where they leave something out. */
const INFERENCEX_MODELS: Readonly<Record<string, string>> = {
  dsr1: 'deepseek-r1',
  gptoss: 'gpt-oss-120b',
  llama70b: 'llama-3.1-70b',
  qwen35: 'qwen3.5-397b-a17b',
};
/** Engines and clouds, which publishers hang on the name of the accelerator. */
const BEHIND = /(?<=[a-z\d])[-_ ](?:trt|trtllm|tensorrt-?llm|vllm|sglang|rocm|dgxc|nvd|nv|cw|nb|amds?)$/i;

/**
 * Mean lengths of the requests, which work and cache follow: as the row states them; InferenceX draws the tokens of each
 * request evenly from 0.8 to 1 times the length that it names.
 */
export function meanLengths(row: RawRow): { readonly inputTokens: number; readonly outputTokens: number } {
  const share = isInferencex(row) ? INFERENCEX_MEAN_LENGTH : 1;
  const [input, output] = [optional(row, 'isl_effective'), optional(row, 'osl_effective')];
  // Beside a mean the named length counts for nothing, but a wrong one is a wrong row.
  const [namedInput, namedOutput] = [optional(row, 'isl'), optional(row, 'osl')];
  const ratio = optional(row, 'random_range_ratio');
  if (ratio !== null && ratio < 1 && share === 1 && (input === null || output === null))
    throw new Unusable(
      `random_range_ratio is ${ratio}, from which generators draw lengths in different ways: write isl_effective and osl_effective, their means`,
    );
  return {
    inputTokens: input ?? (namedInput ?? number(row, 'isl')) * share,
    outputTokens: output ?? (namedOutput ?? number(row, 'osl')) * share,
  };
}

/** True where a row states the mean of both lengths, and it is the length that it names: all requests have it. */
export function areLengthsEqual(row: RawRow): boolean {
  return (['isl', 'osl'] as const).every((field) => {
    const mean = optional(row, `${field}_effective`);
    return mean !== null && mean === optional(row, field);
  });
}

/** The accelerator of a serving run, also where InferenceX names the chip alone: it measures boards with NVLink. */
export function servingAcceleratorOf(row: RawRow, catalog: Pick<Catalog, 'accelerators'>): Accelerator {
  const name = text(row, 'gpu');
  if (isInferencex(row)) {
    const [chip = ''] = name.toLowerCase().split(/[-_ ]/);
    const isBare = acceleratorsNamed(name, catalog.accelerators).length !== 1;
    const known = catalog.accelerators.get(INFERENCEX_GPUS.get(chip) ?? '');
    if (isBare && known !== undefined) return known;
  }
  const bare = name.replace(BEHIND, '');
  const isOfBare = acceleratorsNamed(bare, catalog.accelerators).length === 1;
  return acceleratorOf(isOfBare ? { ...row, gpu: bare } : row, catalog);
}

/** The name of the model of a row, in full where its publisher shortens it. */
export function modelNameOf(row: RawRow): string {
  const name = text(row, 'model');
  const letters = lettersOf(name);
  const isShort = isInferencex(row) && Object.hasOwn(INFERENCEX_MODELS, letters);
  return isShort ? (INFERENCEX_MODELS[letters] ?? name) : name;
}

export function isInferencex(row: RawRow): boolean {
  return PUBLISHERS.some((field) => {
    const value = own(row, field);
    return typeof value === 'string' && INFERENCEX.test(value);
  });
}
