import type { CatalogMatches, CatalogRow } from '#lib/catalog/query';
import { renderCsv } from '#lib/report/formats/csv';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count, counted } from '#lib/report/format';

export interface CatalogContext {
  readonly snapshot: string;
  readonly asOf: string;
}

/** What `landfall catalog` shows: one line per fact, by table. */
export function catalogScreen({ rows, total }: CatalogMatches, context: CatalogContext): Screen {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const stale = rows.filter(({ staleness }) => staleness?.state === 'stale').length;
  const found =
    rows.length === total ? counted(total, 'record') : `${count(rows.length)} of ${counted(total, 'record')}`;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `catalogue of ${context.snapshot} (bundled) · ${found}`,
      details: [
        `as of ${context.asOf}${stale === 0 ? '' : ` · ! marks ${counted(stale, 'price')} too old to trust`}`,
      ],
    },
    ...kinds.flatMap((kind): Screen => {
      const own = rows.filter((row) => row.kind === kind);
      return [
        { kind: 'heading', level: 2, text: kind, details: [] },
        ...unlessEmpty({ kind: 'table', columns: columnsOf(own), rows: own.map(cells) }),
      ];
    }),
    ...(rows.length === 0
      ? [
          {
            kind: 'next' as const,
            commands: ['landfall catalog --kind models', 'landfall catalog h100 --kind prices'],
          },
        ]
      : []),
  ];
}

export function catalogCsv({ rows }: CatalogMatches): string {
  return renderCsv(
    ['kind', 'id', 'title', 'facts', 'asOf', 'ageDays', 'staleness', 'sources'],
    rows.map((row) => [
      row.kind,
      row.id,
      row.title,
      row.facts,
      row.asOf,
      row.staleness?.ageDays ?? null,
      row.staleness?.state ?? null,
      row.sources.join('; '),
    ]),
  );
}

function columnsOf(rows: readonly CatalogRow[]) {
  const dated = rows.some(({ asOf }) => asOf !== null);
  return [
    column('id'),
    column('facts'),
    ...(dated ? [column('as of', 'left', 1)] : []),
    column('title', 'left', 3),
    column('sources', 'left', 2),
  ];
}

function cells({ id, facts, asOf, staleness, title, sources }: CatalogRow): string[] {
  const date = staleness === null ? [] : [`${asOf ?? ABSENT}${staleness.state === 'stale' ? ' !' : ''}`];
  return [id, facts, ...date, title, sources.join(', ')];
}
