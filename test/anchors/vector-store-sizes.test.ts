import { describe, expect, it } from 'vitest';
import { elasticsearchBytesPerVector } from './published-formulas';
import { milvus } from '#lib/vector-stores/milvus';
import { isMisfit, type Corpus, type VectorStore } from '#lib/vector-stores/vector-store';
import { weaviate } from '#lib/vector-stores/weaviate';

const corpus = (vectors: number, dimensions: number): Corpus => ({
  vectors,
  dimensions,
  payloadBytesPerVector: 0,
  queriesPerSecond: { mean: 1, peak: 1 },
  writesPerMonth: 0,
  copies: 1,
  searchesPerSecond: () => 100,
});

function memoryGib(store: VectorStore, of: Corpus): number {
  const sizing = store.size(of, {});
  if (isMisfit(sizing)) throw new Error(sizing.reasons.join('; '));
  return sizing.memoryGib;
}

describe('worked examples of the vendors', () => {
  it('Weaviate: a million vectors of 384 dimensions take 3 GB (docs.weaviate.io, Resource planning, 2026)', () => {
    expect((memoryGib(weaviate, corpus(1e6, 384)) * 2 ** 30) / 1e9).toBeCloseTo(3.07, 2);
  });

  it('Elasticsearch: a million of 1,024 with a graph of 16 links take 4,160,000,000 bytes (Tune approximate kNN search, 2026)', () => {
    const each = elasticsearchBytesPerVector(1024, 16);
    expect(1e6 * (each.float + each.graph)).toBe(4_160_000_000);
    // Lucene keeps three floats and a sum of 16 bits beside the bits.
    expect(each.bbq).toBe(1024 / 8 + 14);
  });

  it('Milvus: 8 million of 768 take 31.2 GB of memory (Alibaba Cloud calculator, 2026-06-20); two of the raw 22.9 are planned', () => {
    const ours = memoryGib(milvus, corpus(8e6, 768));
    expect(ours / 2).toBeCloseTo(22.9, 1);
    expect(ours / 31.2).toBeGreaterThan(1);
    expect(ours / 31.2).toBeLessThan(1.5);
  });
});
