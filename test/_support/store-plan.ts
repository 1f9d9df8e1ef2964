import { storeSlice, type StoreSlice } from '#constructs/kubernetes/stores/store-slice';
import type { Plan, RetrievalPlan } from '#lib/plan/plan';
import { awsPlan, retrieval } from './aws-plan';

/** A plan of a leased cluster with this store in it; each test states its one difference. */
export function storePlan(store: string, difference: Partial<RetrievalPlan> = {}): Plan {
  return awsPlan({
    option: 'leased',
    target: 'leased',
    retrieval: {
      ...retrieval(store),
      runsOn: 'kubernetes',
      nodePool: 'cpu',
      copies: 3,
      sizing: storeSizing(3),
      search: null,
      ...difference,
    },
  });
}

/** A size of pods that have nodes of 4 vCPUs and 32 GiB for themselves. */
export function storeSizing(count: number): RetrievalPlan['sizing'] {
  return {
    memoryGib: 20,
    storageGib: 30,
    capacityUnits: null,
    derivation: [],
    nodes: { count, shards: 1, vcpus: 4, memoryGib: 32, diskGib: 30, cacheGib: 30 },
  };
}

export function storeSliceOf(store: string, difference: Partial<RetrievalPlan> = {}): StoreSlice {
  const slice = storeSlice(storePlan(store, difference));
  if (slice === null) throw new Error(`no slice of ${store}`);
  return slice;
}
