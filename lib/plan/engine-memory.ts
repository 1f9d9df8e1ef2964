import type { PriceBook } from '#lib/catalog/prices';
import { USUAL_ENGINE_MEMORY, type EngineMemory } from '#lib/sizing/engine-memory';

/** What an engine takes of each GPU, by the assumptions. */
export function assumedEngineMemory(prices: PriceBook): EngineMemory {
  return {
    ...USUAL_ENGINE_MEMORY,
    fixedGib: prices.assumption('engine.memory-gib').base,
    routedVectors: prices.assumption('engine.routed-vectors'),
  };
}
