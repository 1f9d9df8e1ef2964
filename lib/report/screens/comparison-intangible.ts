import type { OptionRow } from '#lib/compare/comparison';
import { INTANGIBLES, type Intangible } from '#lib/cost/intangible-parts';
import { column, type Section } from '#lib/report/document-model';
import { ABSENT, usd } from '#lib/report/format';

const TITLES: Readonly<Record<Intangible, string>> = {
  run: 'run it',
  build: 'build it',
  delay: 'delay',
  downtime: 'downtime',
  leaving: 'leaving',
  generation: 'new GPUs',
  compliance: 'compliance',
  tax: 'tax',
};

/** Parts that only the environment can state, and where. */
const STATED: readonly { readonly part: Intangible; readonly words: string; readonly field: string }[] = [
  { part: 'delay', words: 'Delay and downtime cost', field: 'finance.benefitUsdPerMonth' },
  { part: 'compliance', words: 'Compliance costs', field: 'finance.compliance' },
];

/** What nobody sends a bill for, part by part, and what of the money idles or is paid for leaving. */
export function intangibleSections(rows: readonly OptionRow[]): Section[] {
  if (rows.length === 0) return [];
  const shown = INTANGIBLES.filter((part) => rows.some((row) => bandOf(row, part) !== null));
  const missing = STATED.filter(({ part }) => !shown.includes(part));
  return [
    {
      kind: 'lines',
      heading: 'Intangible, USD a month',
      lines: [
        'Idle and exit fees are part of the tangible cost, not added again.',
        ...missing.map(({ words, field }) => `${words} nothing here until ${field} states it.`),
      ],
    },
    {
      kind: 'table',
      columns: [
        column('option'),
        ...shown.map((part) => column(TITLES[part], 'right')),
        column('all', 'right'),
        column('low – high', 'right', 2),
        column('idle', 'right'),
        column('exit fees', 'right', 1),
      ],
      rows: rows.map((row) => [
        row.id,
        ...shown.map((part) => usd(bandOf(row, part)?.base ?? null)),
        usd(row.intangibleMonthlyUsd),
        rangeOf(row),
        usd(row.idleMonthlyUsd),
        usd(row.exitFeesMonthlyUsd?.base ?? null),
      ]),
    },
  ];
}

function bandOf({ intangibles }: OptionRow, part: Intangible) {
  return intangibles.find((one) => one.part === part)?.monthlyUsd ?? null;
}

function rangeOf({ intangibles }: OptionRow): string {
  if (intangibles.length === 0) return ABSENT;
  const at = (end: 'low' | 'high') => intangibles.reduce((sum, { monthlyUsd }) => sum + monthlyUsd[end], 0);
  return `${usd(at('low'))} – ${usd(at('high'))}`;
}
