import type { SourceReference } from '#lib/catalog/provenance';
import { CATEGORIES } from '#lib/catalog/purchase';
import type { Estimate, LineItem, Reconciliation } from '#lib/cost/estimate';
import type { PriceQuality } from '#lib/cost/price-quality';
import { allocationSections } from '#lib/report/screens/allocation-screen';
import { budgetSections } from '#lib/report/screens/budget-section';
import { renderCsv } from '#lib/report/formats/csv';
import { column, unlessEmpty, type Screen, type Table } from '#lib/report/document-model';
import { fleetGrowth } from '#lib/report/screens/fleet-growth';
import { fleetHours } from '#lib/report/screens/fleet-hours';
import { ABSENT, count, counted, days, percent, quantity, unitUsd, usd, usdBand } from '#lib/report/format';
import { largestLines } from '#lib/report/screens/largest-lines';
import { unpricedLines } from '#lib/report/screens/unpriced-lines';

const LINE_COLUMNS = [
  column('line'),
  column('category', 'left', 1),
  column('quantity', 'right', 3),
  column('unit', 'left', 2),
  column('USD/unit', 'right', 4),
  column('USD/month', 'right'),
  column('one-off USD', 'right', 5),
  column('source', 'left', 6),
  column('key', 'left', 7),
  column('basis', 'left', 8),
];

const KEY = LINE_COLUMNS.findIndex(({ title }) => title === 'key');
const KEYED_COLUMNS = keyed(LINE_COLUMNS).map((each) =>
  each.title === 'key' ? { ...each, priority: 0 } : each,
);

