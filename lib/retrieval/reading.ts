import { checkRange } from '#lib/retrieval/check-range';
import type { ReadingRate } from '#lib/retrieval/prefill-rate';
import { mapBand, type Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';

/** Texts that are read while somebody waits: a query for its vector, or a query with each of its candidates. */
export interface ReadingLoad {
  /** Searches in the busiest second. */
  readonly queriesPerSecond: number;
  /** 1 for the query itself; for a reranker the candidates. */
  readonly textsPerQuery: number;
  readonly tokensPerText: number;
  /** Share of the throughput that is planned with. @default - 0.7, as for model servers */
  readonly fill?: number;
}

export interface ReadingPlan {
  /** Of all queries in the busiest second. */
  readonly tokensPerSecond: number;
  /** Whole replicas for the load; `high` is for the slow end of the rate. */
  readonly replicas: Band;
  readonly derivation: readonly Step[];
}

/** Share of a reader's throughput that is planned with. */
export const DEFAULT_FILL = 0.7;

/**
 * Replicas that read a load: `queries × texts × tokens ÷ (tokens per second × fill)`.
 *
 * @throws LandfallError where a figure is impossible
 */
export function planReading(
  load: ReadingLoad,
  { tokensPerSecond: rate, derivation }: ReadingRate,
): ReadingPlan {
  const { queriesPerSecond, textsPerQuery, tokensPerText, fill = DEFAULT_FILL } = load;
  checkRange({ at: 'queriesPerSecond', value: queriesPerSecond, atLeast: 0 });
  checkRange({ at: 'textsPerQuery', value: textsPerQuery, atLeast: 1 });
  checkRange({ at: 'tokensPerText', value: tokensPerText, atLeast: 1 });
  checkRange({ at: 'fill', value: fill, above: 0, atMost: 1 });
  const tokensPerSecond = queriesPerSecond * textsPerQuery * tokensPerText;
  const replicasAt = (perReplica: number) => Math.max(1, Math.ceil(tokensPerSecond / (perReplica * fill)));
  const replicas = { low: replicasAt(rate.high), base: replicasAt(rate.base), high: replicasAt(rate.low) };
  return {
    tokensPerSecond,
    replicas,
    derivation: [
      ...derivation,
      {
        id: 'reading-replicas',
        label: 'Replicas that read the load',
        formula: 'queries × texts × tokens ÷ (tokens per second × fill)',
        value: replicas.base,
        unit: 'replicas',
        inputs: [
          { name: 'queries', value: queriesPerSecond, unit: 'queries/s' },
          { name: 'texts', value: textsPerQuery, unit: 'texts per query' },
          { name: 'tokens', value: tokensPerText, unit: 'tokens per text' },
          { name: 'tokens per second', value: rate.base, unit: 'tokens/s' },
          { name: 'fill', value: fill, unit: 'share 0–1' },
        ],
      },
    ],
  };
}

/**
 * Milliseconds that a query waits for its texts to be read at the peak: `overhead + read × (1 + busy ÷ 2(1 − busy))`. A
 * query's texts are one batch on one replica, read in `tokens ÷ rate` and never faster than the weights; the queue
 * before it is that of arrivals at random and a time of reading that is always the same (M/D/1, one for each replica).
 */
export function readingLatencyMs(
  load: ReadingLoad,
  { tokensPerSecond: rate, leastSeconds }: ReadingRate,
  replicas: number,
  overheadMs: Band,
): Band {
  const at = (perReplica: number, overhead: number): number => {
    const seconds = Math.max(leastSeconds, (load.textsPerQuery * load.tokensPerText) / perReplica);
    const busy = Math.min(MOST_BUSY, (load.queriesPerSecond * seconds) / replicas);
    return overhead + 1000 * seconds * (1 + busy / (2 * (1 - busy)));
  };
  return {
    low: at(rate.high, overheadMs.low),
    base: at(rate.base, overheadMs.base),
    high: at(rate.low, overheadMs.high),
  };
}

/** Beyond it a queue has no mean; texts of several queries are then read together, which this does not count. */
const MOST_BUSY = 0.95;

/** Share of the replicas' time that a load takes, 0–1. */
export function readingShare(tokensPerSecond: number, rate: ReadingRate, replicas: number): Band {
  const { low, base, high } = rate.tokensPerSecond;
  const share = mapBand({ low: 1 / high, base: 1 / base, high: 1 / low }, (each) => each * tokensPerSecond);
  return mapBand(share, (each) => Math.min(1, each / replicas));
}
