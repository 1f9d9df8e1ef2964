import { isAtLeast } from '#lib/compare/at-least';
import type { OptionRow } from '#lib/compare/comparison';
import { column, type Section } from '#lib/report/document-model';
import { count, days, usd } from '#lib/report/format';

const COLUMNS = [
  column('option'),
  column('tangible/month', 'right', 1),
  column('intangible/month', 'right', 2),
  column('month 0', 'right'),
  column('peak cash', 'right'),
  column('present value', 'right'),
  column('net present value', 'right'),
] as const;

/** What an option takes over the horizon: money and people apart, and when it is due. */
export function moneySections(rows: readonly OptionRow[], horizonMonths: number): Section[] {
  if (rows.length === 0) return [];
  const hasBenefit = rows.some((row) => row.netPresentValueUsd !== null);
  const cells = (row: OptionRow) => [
    row.id,
    usd(row.tangibleMonthlyUsd, row.atLeast),
    usd(row.intangibleMonthlyUsd, row.waitAtLeast),
    usd(row.monthZeroCashUsd, isAtLeast(row)),
    usd(row.peakCashUsd, isAtLeast(row)),
    usd(row.presentValueUsd, isAtLeast(row)),
    ...(hasBenefit ? [usd(row.netPresentValueUsd)] : []),
  ];
  const peak = hasBenefit
    ? 'Peak cash is the most that is out at any time, less the benefit received by then.'
    : 'Peak cash is the most that is out at any time, before anything comes back.';
  return [
    {
      kind: 'lines',
      heading: `Over ${count(horizonMonths)} months, USD`,
      lines: [peak, ...rows.flatMap(aheadLine)],
    },
    {
      kind: 'table',
      columns: COLUMNS.filter(({ title }) => hasBenefit || title !== 'net present value'),
      rows: rows.map(cells),
    },
  ];
}

/** Month 0 is the launch: what is out before it counts there, and costs interest until then. */
function aheadLine({ id, beforeLaunch }: OptionRow): string[] {
  if (beforeLaunch.length === 0) return [];
  const parts = beforeLaunch.map((paid) => `${usd(paid.usd)} USD ${days(paid.days)} before the launch`);
  return [`Of month 0 ${id} pays ${parts.join(' and ')}.`];
}
