import type { Model } from '#lib/catalog/models';
import { loraParameters, LORA_TARGETS } from '#lib/sizing/lora-parameters';
import type { MemoryDemand } from '#lib/training/memory';
import { shown } from '#lib/text/place';

/** Rank of adapters on all projections where nobody says: torchtune's recipes and our own default. */
export const DEFAULT_RANK = 16;

export type NamedTuning = Pick<MemoryDemand, 'method' | 'optimiser' | 'adapterParameters' | 'offloads'>;

/** Words that change nothing of what is held: how the base is stored where it is 16 bits, and how many cards. */
const PASSED_OVER =
  /^(?:fine|tun(?:e|ing)|finetun(?:e|ing)|param(?:eter)?s?|16bit|[bf]p?f?16|bfloat16|one|single|card|device|distributed|optimi[sz]er|adamw?|and|with|r|rank|base)$/;
const RANK = /^(?:r|rank)?=?(\d+)$/;

/**
 * How a publisher names a way of tuning: `lora`, `QLoRA 4-bit`, `full (optimizer CPU offload)`, `full (8-bit, one card)`,
 * `LoRA r=64`. A word that is not known is a reason: it may halve what is held.
 */
export function tuningNamed(name: string, model: Model): NamedTuning | { readonly reason: string } {
  const words =
    name
      .toLowerCase()
      .replaceAll(/(\d+)[\s-]*bits?/g, '$1bit')
      .match(/[a-z0-9=]+/g) ?? [];
  const method = methodOf(words);
  if (method === null) return { reason: `method ${shown(name)} is none of full, lora and qlora` };
  const rest = words.filter((word) => !METHOD_WORDS.has(word) && !PASSED_OVER.test(word));
  if (method === 'full') {
    const unknown = rest.find((word) => !['8bit', 'paged', 'cpu', 'offload', 'offloading'].includes(word));
    if (unknown !== undefined) return { reason: notKnown(name, unknown) };
    return {
      method,
      optimiser: rest.includes('8bit') ? 'paged-adam-8bit' : 'adam',
      adapterParameters: null,
      offloads: rest.some((word) => word.startsWith('offload')),
    };
  }
  const rank = rest.map((word) => RANK.exec(word)?.[1]).find((found) => found !== undefined);
  const unknown = rest.find((word) => !RANK.test(word) && !(method === 'qlora' && QUANTISED.has(word)));
  if (unknown !== undefined) return { reason: notKnown(name, unknown) };
  const adapterParameters = loraParameters(model, Number(rank ?? DEFAULT_RANK), LORA_TARGETS);
  if (adapterParameters === null) return { reason: `the projections of ${model.id} are not published` };
  return { method, optimiser: 'adam', adapterParameters, offloads: false };
}

const QUANTISED = new Set(['4bit', 'nf4']);
const METHOD_WORDS = new Set(['full', 'fft', 'ft', 'lora', 'qlora']);

/** LoRA on a base of 4 bits is QLoRA, whatever it is called. */
function methodOf(words: readonly string[]): 'full' | 'lora' | 'qlora' | null {
  const methods = words.filter((word) => METHOD_WORDS.has(word) && word !== 'ft');
  const [only] = methods;
  if (only === undefined || methods.length > 1) return null;
  if (only === 'full' || only === 'fft') return 'full';
  return only === 'qlora' || words.some((word) => QUANTISED.has(word)) ? 'qlora' : 'lora';
}

function notKnown(name: string, word: string): string {
  return `method ${shown(name)} says "${word}", which is not known: write full, lora or qlora, and what changes its memory`;
}
