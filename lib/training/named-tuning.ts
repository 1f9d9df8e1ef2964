import type { Model } from '#lib/catalog/models';
import { loraParameters, LORA_TARGETS } from '#lib/sizing/training';
import type { MemoryDemand } from '#lib/training/memory';

/** Rank of adapters on all projections where nobody says: torchtune's recipes and our own default. */
export const DEFAULT_RANK = 16;

export type NamedTuning = Pick<MemoryDemand, 'method' | 'optimiser' | 'adapterParameters' | 'offloads'>;

/** How a publisher names a way of tuning: `lora`, `qlora`, `full (optimizer CPU offload)`, `full (8-bit, one card)`. */
export function tuningNamed(name: string, model: Model): NamedTuning | { readonly reason: string } {
  const [method = '', detail = ''] = name.toLowerCase().split(/\s*\(/);
  if (method === 'full') {
    const isPaged = detail.includes('8-bit');
    return {
      method,
      optimiser: isPaged ? 'paged-adam-8bit' : 'adam',
      adapterParameters: null,
      offloads: detail.includes('offload'),
    };
  }
  if (method !== 'lora' && method !== 'qlora')
    return { reason: `method ${name} is none of full, lora and qlora` };
  const adapterParameters = loraParameters(model, DEFAULT_RANK, LORA_TARGETS);
  if (adapterParameters === null) return { reason: `the projections of ${model.id} are not published` };
  return { method, optimiser: 'adam', adapterParameters, offloads: false };
}
