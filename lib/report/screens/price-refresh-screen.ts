import type { PriceRefresh, RefreshedPart } from '#lib/price-feeds/price-refresh';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count, counted } from '#lib/report/format';
import { listedSection, movedSection } from '#lib/report/screens/price-screens';

/** What `landfall catalog refresh` shows: every part, and what moved in those that were refused. */
export function priceRefreshScreen({ fetchedAt, cache, parts }: PriceRefresh): Screen {
  const shown = parts.filter(({ state }) => state !== 'absent');
  const absent = parts.length - shown.length;
  const refused = parts.filter(({ state }) => state === 'refused');
  const noted = shown.filter(({ notes }) => notes.length > 0);
  return [
    {
      kind: 'heading',
      level: 1,
      text: `prices refreshed into ${cache}`,
      details: [
        `${fetchedAt} · ${summary(shown)}${absent === 0 ? '' : ` · ${counted(absent, 'part')} not sold there`}`,
      ],
    },
    ...unlessEmpty({
      kind: 'table',
      columns: [
        column('part'),
        column('state'),
        column('prices', 'right'),
        column('added', 'right', 1),
        column('moved', 'right'),
        column('gone', 'right'),
        column('published', 'left', 2),
      ],
      rows: shown.map(({ feed, part, state, prices, added, moved, removed, publicationDate }) => [
        `${feed}/${part}`,
        state,
        count(prices),
        count(added),
        count(moved.length),
        count(removed.length),
        publicationDate?.slice(0, 10) ?? ABSENT,
      ]),
    }),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Notes',
      lines: noted.flatMap(({ feed, part, notes }) => notes.map((note) => `${feed}/${part}: ${note}`)),
    }),
    ...refused.flatMap(({ moved, removed }) => [...movedSection(moved), ...listedSection('gone', removed)]),
    {
      kind: 'next',
      commands:
        refused.length > 0
          ? ['landfall catalog refresh --accept-moves   # once you have looked']
          : ['landfall catalog diff bundled cache', 'landfall catalog age'],
    },
  ];
}

function summary(parts: readonly RefreshedPart[]): string {
  const states = ['written', 'confirmed', 'refused', 'failed'] as const;
  const found = states.flatMap((state) => {
    const number = parts.filter((part) => part.state === state).length;
    return number === 0 ? [] : [`${number} ${state}`];
  });
  return found.length === 0 ? 'nothing to refresh' : found.join(', ');
}