/** What `landfall estimate` shows: the bill by category, money and people apart, and where each price comes from. */
export function estimateScreen(estimate: Estimate, path: string): Screen {
  const { totals, cash, atLeast, waitAtLeast = false } = estimate;
  const isLeast = atLeast || waitAtLeast;
  const tangible = shownLines(estimate.lines.filter((line) => line.tangible));
  const rows = tangible.length <= MOST_ROWS ? tangible : largestLines(tangible, MOST_ROWS);
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${estimate.environment} · ${estimate.scenario} on ${estimate.option} (${estimate.target})`,
      details: [
        `as of ${estimate.asOf} · ${count(estimate.horizonMonths)} months · monthly equivalents in USD`,
      ],
    },
    { kind: 'lines', heading: 'Tangible', lines: [`${usd(totals.tangibleMonthlyUsd, atLeast)} USD/month`] },
    ...unlessEmpty(lineTable(rows)),
    ...restLines(tangible, rows),
    ...freeLines(estimate.lines),
    {
      kind: 'lines',
      heading: 'Intangible',
      lines: [`${usd(totals.intangibleMonthlyUsd, waitAtLeast)} USD/month`, ...idleLines(estimate)],
    },
    ...unlessEmpty(lineTable(estimate.lines.filter(({ tangible }) => !tangible))),
    ...fleetHours(estimate),
    ...fleetGrowth(estimate),
    {
      kind: 'lines',
      heading: 'Total',
      lines: [
        `${usdBand(totals.monthlyUsd, isLeast)} USD/month`,
        `${usd(totals.oneOffUsd, isLeast)} USD one-off · ${usd(totals.presentValueUsd, isLeast)} USD present value`,
        `cash: ${usd(cash.monthZeroUsd, isLeast)} USD in month 0 · ${usd(cash.peakUsd, isLeast)} USD at the peak`,
        ...cash.beforeLaunch.map(
          (paid) => `of month 0: ${usd(paid.usd)} USD are paid ${days(paid.days)} before the launch`,
        ),
        ...(totals.netPresentValueUsd === null
          ? []
          : [`${usd(totals.netPresentValueUsd)} USD net present value of the stated benefit`]),
      ],
    },
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Without a price, so "at least" (≥)',
      lines: unpricedLines(estimate.lines),
    }),
    ...budgetSections(estimate.budget),
    ...allocationSections(estimate.allocation),
    ...reconciliationSections(estimate.reconciliation),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Sources',
      lines: [...qualityLines(estimate.prices), ...sourceLines(estimate.lines)],
    }),
    ...unlessEmpty({ kind: 'lines', heading: 'Notes', lines: estimate.notes }),
    ...unlessEmpty({ kind: 'next', commands: nextCommands(estimate, path) }),
  ];
}

/** How far the money can be trusted, before where it comes from. */
function qualityLines({ oldestPrice, newestPrice, derivedShare, assumedShare }: PriceQuality): string[] {
  if (oldestPrice === null || newestPrice === null) return [];
  return [
    `prices from ${oldestPrice} to ${newestPrice} · ${percent(derivedShare)} of the money by derived prices, ${percent(assumedShare)} by assumptions`,
  ];
}

/** Underuse is inside the tangible total: shown where people look for what is forgotten, and not added. */
function idleLines({ underuse }: Estimate): string[] {
  if (underuse === null) return [];
  return [
    `${percent(underuse.idleShare)} of the fleet idles: ${usd(underuse.monthlyUsd)} USD/month of the tangible cost, not added again`,
  ];
}

/** A bill of artifacts holds more resources without a charge than with one: those are counted. */
const MANY_FREE = 6;
/** Lines that a screen shows; an app of ten thousand resources has more than anybody reads. */
const MOST_ROWS = 200;

function restLines(lines: readonly LineItem[], rows: readonly LineItem[]): Screen {
  if (lines.length <= rows.length) return [];
  const shown = new Set(rows);
  const rest = lines.filter((line) => !shown.has(line));
  const together = rest.reduce((sum, { monthlyUsd }) => sum + (monthlyUsd ?? 0), 0);
  const words = `and ${counted(rest.length, 'line')} more, ${usd(together)} USD/month together (--csv has every one)`;
  return [{ kind: 'lines', lines: [words] }];
}

function shownLines(lines: readonly LineItem[]): readonly LineItem[] {
  return isCrowded(lines) ? lines.filter(({ state }) => state !== 'free') : lines;
}

function freeLines(lines: readonly LineItem[]): Screen {
  if (!isCrowded(lines)) return [];
  const reasons = new Map<string, number>();
  for (const { basis } of lines.filter(({ state }) => state === 'free')) {
    reasons.set(basis, (reasons.get(basis) ?? 0) + 1);
  }
  return [
    {
      kind: 'lines',
      heading: 'Without a charge (--csv has every one)',
      lines: [...reasons].map(([why, number]) => `${count(number)} × ${why}`),
    },
  ];
}

function isCrowded(lines: readonly LineItem[]): boolean {
  let free = 0;
  return lines.some(({ state }) => state === 'free' && (free += 1) > MANY_FREE);
}

/** The two books beside each other: what both know, and every difference with its cause. */
function reconciliationSections(reconciliation: Reconciliation | null): Screen {
  if (reconciliation === null) return [];
  const { planMonthlyUsd, artifactMonthlyUsd, differences, unaccountedResources } = reconciliation;
  return [
    {
      kind: 'lines',
      heading: 'Two books: of what both know, USD/month',
      lines: [
        `plan ${usd(planMonthlyUsd)}, artifacts ${usd(artifactMonthlyUsd)} · ${counted(differences.length, 'difference')} · ${counted(unaccountedResources.length, 'resource')} unaccounted for`,
        ...differences.map(
          ({ key, plan, artifact, why }) => `${key}: plan ${usd(plan)}, artifacts ${usd(artifact)}: ${why}`,
        ),
        ...unaccountedResources.map((address) => `unaccounted: ${address}`),
      ],
    },
  ];
}

/** One row per line, figures bare. */
export function estimateCsv(estimate: Estimate): string {
  return renderCsv(
    [
      'key',
      'label',
      'category',
      'tangible',
      'quantity',
      'unit',
      'unitPriceUsd',
      'monthlyUsd',
      'oneOffUsd',
      'presentValueUsd',
      'state',
      'source',
      'asOf',
      'derived',
      'assumed',
      'basis',
      'method',
      'layer',
    ],
    estimate.lines.map((line) => [
      line.key,
      line.label,
      line.category,
      line.tangible,
      line.quantity,
      line.unit,
      line.unitPriceUsd,
      line.monthlyUsd,
      line.oneOffUsd,
      line.presentValueUsd,
      line.state,
      line.source?.id ?? null,
      line.source?.asOf ?? null,
      line.derived,
      line.assumed,
      line.basis,
      line.source?.method ?? null,
      line.source?.layer ?? null,
    ]),
  );
}

function lineTable(lines: readonly LineItem[]): Table {
  const ordered = lines.toSorted(
    (a, b) =>
      CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category) ||
      (b.monthlyUsd ?? 0) - (a.monthlyUsd ?? 0),
  );
  const isAmbiguous = new Set(lines.map(({ label }) => label)).size < lines.length;
  return {
    kind: 'table',
    columns: isAmbiguous ? KEYED_COLUMNS : LINE_COLUMNS,
    rows: ordered.map((line) => (isAmbiguous ? keyed(lineCells(line)) : lineCells(line))),
  };
}

/** Lines that share a label are told apart by their key, which then leads. */
function keyed<Cell>(cells: readonly Cell[]): Cell[] {
  return [...cells.slice(KEY, KEY + 1), ...cells.toSpliced(KEY, 1)];
}

function lineCells(line: LineItem): string[] {
  return [
    line.label,
    line.category,
    quantity(line.quantity),
    line.unit,
    unitUsd(line.unitPriceUsd),
    line.state === 'priced' || line.state === 'usage' ? usd(line.monthlyUsd) : line.state,
    line.oneOffUsd === null || line.oneOffUsd === 0 ? ABSENT : usd(line.oneOffUsd),
    line.source === null ? ABSENT : `${line.source.id} (${line.source.asOf})`,
    line.key,
    line.basis,
  ];
}

/** Each source once, with its date and how many lines rest on it. */
function sourceLines(lines: readonly LineItem[]): string[] {
  // Lines of one price share its source, which then is spelled once for all of them.
  const bySource = new Map<SourceReference, Map<string, number>>();
  for (const { source, derived, assumed } of lines) {
    if (source === null) continue;
    const kind = assumed ? ', assumption' : derived ? ', derived' : '';
    const byKind = bySource.get(source) ?? new Map<string, number>();
    bySource.set(source, byKind.set(kind, (byKind.get(kind) ?? 0) + 1));
  }
  const uses = new Map<string, number>();
  for (const [{ publisher, asOf, method }, byKind] of bySource) {
    for (const [kind, number] of byKind) {
      const text = `${publisher}, ${asOf}, ${method}${method === 'derived' ? '' : kind}`;
      uses.set(text, (uses.get(text) ?? 0) + number);
    }
  }
  return [...uses].map(([text, number]) => `${text}: ${counted(number, 'line')}`).toSorted();
}

/** Numbers of the plan's bill can be explained; those of the second book and of other people's apps explain themselves. */
function nextCommands({ lines, option, scenario, target, reconciliation }: Estimate, path: string): string[] {
  if (scenario === 'app' && target === option) return [];
  if (reconciliation !== null) return [`landfall estimate ${path} --option ${option}`];
  const largest = lines.toSorted((a, b) => (b.monthlyUsd ?? 0) - (a.monthlyUsd ?? 0))[0];
  const explain = (key: string) => `landfall explain ${path} ${option}.${key} --scenario ${scenario}`;
  return [
    explain('monthly'),
    ...(largest === undefined ? [] : [explain(`lines.${largest.key}`)]),
    `landfall synth ${path} --option ${option}`,
  ];
}
