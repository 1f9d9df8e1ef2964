import type { PriceBook } from '#lib/catalog/prices';
import { USUAL_ENGINE_MEMORY, type EngineMemory } from '#lib/sizing/engine-memory';

/**
 * What an engine takes of each GPU, by the assumptions.
 *
 * @param countsLoading - Whether its release counts what loading took as if each step did
 */
export function assumedEngineMemory(prices: PriceBook, countsLoading: boolean): EngineMemory {
  return {
    ...USUAL_ENGINE_MEMORY,
    fixedGib: prices.assumption('engine.memory-gib').base,
    routedVectors: prices.assumption('engine.routed-vectors'),
    ...(countsLoading ? { loadingGib: prices.assumption('engine.loading-gib') } : {}),
  };
}
