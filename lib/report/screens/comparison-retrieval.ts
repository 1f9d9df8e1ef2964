import type { OptionRow, RetrievalRow } from '#lib/compare/comparison';
import { column, type Section } from '#lib/report/document-model';
import { milliseconds, quantity } from '#lib/report/format';
import type { Band } from '#lib/units/band';

/** The models around the vector store of each option, and what a search waits for; nothing where nothing is retrieved. */
export function retrievalSections(rows: readonly OptionRow[]): Section[] {
  const found = rows.flatMap(({ id, retrieval }) => (retrieval === undefined ? [] : [{ id, retrieval }]));
  const ranks = found.some(({ retrieval }) => retrieval.reranker !== null);
  if (found.length === 0) return [];
  return [
    {
      kind: 'lines',
      heading: 'Retrieval, until the first token',
      lines: ['Search: 99th percentile. ≥: a part is not published. Corpus: hours to embed all of it.'],
    },
    {
      kind: 'table',
      columns: [
        column('option'),
        column('embedding'),
        ...(ranks ? [column('reranker')] : []),
        column('vector', 'right'),
        column('search', 'right'),
        ...(ranks ? [column('ranking', 'right')] : []),
        column('first token', 'right'),
        column('in all', 'right'),
        column('corpus', 'right', 1),
      ],
      rows: found.map(({ id, retrieval }) => {
        const { latency, corpusHours } = retrieval;
        return [
          id,
          named(retrieval.embedding, 'elsewhere'),
          ...(ranks ? [named(retrieval.reranker, '–')] : []),
          time(latency.embeddingMs),
          time(latency.searchMs),
          ...(ranks ? [time(latency.rerankingMs ?? null)] : []),
          time(latency.firstTokenMs),
          total(latency),
          corpusHours === null ? '–' : `${quantity(corpusHours.base)} h`,
        ];
      }),
    },
  ];
}

function named(reader: RetrievalRow['embedding'], without: string): string {
  return reader === null ? without : `${reader.model}, ${reader.runsOn}`;
}

function time(band: Band | null): string {
  return band === null ? '–' : milliseconds(band.base);
}

/** `≥` where a part is not published. */
function total({ knownMs, ...parts }: RetrievalRow['latency']): string {
  const isWhole = Object.values(parts).every((part) => part !== null);
  return `${isWhole ? '' : '≥ '}${milliseconds(knownMs.base)}`;
}
