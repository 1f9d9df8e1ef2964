import type { OptionRow } from '#lib/compare/comparison';
import { column, type Section } from '#lib/report/document-model';
import { count, usd } from '#lib/report/format';

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
    usd(row.intangibleMonthlyUsd),
    usd(row.monthZeroCashUsd, row.atLeast),
    usd(row.peakCashUsd, row.atLeast),
    usd(row.presentValueUsd, row.atLeast),
    ...(hasBenefit ? [usd(row.netPresentValueUsd)] : []),
  ];
  const peak = hasBenefit
    ? 'Peak cash is the most that is out at any time, less the benefit received by then.'
    : 'Peak cash is the most that is out at any time, before anything comes back.';
  return [
    { kind: 'lines', heading: `Over ${count(horizonMonths)} months, USD`, lines: [peak] },
    {
      kind: 'table',
      columns: COLUMNS.filter(({ title }) => hasBenefit || title !== 'net present value'),
      rows: rows.map(cells),
    },
  ];
}
