import type { LaidOver } from '#lib/catalog/catalog';
import type { Comparison, OptionRow, ScenarioComparison } from '#lib/compare/comparison';
import { intangibleSections } from '#lib/report/screens/comparison-intangible';
import { isAtLeast } from '#lib/compare/at-least';
import { moneySections } from '#lib/report/screens/comparison-money';
import { otherwiseLines } from '#lib/report/screens/paid-otherwise';
import { retrievalSections } from '#lib/report/screens/comparison-retrieval';
import { column, unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { counted, count, days, milliseconds, percent, quantity, usd, usdBand } from '#lib/report/format';
import type { Scenario } from '#lib/spec/schema/scenario';

/** Orders in which rows may stand. Options that do not fit always come last. */
export const SORT_ORDERS = [
  'cost',
  'tangible',
  'ttft',
  'lead-time',
  'difficulty',
  'quality',
  'name',
] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

export interface ComparisonContext {
  /** How the user named the file, for the commands under `Next:`. */
  readonly path: string;
  /** The demand, to say what was compared. */
  readonly scenarios: Readonly<Record<string, Scenario>>;
  readonly sort: SortOrder;
  /** Only what decides: the ranks, the recommendation and what speaks against it. @default false */
  readonly quiet?: boolean;
}

type Shown = ComparisonContext & Pick<Comparison, 'horizonMonths'>;

/** What `landfall compare` shows: per scenario the demand, the options that fit, those that do not, and why. */
export function comparisonScreen(comparison: Comparison, context: ComparisonContext): Screen {
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${comparison.environment} · ${count(comparison.horizonMonths)} months`,
      details: [catalogLine(comparison)],
    },
    ...comparison.scenarios.flatMap((scenario) =>
      scenarioSections(scenario, { ...context, horizonMonths: comparison.horizonMonths }),
    ),
    ...portfolioSection(comparison),
    ...(context.quiet === true
      ? []
      : unlessEmpty({ kind: 'next', commands: nextCommands(comparison, context.path) })),
  ];
}

/** Orders that money decides: there a total that means "at least" proves no row cheap, and comes after the others. */
const BY_MONEY: readonly SortOrder[] = ['cost', 'tangible'];

/** Rows in the wished order, those that do not fit last. */
function sortedRows(options: readonly OptionRow[], sort: SortOrder): OptionRow[] {
  return options.toSorted(
    (a, b) =>
      Number(b.feasible) - Number(a.feasible) ||
      (BY_MONEY.includes(sort) ? Number(a.atLeast) - Number(b.atLeast) : 0) ||
      (sort === 'name' ? 0 : rankBy(sort, a) - rankBy(sort, b)) ||
      (a.id < b.id ? -1 : 1),
  );
}

function rankBy(sort: Exclude<SortOrder, 'name'>, row: OptionRow): number {
  const last = Number.MAX_VALUE;
  return {
    cost: row.monthlyUsd?.base ?? last,
    tangible: row.tangibleMonthlyUsd ?? last,
    ttft: row.ttftMs?.base ?? last,
    'lead-time': row.leadTimeDays?.base ?? last,
    difficulty: row.difficulty,
    quality: row.quality === null ? last : -row.quality.score,
  }[sort];
}

function catalogLine({ asOf, catalog }: Comparison): string {
  const prices =
    catalog.oldestPrice === null
      ? 'no prices used'
      : `prices of ${catalog.oldestPrice}${catalog.newestPrice === catalog.oldestPrice ? '' : ` to ${catalog.newestPrice}`}`;
  const shares = [
    catalog.derivedShare > 0 ? `${percent(catalog.derivedShare)} of the money by derived prices` : '',
    catalog.assumedShare > 0 ? `${percent(catalog.assumedShare)} by assumptions` : '',
  ].filter((part) => part !== '');
  const own = catalog.laidOver === undefined ? [] : [`over it ${laidOverText(catalog.laidOver)}`];
  return [`as of ${asOf}`, `catalogue of ${catalog.snapshot} (bundled)`, ...own, prices, ...shares].join(
    ' · ',
  );
}

function laidOverText({ models, calibration, prices }: LaidOver): string {
  return [
    ...models,
    ...(calibration === null ? [] : [`calibration ${calibration}`]),
    ...(prices === null ? [] : [prices === 'cache' ? 'refreshed prices' : `prices ${prices}`]),
  ].join(', ');
}

function scenarioSections(scenario: ScenarioComparison, context: Shown): Section[] {
  const rows = sortedRows(scenario.options, context.sort);
  const fits = rows.filter((row) => row.feasible);
  return [
    {
      kind: 'heading',
      level: 2,
      text: `${scenario.id} · ${scenario.title}`,
      details: demandLines(scenario, context.scenarios[scenario.id]),
    },
    ...unlessEmpty(optionTable(fits, scenario)),
    ...unlessEmpty({ kind: 'lines', heading: verdict(scenario), lines: scenario.why }),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Do not fit',
      lines: rows.filter((row) => !row.feasible).map((row) => `${row.id}: ${row.reasons.join('; ')}`),
    }),
    ...unlessEmpty({ kind: 'lines', heading: 'Paid otherwise', lines: otherwiseLines(scenario.otherwise) }),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Without a price, so "at least" (≥)',
      lines: unpricedLines(fits),
    }),
    ...(context.quiet === true ? [] : detailSections(scenario, fits, context.horizonMonths)),
  ];
}

function verdict({ recommended }: ScenarioComparison): string {
  return recommended === null ? 'Nothing to recommend' : `Recommended: ${recommended}`;
}

/** What the decision rests on, for whoever reads on. */
function detailSections(
  { cautions }: ScenarioComparison,
  fits: readonly OptionRow[],
  horizonMonths: number,
): Section[] {
  return [
    ...moneySections(fits, horizonMonths),
    ...intangibleSections(fits),
    ...retrievalSections(fits),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'To settle before signing',
      lines: cautions.map(({ options, text }) => `${options.join(', ')}: ${text}`),
    }),
  ];
}

function demandLines(comparison: ScenarioComparison, demand: Scenario | undefined): string[] {
  if (demand === undefined) return [`route ${comparison.route}`];
  const { traffic, objectives, quality } = demand;
  const rate = traffic.requestsPerSecond;
  return [
    [
      demand.models?.join(', ') ?? 'any model of the catalogue',
      ...(quality === undefined ? [] : [`${quality.metric} ≥ ${quantity(quality.floor)}`]),
      `route ${comparison.route}`,
    ].join(' · '),
    [
      `${quantity(rate.mean)} req/s mean, ${quantity(rate.peak)} peak`,
      `${count(traffic.inputTokens.mean)} tokens in, ${count(traffic.outputTokens.mean)} out`,
      ...latencyObjectives(objectives),
      `availability ≥ ${percent(objectives.availability, 3)}`,
    ].join(' · '),
  ];
}

function latencyObjectives({ ttftMs, tpotMs, percentile }: Scenario['objectives']): string[] {
  const asked = [
    ...(ttftMs === undefined ? [] : [`TTFT ≤ ${milliseconds(ttftMs)}`]),
    ...(tpotMs === undefined ? [] : [`TPOT ≤ ${milliseconds(tpotMs)}`]),
  ];
  return asked.length === 0 ? [] : [`${asked.join(', ')} at ${percentile}`];
}

const OPTION_COLUMNS = [
  column('#', 'right'),
  column('option'),
  column('model', 'left', 2),
  column('USD/month', 'right'),
  column('lead time', 'right'),
  column('USD/Mtok', 'right', 3),
  column('TTFT', 'right', 6),
  column('TPOT', 'right', 7),
  column('GPUs', 'right', 1),
  column('headroom', 'right', 8),
  column('one node down', 'right', 11),
  column('confidence', 'left', 9),
  column('format', 'left', 12),
  column('engine', 'left', 13),
  column('USD/month, low – high', 'right', 10),
  column('availability', 'right', 15),
  column('nodes', 'right', 16),
  column('store', 'left', 17),
] as const;

function optionTable(rows: readonly OptionRow[], scenario: ScenarioComparison) {
  const hasStore = rows.some((row) => row.store !== null);
  const columns = OPTION_COLUMNS.filter(({ title }) => hasStore || title !== 'store');
  return {
    kind: 'table' as const,
    columns,
    rows: rows.map((row, index) => optionCells(row, index + 1, scenario).slice(0, columns.length)),
  };
}

function optionCells(row: OptionRow, rank: number, scenario: ScenarioComparison): string[] {
  const mark = row.id === scenario.recommended ? '*' : '';
  return [
    `${mark}${rank}`,
    row.id,
    row.model ?? '–',
    usd(row.monthlyUsd?.base ?? null, isAtLeast(row)),
    days(row.leadTimeDays?.base ?? null),
    usd(row.usdPerMillionTokens?.base ?? null, isAtLeast(row)),
    milliseconds(row.ttftMs?.base ?? null),
    milliseconds(row.tpotMs?.base ?? null),
    row.gpu === null ? 'managed' : `${count(row.gpus)} × ${row.gpu}`,
    percent(row.headroom),
    percent(row.redundancy?.withoutOneNode ?? null),
    row.confidence ?? '–',
    row.precision ?? '–',
    row.engine ?? '–',
    row.monthlyUsd === null ? '–' : `${usd(row.monthlyUsd.low)} – ${usd(row.monthlyUsd.high)}`,
    percent(row.availability, 3),
    count(row.nodes),
    row.store ?? '–',
  ];
}

function unpricedLines(rows: readonly OptionRow[]): string[] {
  return rows.filter((row) => row.unpriced.length > 0).map((row) => `${row.id}: ${row.unpriced.join(', ')}`);
}

function portfolioSection({ portfolio, scenarios }: Comparison): Section[] {
  if (scenarios.length < 2) return [];
  const choices = Object.entries(portfolio.choice).map(([scenario, option]) => `${scenario} on ${option}`);
  if (choices.length === 0) return [];
  const missing = scenarios.filter(({ id, options }) => {
    const option = options.find((row) => row.id === portfolio.choice[id]);
    return option?.feasible !== true;
  });
  const sum =
    portfolio.monthlyUsd === null
      ? `no sum, as nothing chosen carries ${missing.map(({ id }) => id).join(', ')}`
      : `${usdBand(portfolio.monthlyUsd, portfolio.atLeast)} USD/month for ${counted(choices.length, 'scenario')}`;
  return [
    {
      kind: 'lines',
      heading: 'Portfolio',
      lines: [`${choices.join(', ')}: ${sum}`],
    },
  ];
}

function nextCommands({ scenarios }: Comparison, path: string): string[] {
  const scenario = scenarios.find(({ recommended }) => recommended !== null);
  if (scenario?.recommended === undefined || scenario.recommended === null) return [`landfall check ${path}`];
  const which = scenarios.length === 1 ? '' : ` --scenario ${scenario.id}`;
  return [
    `landfall estimate ${path} --option ${scenario.recommended}${which}`,
    `landfall explain ${path} ${scenario.recommended}.monthly${which}`,
    `landfall synth ${path} --option ${scenario.recommended}`,
  ];
}
