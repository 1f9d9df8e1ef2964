import { predictSearch, type SearchPrediction } from '#lib/retrieval/queries-per-second';
import { retrievalConstants, type RetrievalConstants } from '#lib/retrieval/retrieval-constants';
import { scaleBand, type Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';
import type { Corpus, StoreSizing } from '#lib/vector-stores/vector-store';

/** What every search asks for. */
export interface SearchQuality {
  /** Share of the true neighbours that must be found, 0–1. */
  readonly recall: number;
  /** Share of the vectors that a filter removes, 0–1, below 1. */
  readonly filterShare: number;
}

/** What a sized store answers. */
export interface StoreSearch extends SearchQuality {
  /** Of all copies together, all of it used. */
  readonly queriesPerSecond: Band;
  /** Of searches sent one after the other: waiting for a busy store comes on top. */
  readonly p99LatencyMs: Band;
  readonly confidence: SearchPrediction['confidence'];
  /** What the measured rows do not bear out; empty when calibrated. */
  readonly why: readonly string[];
  readonly derivation: readonly Step[];
}

/** Quantisation of the measured rows of a store; the others keep vectors whole. */
const MEASURED_QUANTISATION: ReadonlyMap<string, string> = new Map([['milvus', 'scalar']]);

/** Searches per second of one node of this store, as its sizing asks; 0 where nothing can be said. */
export function searchesPerSecond(
  store: string,
  dimensions: number,
  quality: SearchQuality,
  constants: RetrievalConstants = retrievalConstants(),
): Corpus['searchesPerSecond'] {
  return (node) => {
    const search = predictSearch({ store, dimensions, ...quality, ...node }, constants);
    if ('reasons' in search) return 0;
    return search.queriesPerSecond.base * (node.atBest === true ? search.slowedBy : 1);
  };
}

/**
 * Throughput and latency of a store as it was sized; `null` where neither its vendor nor a measured row says enough: a
 * service whose machines are hidden and that nobody has measured.
 */
export function storeSearch(
  store: { readonly id: string; readonly quantisation: string },
  corpus: Pick<Corpus, 'vectors' | 'dimensions'>,
  sizing: StoreSizing,
  quality: SearchQuality,
  constants: RetrievalConstants = retrievalConstants(),
): StoreSearch | null {
  const { nodes } = sizing;
  const shards = nodes?.shards ?? 1;
  const load = {
    store: store.id,
    vectors: Math.max(1, corpus.vectors / shards),
    dimensions: corpus.dimensions,
    vcpus: nodes?.vcpus ?? null,
    ...quality,
  };
  const search = predictSearch(load, constants);
  if ('reasons' in search) return null;
  const measured = MEASURED_QUANTISATION.get(store.id) ?? 'none';
  const unmeasured =
    nodes === null || store.quantisation === measured
      ? []
      : [
          `rows of ${store.id} have quantisation ${measured}; ${store.quantisation} is granted no other speed`,
        ];
  return {
    ...quality,
    queriesPerSecond: scaleBand(search.queriesPerSecond, nodes === null ? 1 : nodes.count / shards),
    p99LatencyMs: search.p99LatencyMs,
    confidence: unmeasured.length > 0 ? 'extrapolated' : search.confidence,
    why: [...search.why, ...unmeasured],
    derivation: search.derivation,
  };
}
