import type { Bom, BomLine, BomPhase } from '#lib/facility/bom';
import { renderCsv } from '#lib/report/formats/csv';
import { column, unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
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
    ...phaseSections(bom),
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

/** More phases than this are a slope: the first and the last ones say it. */
const PHASES_SHOWN = 8;

/** What is bought when, in sums by group of parts; the whole parts list of each phase is in CSV and JSON. */
function phaseSections({ phases, horizonUsd, atLeast }: Bom): readonly Section[] {
  if (phases.length === 0) return [];
  const shown =
    phases.length <= PHASES_SHOWN
      ? phases
      : [...phases.slice(0, PHASES_SHOWN / 2), ...phases.slice(-PHASES_SHOWN / 2)];
  const left = phases.length - shown.length;
  const added = ({ lines: own }: BomPhase, counts: (line: BomLine) => boolean) => {
    const sum = own.filter(counts).reduce((units, line) => units + line.quantity, 0);
    return sum === 0 ? '–' : quantity(sum);
  };
  const isAtLeast = atLeast || phases.some((phase) => phase.atLeast);
  return [
    {
      kind: 'lines',
      heading: 'Phased purchase by growth',
      lines: [
        `${usdBand(horizonUsd, isAtLeast)} USD by month ${count(phases.at(-1)?.month ?? 1)}, at the prices of today`,
        'what each phase buys beyond the ones before; --format csv has every part of each',
        ...(left === 0 ? [] : [`${count(left)} phases between are left out`]),
      ],
    },
    {
      kind: 'table',
      columns: [
        column('month', 'right'),
        column('order in month', 'right'),
        column('servers', 'right'),
        column('added', 'right'),
        column('racks', 'right', 1),
        column('switches', 'right', 2),
        column('links', 'right', 2),
        column('circuits', 'right', 3),
        column('USD', 'right'),
      ],
      rows: shown.map((phase) => [
        count(phase.month),
        count(phase.orderMonth),
        count(phase.servers),
        added(
          phase,
          ({ key, unit }) => key.startsWith('servers.') && unit === 'unit' && key !== 'servers.cpu',
        ),
        added(phase, ({ key }) => key === 'racks.rack'),
        added(phase, (line) => isNetwork(line) && line.unit === 'unit'),
        added(phase, (line) => isNetwork(line) && line.unit === 'link'),
        added(phase, ({ key }) => key === 'power.circuits'),
        usd(phase.totalUsd.base, phase.atLeast),
      ]),
    },
  ];
}

function isNetwork({ key }: BomLine): boolean {
  return key.startsWith('network.');
}

/** One row a part, figures bare; the parts of later phases follow with the month that they are for. */
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
      'month',
    ],
    [{ month: 1, lines: bom.lines }, ...bom.phases.slice(1)]
      .flatMap(({ month, lines }) => lines.map((line) => ({ ...line, month })))
      .map((line) => [
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
        line.month,
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
