import { column, details, unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { ABSENT, count, days, quantity, usd } from '#lib/report/format';
import type { Routes, RouteWay } from '#lib/routes/routes';
import type { Band } from '#lib/units/band';

const COLUMNS = [
  column('route'),
  column('way'),
  column('option', 'left', 2),
  column('model', 'left', 3),
  column('USD/month', 'right'),
  column('serving', 'right', 1),
  column('one-off USD', 'right'),
  column('launch', 'right'),
  column('people', 'right'),
  column('GPU hours', 'right', 4),
  column('difficulty', 'right', 5),
  column('customisable', 'left', 6),
  column('USD/month, low – high', 'right', 7),
  column('present value USD', 'right', 8),
];

/** What `landfall routes` shows: every way beside the others, what each adds, and whether the usual order holds. */
export function routesScreen(routes: Routes, path: string): Screen {
  const ways = routes.ways.filter(({ feasible }) => feasible);
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${routes.environment} · ${routes.scenario} · routes over ${count(routes.horizonMonths)} months`,
      details: [
        `as of ${routes.asOf} · USD/month is serving and all that the way adds · people: person-months to introduce it`,
      ],
    },
    ...unlessEmpty({ kind: 'table', columns: COLUMNS, rows: ways.map(cells) }),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Ways that are closed',
      lines: routes.ways
        .filter(({ feasible }) => !feasible)
        .map(({ title, reasons }) => `${title}: ${reasons.join('; ')}`),
    }),
    {
      kind: 'lines',
      heading: 'Order of cost',
      lines: [
        `dearest first: ${routes.order.found.join(' > ')}`,
        routes.order.why.length === 0
          ? `as usual: ${routes.order.expected.join(' > ')}`
          : `usually: ${routes.order.expected.join(' > ')}`,
        ...routes.order.why,
      ],
    },
    ...details(addedSections(ways)),
    {
      kind: 'next',
      commands: [
        `landfall compare ${path} --scenario ${routes.scenario}`,
        `landfall catalog routes --kind assumptions`,
      ],
    },
  ];
}

function cells(way: RouteWay): string[] {
  return [
    way.route,
    way.id,
    way.option ?? ABSENT,
    way.model ?? ABSENT,
    usd(way.monthlyUsd?.base ?? null, way.atLeast),
    usd(way.servingMonthlyUsd, way.atLeast),
    usd(way.oneOffUsd, way.atLeast),
    days(way.leadTimeDays?.base ?? null),
    way.personMonths === null ? ABSENT : quantity(way.personMonths.base),
    way.trainingGpuHours === null ? ABSENT : quantity(way.trainingGpuHours.base),
    count(way.difficulty),
    way.customisable,
    bandText(way.monthlyUsd),
    usd(way.presentValueUsd, way.atLeast),
  ];
}

function bandText(band: Band | null): string {
  return band === null ? ABSENT : `${usd(band.low)} – ${usd(band.high)}`;
}

const LINE_COLUMNS = [
  column('way'),
  column('adds'),
  column('USD/month', 'right'),
  column('one-off USD', 'right'),
  column('source', 'left', 2),
  column('basis', 'left', 1),
];

/** What every way adds to serving, in one table; beside it what was sized for it. */
function addedSections(ways: readonly RouteWay[]): Section[] {
  return [
    {
      kind: 'lines',
      heading: 'What each way adds to serving',
      lines: ways.flatMap(({ id, notes }) => notes.map((note) => `${id}: ${note}`)),
    },
    ...unlessEmpty({ kind: 'table', columns: LINE_COLUMNS, rows: ways.flatMap(addedRows) }),
  ];
}

function addedRows({ id, lines }: RouteWay): string[][] {
  return lines.map((line, index) => [
    index === 0 ? id : '',
    line.label,
    usd(line.monthlyUsd),
    line.oneOffUsd === null || line.oneOffUsd === 0 ? ABSENT : usd(line.oneOffUsd),
    line.source === null ? ABSENT : line.source.id,
    line.basis,
  ]);
}
