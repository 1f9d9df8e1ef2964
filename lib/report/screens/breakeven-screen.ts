import type { BreakEven } from '#lib/decision/break-even';
import { details, unlessEmpty, type Screen } from '#lib/report/document-model';
import { count, usd } from '#lib/report/format';
import { scatter } from '#lib/report/screens/scatter';
import { figure } from '#lib/units/figure';

const PLOT = { width: 98, height: 16 } as const;
/** Fleet steps that are listed for each option, those nearest the described volume. */
const STEPS_SHOWN = 3;

/** When and where two options cost the same, with the course of their cost. */
export function breakEvenScreen(document: BreakEven, path: string): Screen {
  const { environment, scenario, asOf, horizonMonths, options, points, fleetSteps } = document;
  const [a, b] = options;
  if (a === undefined || b === undefined) throw new Error('a break-even is of two options');
  const drawsCourse = points.some(({ over }) => over === 'month');
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${environment} · ${scenario} · ${a.id} and ${b.id}`,
      details: [
        `as of ${asOf} · ${horizonMonths} months · ${options.map(({ id, monthlyUsd, atLeast }) => `${id} ${usd(monthlyUsd, atLeast)} USD/month`).join(', ')}`,
      ],
    },
    ...points.map(({ over, says }) => ({ kind: 'lines', heading: TITLES[over], lines: says }) as const),
    ...details([
      ...unlessEmpty({ kind: 'lines', heading: 'Where the fleets change', lines: stepLines(fleetSteps) }),
      ...(drawsCourse ? ([{ kind: 'plot', lines: plotOf(document, a.id, b.id) }] as const) : []),
    ]),
    {
      kind: 'next',
      commands: [`landfall sensitivity ${path}`, `landfall estimate ${path} --option ${a.id}`],
    },
  ];
}

const TITLES = {
  month: 'Over time',
  volume: 'By volume, fleets planned anew',
  utilisation: 'By utilisation, fleet as planned',
  'gpu-price': 'By the price of GPUs, fleet as planned',
  'power-price': 'By the price of electricity, fleet as planned',
} as const;

function stepLines(steps: BreakEven['fleetSteps']): string[] {
  const ids = [...new Set(steps.map(({ option }) => option))];
  return ids.map((id) => {
    const own = steps.filter(({ option }) => option === id);
    const near = own
      .toSorted((x, y) => away(x) - away(y))
      .slice(0, STEPS_SHOWN)
      .toSorted((x, y) => x.fromMultiple - y.fromMultiple);
    const said = near.map(
      ({ fromMultiple, toMultiple, gpusBefore, gpusAfter }) =>
        `${count(gpusBefore)} to ${count(gpusAfter)} GPUs between ${figure(fromMultiple, 3)}× and ${figure(toMultiple, 3)}×`,
    );
    return `${id}: ${said.join('; ')}`;
  });
}

function away({ fromMultiple, toMultiple }: BreakEven['fleetSteps'][number]): number {
  return Math.abs(Math.log(Math.sqrt(fromMultiple * toMultiple)));
}

function plotOf({ course, options }: BreakEven, a: string, b: string): string[] {
  const marks = course.flatMap(({ month, aUsd, bUsd }) => [
    { x: month, y: Math.max(0, bUsd), sign: 'o' },
    { x: month, y: Math.max(0, aUsd), sign: '*' },
  ]);
  const least = options.some(({ atLeast }) => atLeast) ? ', at least' : '';
  return scatter(marks, {
    ...PLOT,
    xTitle: 'months',
    yTitle: `cumulative USD as paid${least}: * ${a}, o ${b}`,
  });
}
