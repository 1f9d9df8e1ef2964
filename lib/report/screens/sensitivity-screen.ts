import type {
  OptionSensitivity,
  ScenarioSensitivity,
  Sensitivity,
  SensitivityInput,
} from '#lib/decision/sensitivity';
import type { TornadoBar } from '#lib/decision/tornado';
import { column, details, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count, percent, signedUsd, usd } from '#lib/report/format';
import { figure } from '#lib/units/figure';

export interface SensitivityScreenOptions {
  readonly path: string;
  /** Whose tornado is drawn. @default - the recommended option of each scenario */
  readonly option?: string | undefined;
  /** Bars of a tornado. @default 12 */
  readonly bars?: number;
}

/** Columns of either half of a bar. */
const HALF = 11;
const BARS = 12;
/** Before an input at whose end other things would be bought. */
const OTHER_PLAN = '! ';
const NAME_COLUMNS = 33;
/** A bar that moves less than this share of the cost is not drawn. */
const LEAST_SHARE = 0.0005;

/** How sure a comparison is: the spread of every option, the tornado of one, what would turn the recommendation. */
export function sensitivityScreen(
  { environment, asOf, horizonMonths, draws, seed, scenarios }: Sensitivity,
  options: SensitivityScreenOptions,
): Screen {
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${environment} · ${horizonMonths} months · sensitivity`,
      details: [`as of ${asOf} · ${count(draws)} draws, seed ${seed}`],
    },
    ...scenarios.flatMap((scenario) => scenarioSections(scenario, options)),
    {
      kind: 'next',
      commands: [
        `landfall assumptions ${options.path}`,
        ...scenarios.slice(0, 1).flatMap(({ recommended, options: rows }) => {
          const rival = rows.find(({ id, atLeast }) => id !== recommended && !atLeast);
          return recommended === null || rival === undefined
            ? []
            : [`landfall breakeven ${options.path} ${recommended} ${rival.id}`];
        }),
      ],
    },
  ];
}

function scenarioSections(
  scenario: ScenarioSensitivity,
  { option, bars = BARS }: SensitivityScreenOptions,
): Screen {
  const chosen = scenario.options.find(({ id }) => id === (option ?? scenario.recommended));
  return [
    { kind: 'heading', level: 2, text: `${scenario.id} · ${scenario.title}`, details: [] },
    ...unlessEmpty({
      kind: 'table',
      columns: [
        column('', 'right'),
        column('option'),
        column('USD/month', 'right'),
        column('P10', 'right'),
        column('P50', 'right'),
        column('P90', 'right'),
        column('below', 'right'),
        column('cheapest', 'right'),
      ],
      rows: scenario.options
        .toSorted((a, b) => Number(a.atLeast) - Number(b.atLeast) || a.monthlyUsd - b.monthlyUsd)
        .map((row) => [
          row.id === scenario.recommended ? '*' : '',
          row.id,
          usd(row.monthlyUsd, row.atLeast),
          usd(row.p10Usd, row.atLeast),
          usd(row.p50Usd, row.atLeast),
          usd(row.p90Usd, row.atLeast),
          percent(row.belowBaseShare),
          row.cheapestShare === null ? ABSENT : percent(row.cheapestShare, 1),
        ]),
    }),
    ...(chosen === undefined ? [] : details(tornadoSections(chosen, scenario.inputs, bars))),
    ...unlessEmpty({ kind: 'lines', heading: 'What would turn it', lines: scenario.findings }),
    ...details(unlessEmpty({ kind: 'lines', heading: 'How', lines: scenario.notes })),
  ];
}

function tornadoSections(
  option: OptionSensitivity,
  inputs: readonly SensitivityInput[],
  most: number,
): Screen {
  const shown = option.tornado
    .filter(({ deltaUsd }, rank) => rank === 0 || deltaUsd >= LEAST_SHARE * option.monthlyUsd)
    .slice(0, most);
  const widest = Math.max(...shown.map(({ deltaUsd }) => deltaUsd));
  const rest = option.tornado.length - shown.length;
  const byId = new Map(inputs.map((input) => [input.id, input]));
  return [
    {
      kind: 'lines',
      heading: `What moves ${option.id}: ${usd(option.monthlyUsd, option.atLeast)} USD/month, one input at a time`,
      lines: [],
    },
    {
      kind: 'table',
      columns: [
        column('input'),
        column('low – high', 'right'),
        column('unit', 'left', 2),
        column('at low', 'right'),
        column('░ low   high █'),
        column('at high', 'right'),
      ],
      rows: shown.map((bar) => [
        `${bar.otherPlan ? OTHER_PLAN : ''}${nameOf(bar.input, byId.get(bar.input)?.kind)}`,
        `${figure(bar.band.low)} – ${figure(bar.band.high)}`,
        byId.get(bar.input)?.unit ?? '',
        changeOf(bar.atLowUsd, option.monthlyUsd),
        drawn(bar, option.monthlyUsd, widest),
        changeOf(bar.atHighUsd, option.monthlyUsd),
      ]),
    },
    ...unlessEmpty({
      kind: 'lines',
      lines: [
        ...(shown.some(({ otherPlan }) => otherPlan)
          ? ['! at an end other things would be bought; the bar is what they would cost']
          : []),
        ...(rest > 0
          ? [
              `and ${count(rest)} more, each within ±${usd(option.tornado[shown.length]?.deltaUsd ?? 0)} USD: --json`,
            ]
          : []),
      ],
    }),
  ];
}

/** A bill rounds its lines: less than a cent is no change. */
function changeOf(usdThere: number, baseUsd: number): string {
  const change = usdThere - baseUsd;
  return signedUsd(Math.abs(change) < 0.01 ? 0 : change);
}

/** A price by what is sold and its unit: its id is long, and stands in `landfall assumptions`. */
function nameOf(id: string, kind: SensitivityInput['kind'] | undefined): string {
  const [, , sku = id, , , unit = ''] = id.split('/');
  const name = kind === 'price' ? `${sku} per ${unit}` : id;
  if (name.length <= NAME_COLUMNS) return name;
  const tail = Math.floor((NAME_COLUMNS - 1) / 2);
  return `${name.slice(0, NAME_COLUMNS - 1 - tail)}…${name.slice(-tail)}`;
}

/** Both ends on one line around the base. Where both lie on one side, the longer shows beyond the shorter. */
function drawn({ atLowUsd, atHighUsd }: TornadoBar, baseUsd: number, widestUsd: number): string {
  const cells = Array.from({ length: 2 * HALF + 1 }, () => ' ');
  const place = (usdThere: number, sign: string) => {
    const length = Math.round(((usdThere - baseUsd) / widestUsd) * HALF);
    for (let cell = 1; cell <= Math.abs(length); cell += 1) cells[HALF + Math.sign(length) * cell] = sign;
  };
  const ends = [
    { usdThere: atLowUsd, sign: '░' },
    { usdThere: atHighUsd, sign: '█' },
  ].toSorted((a, b) => Math.abs(b.usdThere - baseUsd) - Math.abs(a.usdThere - baseUsd));
  for (const { usdThere, sign } of ends) place(usdThere, sign);
  cells[HALF] = '│';
  return cells.join('').trimEnd();
}
