import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VectorSearchRow } from '#lib/retrieval/search-row';

const DATA = join(__dirname, '../../../lib/catalog/data');

/** The rows that the constants were fitted on. */
export function measuredRows(): readonly VectorSearchRow[] {
  return JSON.parse(readFileSync(join(DATA, 'vector-search-rows.json'), 'utf8')) as VectorSearchRow[];
}

/** The lines of the shipped constants, as text. */
export function shippedConstants(): readonly string[] {
  const text = readFileSync(join(DATA, 'retrieval-constants.json'), 'utf8');
  return text
    .split('\n')
    .slice(1, -2)
    .map((line) => line.replace(/,$/, ''));
}
