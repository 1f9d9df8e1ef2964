import type { PriceAges } from '#lib/catalog/price-ages';
import type { ListedPrice, PriceDiff, PriceMove } from '#lib/catalog/price-moves';
import type { PriceResolution } from '#lib/catalog/resolve-price';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count, counted, percent, quantity } from '#lib/report/format';
import { significant } from '#lib/units/figure';

/** What `landfall catalog age` shows: how old the prices are, by how fast their kind changes. */
export function priceAgesScreen({ asOf, classes }: PriceAges): Screen {
  const sum = (key: 'prices' | 'warn' | 'stale') => classes.reduce((all, one) => all + one[key], 0);
  return [
    {
      kind: 'heading',
      level: 1,
      text: `ages of ${counted(sum('prices'), 'price')} · as of ${asOf}`,
      details: [`${count(sum('stale'))} too old to trust · ${count(sum('warn'))} worth another look`],
    },
    ...unlessEmpty({
      kind: 'table',
      columns: [
        column('class'),
        column('prices', 'right'),
        column('fresh', 'right'),
        column('to check', 'right'),
        column('stale', 'right'),
        column('oldest'),
        column('newest'),
        column('limits, days', 'right', 1),
      ],
      rows: classes.map((each) => [
        each.label,
        count(each.prices),
        count(each.fresh),
        count(each.warn),
        count(each.stale),
        each.oldest,
        each.newest,
        `${each.warnDays} / ${each.staleDays}`,
      ]),
    }),
    ...(sum('stale') + sum('warn') === 0
      ? []
      : [
          {
            kind: 'next' as const,
            commands: ['landfall catalog refresh', 'landfall catalog --older-than 90'],
          },
        ]),
  ];
}

/** Rows of each kind that a screen shows; the document has all. */
const SHOWN = 40;

/** What `landfall catalog diff` shows. */
export function priceDiffScreen({ from, to, added, removed, moved, unchanged }: PriceDiff): Screen {
  const isSame = added.length + removed.length + moved.length === 0;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `prices: ${from} → ${to}`,
      details: [
        isSame
          ? `no difference in ${counted(unchanged, 'price')}`
          : `${count(moved.length)} moved · ${count(added.length)} added · ${count(removed.length)} removed · ` +
            `${count(unchanged)} the same`,
      ],
    },
    ...movedSection(moved),
    ...listedSection('added', added),
    ...listedSection('removed', removed),
  ];
}

export function movedSection(moved: readonly PriceMove[]): Screen {
  return [
    ...unlessEmpty({
      kind: 'table',
      columns: [
        column('moved'),
        column('before, USD', 'right'),
        column('after, USD', 'right'),
        column('', 'right'),
      ],
      rows: moved
        .slice(0, SHOWN)
        .map(({ id, beforeUsd, afterUsd, change }) => [
          id,
          priceFigure(beforeUsd),
          priceFigure(afterUsd),
          change === null ? 'from 0' : signed(change),
        ]),
    }),
    ...more(moved.length),
  ];
}

export function listedSection(title: string, prices: readonly ListedPrice[]): Screen {
  return [
    ...unlessEmpty({
      kind: 'table',
      columns: [column(title), column('USD', 'right')],
      rows: prices.slice(0, SHOWN).map(({ id, usd }) => [id, priceFigure(usd)]),
    }),
    ...more(prices.length),
  ];
}

function more(length: number): Screen {
  return length > SHOWN ? [{ kind: 'lines', lines: [`and ${count(length - SHOWN)} more: --json`] }] : [];
}

function signed(change: number): string {
  return `${change < 0 ? '−' : '+'}${percent(Math.abs(change), 1)}`;
}

/** Unit prices span ten powers of ten: six of their digits, not a fixed number of decimals. */
function priceFigure(usd: number): string {
  return Math.abs(usd) >= 1000 ? quantity(usd) : significant(usd);
}

/** What `landfall catalog why` shows: every place that was asked for a price, and which answered. */
export function priceResolutionScreen(resolution: PriceResolution): Screen {
  const { id, usd, unit, basis, age, steps } = resolution;
  const figure =
    usd === null
      ? 'no price'
      : `${priceFigure(usd.base)} ${unit === 'ratio' ? 'of the price by the hour' : `USD per ${unit}`}` +
        (usd.low === usd.high ? '' : ` (${priceFigure(usd.low)} – ${priceFigure(usd.high)})`);
  const words = { fresh: 'fresh', warn: 'worth another look', stale: 'too old to trust' };
  return [
    {
      kind: 'heading',
      level: 1,
      text: id,
      details: [
        figure,
        ...(basis === null ? [] : [basis]),
        ...(age === null
          ? []
          : [`${counted(age.days, 'day')} old: ${words[age.state]} (limit ${age.limitDays} days)`]),
      ],
    },
    {
      kind: 'table',
      columns: [
        column(''),
        column('asked'),
        column(unit === 'ratio' ? 'share' : 'USD', 'right'),
        column('as of'),
        column('publisher'),
      ],
      rows: steps.map(({ layer, state, usd: amount, asOf, publisher }) => [
        state === 'answers' ? '*' : '',
        layer,
        amount === null ? ABSENT : priceFigure(amount),
        asOf ?? ABSENT,
        publisher ?? ABSENT,
      ]),
    },
    {
      kind: 'lines',
      heading: 'Why',
      lines: steps.flatMap(({ layer, state, why, document }) => [
        `${layer}: ${why}`,
        ...(state === 'answers' && document !== null
          ? [`${' '.repeat(layer.length)}  from ${document}`]
          : []),
      ]),
    },
  ];
}
