import type {
  BillChange,
  IncreaseVerdict,
  LineChange,
  LineSide,
  ResourceChange,
} from '#lib/diff/bill-change';
import { renderCsv } from '#lib/report/formats/csv';
import { column, unlessEmpty, type Screen, type Table } from '#lib/report/document-model';
import { ABSENT, count, counted, percent, quantity, signedUsd, usd } from '#lib/report/format';
import { significant } from '#lib/units/figure';

/** Resources that a screen or a comment shows; `--json` and `--csv` have all. */
const MOST_ROWS = 50;
/** Lines that one row tells apart, where there is room and where there is not. */
const MOST_REASONS = { wide: 3, narrow: 1 } as const;

/** What `landfall estimate --baseline` shows: the money first, then the resources that move it. */
export function billChangeScreen(change: BillChange, { wide }: { readonly wide: boolean }): Screen {
  const reasons = MOST_REASONS[wide ? 'wide' : 'narrow'];
  const counts = (['added', 'removed', 'changed'] as const).map(
    (kind) => `${count(change.resources.filter((resource) => resource.change === kind).length)} ${kind}`,
  );
  const moving = change.resources.filter(({ deltaUsd, isOpen }) => isOpen || deltaUsd !== 0);
  const free = change.resources.length - moving.length;
  const more = moving.length - MOST_ROWS;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${change.from} → ${change.to}`,
      details: [
        moneyWords(change),
        `resources: ${counts.join(' · ')} · ${count(change.unchanged)} unchanged`,
        ...becauseLines(change),
        ...increaseLines(change.increase),
      ],
    },
    ...unlessEmpty(resourceTable(moving.slice(0, MOST_ROWS), reasons)),
    ...unlessEmpty({
      kind: 'lines',
      lines: [
        ...(more > 0 ? [`and ${counted(more, 'resource')} more (--csv has every one)`] : []),
        ...(free > 0
          ? [`${counted(free, 'resource')} came, went or changed without a difference in cost`]
          : []),
        ...(change.isOpen
          ? ['≥ more comes on top: a line has no price, or depends on use that nobody stated (--usage)']
          : []),
      ],
    }),
  ];
}

function moneyWords({ beforeUsd, afterUsd, deltaUsd }: BillChange): string {
  const relative =
    beforeUsd === 0 || deltaUsd === 0
      ? ''
      : ` (${deltaUsd > 0 ? '+' : '−'}${percent(Math.abs(deltaUsd / beforeUsd))})`;
  return `${signedUsd(deltaUsd)} USD/month${relative} · ${usd(beforeUsd)} → ${usd(afterUsd)}`;
}

/** Only where prices moved: else all of it is what is bought, which the table shows. */
function becauseLines({ because: { quantityUsd, priceUsd }, asOf }: BillChange): string[] {
  if (priceUsd === 0) return [];
  return [
    `because: what is bought ${signedUsd(quantityUsd)} · prices of ${asOf.to} instead of ${asOf.from} ${signedUsd(priceUsd)}`,
  ];
}

function increaseLines(increase: IncreaseVerdict | undefined): string[] {
  return increase === undefined ? [] : [`limit: ${increaseWords(increase)}`];
}

/** The verdict in words, for screens and for builds. */
export function increaseWords({ mostUsd, overUsd, state }: IncreaseVerdict): string {
  const verdict = {
    within: 'within',
    'within-so-far': 'within so far: what has no amount comes on top',
    over: `over by ${usd(overUsd)}`,
  }[state];
  return `at most ${usd(mostUsd)} USD/month more: ${verdict}`;
}

const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

function resourceTable(resources: readonly ResourceChange[], most: number): Table {
  return {
    kind: 'table',
    columns: [
      column(''),
      column('resource'),
      column('USD/month before', 'right', 2),
      column('after', 'right', 2),
      column('difference', 'right'),
      column('what', 'left', 1),
    ],
    rows: resources.map(({ address, change, beforeUsd, afterUsd, deltaUsd, isOpen, lines }) => [
      SIGNS[change],
      address,
      usd(beforeUsd),
      usd(afterUsd),
      deltaUsd === null ? ABSENT : `${isOpen ? '≥ ' : ''}${signedUsd(deltaUsd)}`,
      reasons(lines, most),
    ]),
  };
}

function reasons(lines: readonly LineChange[], most: number): string {
  const ordered = lines.toSorted((a, b) => Math.abs(b.deltaUsd ?? 0) - Math.abs(a.deltaUsd ?? 0));
  const words = ordered.slice(0, most).map(reason);
  const rest = lines.length - words.length;
  return [...words, ...(rest > 0 ? [`and ${counted(rest, 'line')} more`] : [])].join('; ');
}

function reason({ label, unit, before, after }: LineChange): string {
  const side = after ?? before;
  if (side === null || (side.unitPriceUsd === null && side.quantity === 0)) return `${label}: no price`;
  if (side.monthlyUsd === null && side.quantity === 0) return `${label}: by use, ${unit} at ${price(side)}`;
  if (before === null || after === null) return `${label}: ${quantity(side.quantity)} ${unit}`;
  if (before.label !== after.label) return `${before.label} → ${after.label}`;
  const isByPrice = before.quantity === after.quantity;
  return isByPrice
    ? `${label}: ${price(before)} → ${price(after)} a unit`
    : `${label}: ${quantity(before.quantity)} → ${quantity(after.quantity)} ${unit}`;
}

/** By three significant digits: a GB-second costs millionths of a dollar. */
function price({ unitPriceUsd }: LineSide): string {
  if (unitPriceUsd === null) return 'no price';
  return `${unitPriceUsd >= 1 || unitPriceUsd === 0 ? quantity(unitPriceUsd) : significant(unitPriceUsd, 3)} USD`;
}

/** One row per line that changed, figures bare. */
export function billChangeCsv({ resources }: BillChange): string {
  return renderCsv(
    [
      'resource',
      'change',
      'key',
      'label',
      'unit',
      'quantityBefore',
      'quantityAfter',
      'unitPriceUsdBefore',
      'unitPriceUsdAfter',
      'monthlyUsdBefore',
      'monthlyUsdAfter',
      'deltaUsd',
    ],
    resources.flatMap(({ address, change, lines }) =>
      lines.map(({ key, label, unit, before, after, deltaUsd }) => [
        address,
        change,
        key,
        label,
        unit,
        before?.quantity ?? null,
        after?.quantity ?? null,
        before?.unitPriceUsd ?? null,
        after?.unitPriceUsd ?? null,
        before?.monthlyUsd ?? null,
        after?.monthlyUsd ?? null,
        deltaUsd,
      ]),
    ),
  );
}
