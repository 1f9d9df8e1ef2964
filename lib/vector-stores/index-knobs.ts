import * as z from 'zod';

/** Knobs that an index is built by, of whatever store: with another value it is built anew. */
export const INDEX_KNOBS = ['m', 'efConstruction', 'encoding', 'distance', 'quantisation'] as const;

/** Knob of every graph index: links per vector. */
export const links = z
  .int()
  .gte(2)
  .lte(100)
  .default(16)
  .meta({
    description: 'HNSW links per vector (M): more find better and take more memory',
    unit: 'links',
    examples: [16],
  });

/** Knob of every graph index: effort while it is built. */
export const buildEffort = z
  .int()
  .gte(16)
  .lte(2_000)
  .default(128)
  .meta({
    description: 'Candidates kept while the HNSW graph is built (ef_construction)',
    unit: 'candidates',
    examples: [128],
  });

export const distance = z
  .enum(['cosine', 'euclidean'])
  .default('cosine')
  .meta({ description: 'How nearness is measured', unit: 'id', examples: ['cosine'] });
