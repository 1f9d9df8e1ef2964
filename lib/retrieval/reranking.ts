import type { SizingConstants } from '#lib/catalog/calibration';
import { checkRange } from '#lib/retrieval/check-range';
import { readingRate, type Reader } from '#lib/retrieval/prefill-rate';
import { scaleBand, type Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';

export interface RerankingDemand extends Omit<Reader, 'tokensPerText'> {
  /** Searches in the busiest second. */
  readonly queriesPerSecond: number;
  /** Chunks that are read again for each search. */
  readonly candidates: number;
  /** Query and chunk together. */
  readonly tokensPerPair: number;
  /** Share of the throughput that is planned with. @default - 0.7, as for model servers */
  readonly fill?: number;
}

export interface RerankingPlan {
  readonly pairsPerSecondPerGpu: Band;
  readonly tokensPerSecond: number;
  /** Whole GPUs; `high` is for the slow end of the band. */
  readonly gpus: Band;
  readonly derivation: readonly Step[];
}

const DEFAULT_FILL = 0.7;

/**
 * GPUs of a reranker that reads query and candidate together (a cross-encoder): `queries × candidates × tokens ÷ (tokens
 * per second × fill)`.
 *
 * @throws LandfallError where a figure is impossible
 */
export function planReranking(
  demand: RerankingDemand,
  constants: SizingConstants,
): RerankingPlan | { readonly reasons: readonly string[] } {
  const { queriesPerSecond, candidates, tokensPerPair, fill = DEFAULT_FILL } = demand;
  checkRange({ at: 'queriesPerSecond', value: queriesPerSecond, above: 0 });
  checkRange({ at: 'candidates', value: candidates, atLeast: 1 });
  checkRange({ at: 'tokensPerPair', value: tokensPerPair, atLeast: 1 });
  checkRange({ at: 'fill', value: fill, above: 0, atMost: 1 });
  const rate = readingRate({ ...demand, tokensPerText: tokensPerPair }, constants);
  if ('reasons' in rate) return rate;
  const tokensPerSecond = queriesPerSecond * candidates * tokensPerPair;
  const gpusAt = (perGpu: number) => Math.ceil(tokensPerSecond / (perGpu * fill));
  const gpus = {
    low: gpusAt(rate.tokensPerSecond.high),
    base: gpusAt(rate.tokensPerSecond.base),
    high: gpusAt(rate.tokensPerSecond.low),
  };
  return {
    pairsPerSecondPerGpu: scaleBand(rate.tokensPerSecond, 1 / tokensPerPair),
    tokensPerSecond,
    gpus,
    derivation: [
      ...rate.derivation,
      {
        id: 'reranking-gpus',
        label: 'GPUs of the reranker',
        formula: 'queries × candidates × tokens ÷ (tokens per second × fill)',
        value: gpus.base,
        unit: 'GPUs',
        inputs: [
          { name: 'queries', value: queriesPerSecond, unit: 'queries/s' },
          { name: 'candidates', value: candidates, unit: 'chunks per query' },
          { name: 'tokens', value: tokensPerPair, unit: 'tokens per pair' },
          { name: 'tokens per second', value: rate.tokensPerSecond.base, unit: 'tokens/s' },
          { name: 'fill', value: fill, unit: 'share 0–1' },
        ],
      },
    ],
  };
}
