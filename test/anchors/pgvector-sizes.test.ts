import { describe, expect, it } from 'vitest';
import { pgvectorRowBytes } from '#lib/vector-stores/formulas';
import { pgvectorIndexBytes, pgvectorTableBytes } from '#lib/vector-stores/pgvector-pages';

/**
 * Measured sizes. MiB of indexes: J. Katz, Scalar and binary quantization for pgvector, 2024-04-09 (the span over
 * `ef_construction`; the sets of 960 and 128 dimensions hold vectors twice, which share an element), and pgvector's issues 688 (2024-10-01), 690 (2024-10-03)
 * and 370 (2023-12-02, about 900,000 rows). GB of tables: Supabase, pgvector 0.7.0 (2024), 900,000 rows.
 */
const KATZ = [
  { vectors: 990_000, dimensions: 1536, type: 'vector', links: 16, mib: [7734, 7734] },
  { vectors: 990_000, dimensions: 1536, type: 'halfvec', links: 16, mib: [3867, 3867] },
  { vectors: 1_000_000, dimensions: 960, type: 'vector', links: 16, mib: [7678, 7811] },
  { vectors: 1_000_000, dimensions: 960, type: 'halfvec', links: 16, mib: [2559, 2603] },
  { vectors: 1_000_000, dimensions: 960, type: 'bit', links: 16, mib: [405, 405] },
  { vectors: 1_000_000, dimensions: 128, type: 'vector', links: 16, mib: [782, 793] },
  { vectors: 1_000_000, dimensions: 128, type: 'halfvec', links: 16, mib: [536, 544] },
  { vectors: 1_000_000, dimensions: 128, type: 'bit', links: 16, mib: [298, 304] },
] as const;
const ISSUES = [
  ...[8, 16, 32].map(
    (links) => ({ vectors: 500_000, dimensions: 1536, type: 'vector', links, mib: [3906, 3906] }) as const,
  ),
  { vectors: 1_000_000, dimensions: 768, type: 'vector', links: 24, mib: [3904, 3904] },
  { vectors: 900_000, dimensions: 1280, type: 'vector', links: 16, mib: [7036, 7036] },
] as const;

describe('pgvector', () => {
  it.each([...KATZ, ...ISSUES])(
    'indexes $vectors × $dimensions as $type with $links links in $mib MiB, to 4 %',
    ({ vectors, dimensions, type, links, mib: [least, most] }) => {
      const bytes = vectors * pgvectorIndexBytes(pgvectorRowBytes(dimensions)[type], links);
      const mib = bytes / 2 ** 20;
      expect(mib).toBeGreaterThan(0.996 * least);
      expect(mib).toBeLessThan(1.04 * most);
    },
  );

  it.each([
    ['vector', 7],
    ['halfvec', 3.5],
  ] as const)('keeps 900,000 rows of 1,536 dimensions as %s in %s GB of table', (type, gb) => {
    const bytes = 900_000 * pgvectorTableBytes(pgvectorRowBytes(1536)[type]);
    expect(bytes / 1e9 / gb).toBeGreaterThan(0.98);
    expect(bytes / 1e9 / gb).toBeLessThan(1.06);
  });

  it('gives an element that no page holds with its neighbours two', () => {
    expect(pgvectorIndexBytes(pgvectorRowBytes(2000).vector, 16)).toBe(16_384);
  });
});
