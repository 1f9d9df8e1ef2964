import type { SizingConstants } from '#lib/catalog/calibration';
import { checkRange } from '#lib/retrieval/check-range';
import { readingRate, type Reader } from '#lib/retrieval/prefill-rate';
import { mapBand, type Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';

export interface EmbeddingDemand extends Omit<Reader, 'tokensPerText'> {
  readonly documents: number;
  readonly tokensPerDocument: number;
  readonly chunkTokens: number;
  /** Tokens that a chunk repeats of the one before. @default - 0 */
  readonly overlapTokens?: number;
  /** Hours within which the whole corpus must be embedded again. @default - no window */
  readonly windowHours?: number;
}

export interface EmbeddingPlan {
  /** One vector each. */
  readonly chunks: number;
  /** Tokens read, repeated ones included. */
  readonly tokens: number;
  readonly tokensPerSecondPerGpu: Band;
  /** Work of one pass over the corpus; as hours, the time of a single GPU. */
  readonly gpuHours: Band;
  /** GPUs that keep to the window, and the hours that they take; `null` without a window. */
  readonly window: { readonly gpus: Band; readonly hours: Band } | null;
  readonly derivation: readonly Step[];
}

const SECONDS_PER_HOUR = 3600;

/**
 * Work to embed a corpus: `chunks × tokens ÷ tokens per second`, a prefill without an answer. Embedding it again, with
 * another model or other chunks, is the same work, to be done within `windowHours`. The slow end of the band plans the
 * most GPUs.
 *
 * @throws LandfallError where a figure is impossible
 */
export function planEmbedding(
  demand: EmbeddingDemand,
  constants: SizingConstants,
): EmbeddingPlan | { readonly reasons: readonly string[] } {
  const { documents, tokensPerDocument, chunkTokens, overlapTokens = 0, windowHours } = demand;
  checkRange({ at: 'documents', value: documents, atLeast: 1 });
  checkRange({ at: 'tokensPerDocument', value: tokensPerDocument, atLeast: 1 });
  checkRange({ at: 'chunkTokens', value: chunkTokens, atLeast: 1 });
  checkRange({ at: 'overlapTokens', value: overlapTokens, atLeast: 0, below: chunkTokens });
  if (windowHours !== undefined) checkRange({ at: 'windowHours', value: windowHours, above: 0 });

  const perDocument = chunksOf(tokensPerDocument, chunkTokens, overlapTokens);
  const chunks = documents * perDocument;
  const tokens = documents * (tokensPerDocument + (perDocument - 1) * overlapTokens);
  const rate = readingRate({ ...demand, tokensPerText: Math.min(chunkTokens, tokensPerDocument) }, constants);
  if ('reasons' in rate) return rate;
  const gpuHours = timeBand(rate.tokensPerSecond, (perSecond) => tokens / perSecond / SECONDS_PER_HOUR);
  return {
    chunks,
    tokens,
    tokensPerSecondPerGpu: rate.tokensPerSecond,
    gpuHours,
    window: windowHours === undefined ? null : inWindow(gpuHours, windowHours),
    derivation: [
      {
        id: 'embedding-tokens',
        label: 'Tokens to embed',
        formula: 'documents × (tokens + (chunks per document − 1) × overlap)',
        value: tokens,
        unit: 'tokens',
        inputs: [
          { name: 'documents', value: documents, unit: 'documents' },
          { name: 'tokens', value: tokensPerDocument, unit: 'tokens per document' },
          { name: 'chunks per document', value: perDocument, unit: 'chunks' },
          { name: 'overlap', value: overlapTokens, unit: 'tokens' },
        ],
      },
      ...rate.derivation,
      {
        id: 'embedding-gpu-hours',
        label: 'GPU hours of one pass',
        formula: 'tokens ÷ tokens per second ÷ 3600',
        value: gpuHours.base,
        unit: 'GPU hours',
        inputs: [
          { name: 'tokens', value: tokens, unit: 'tokens' },
          { name: 'tokens per second', value: rate.tokensPerSecond.base, unit: 'tokens/s' },
        ],
      },
    ],
  };
}

/** Windows of `chunkTokens` that advance by what does not overlap; a short document is one chunk. */
export function chunksOf(tokens: number, chunkTokens: number, overlapTokens: number): number {
  if (tokens <= chunkTokens) return 1;
  return Math.ceil((tokens - overlapTokens) / (chunkTokens - overlapTokens));
}

function inWindow(gpuHours: Band, windowHours: number): NonNullable<EmbeddingPlan['window']> {
  const gpus = mapBand(gpuHours, (hours) => Math.ceil(hours / windowHours));
  // The GPUs of the base are what is rented; the band then says how long they may take.
  return { gpus, hours: mapBand(gpuHours, (hours) => hours / gpus.base) };
}

/** The fastest rate takes the least time. */
function timeBand({ low, base, high }: Band, timeOf: (rate: number) => number): Band {
  return { low: timeOf(high), base: timeOf(base), high: timeOf(low) };
}
