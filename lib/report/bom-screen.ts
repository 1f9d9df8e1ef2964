import type { Bom, BomLine } from '#lib/facility/bom';
import { renderCsv } from '#lib/report/csv';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { count, quantity, unitUsd, usd, usdBand } from '#lib/report/format';

/** What `landfall bom` shows: the parts, their sum, and what the bill takes for the same. */
export function bomScreen(bom: Bom, path: string): Screen {
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${bom.environment} · ${bom.scenario} on ${bom.option} (${bom.target}): bill of materials`,
      details: ['bought once, in USD'],
    },
    {
      kind: 'table',
      columns: [
        column('part'),
        column('quantity', 'right'),
        column('unit', 'left', 1),
        column('USD/unit', 'right', 2),
        column('USD', 'right'),
        column('state'),
        column('key', 'left', 4),
        column('basis', 'left', 5),
      ],
      rows: bom.lines.map((line) => [
        line.label,
        quantity(line.quantity),
        line.unit,
        unitUsd(line.unitPriceUsd?.base ?? null),
        usd(line.usd?.base ?? null),
        line.state,
        line.key,
        line.basis,
      ]),
    },
    { kind: 'lines', heading: 'Total', lines: [`${usdBand(bom.totalUsd, bom.atLeast)} USD`] },
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Without a price, so "at least" (≥)',
      lines: bom.unpriced.length === 0 ? [] : [bom.unpriced.join(', ')],
    }),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Counted beside the bill',
      lines: bom.beside.map(
        ({ what, countedUsd, atLeast, billedUsd, billedAs }) =>
          `${what}: ${usdBand(countedUsd, atLeast)} counted, ${usdBand(billedUsd)} billed (${billedAs})`,
      ),
    }),
    ...unlessEmpty({ kind: 'lines', heading: 'Sources', lines: sources(bom.lines) }),
    ...unlessEmpty({ kind: 'lines', heading: 'Notes', lines: bom.notes }),
    {
      kind: 'next',
      commands: [
        `landfall bom ${path} --option ${bom.option} --scenario ${bom.scenario} --format csv`,
        `landfall facility ${path} --option ${bom.option} --scenario ${bom.scenario}`,
      ],
    },
  ];
}

/** One row a part, figures bare. */
export function bomCsv(bom: Bom): string {
  return renderCsv(
    [
      'key',
      'label',
      'group',
      'quantity',
      'unit',
      'unitPriceUsdLow',
      'unitPriceUsdBase',
      'unitPriceUsdHigh',
      'usdLow',
      'usdBase',
      'usdHigh',
      'state',
      'source',
      'asOf',
      'basis',
    ],
    bom.lines.map((line) => [
      line.key,
      line.label,
      line.group,
      line.quantity,
      line.unit,
      line.unitPriceUsd?.low ?? null,
      line.unitPriceUsd?.base ?? null,
      line.unitPriceUsd?.high ?? null,
      line.usd?.low ?? null,
      line.usd?.base ?? null,
      line.usd?.high ?? null,
      line.state,
      line.source?.id ?? null,
      line.source?.asOf ?? null,
      line.basis,
    ]),
  );
}

function sources(lines: readonly BomLine[]): string[] {
  const uses = new Map<string, number>();
  for (const { source } of lines) {
    if (source === null) continue;
    const text = `${source.publisher}, ${source.asOf}, ${source.method}`;
    uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  return [...uses].map(([text, lineCount]) => `${text}: ${count(lineCount)} lines`).toSorted();
}
