import type { HeldEvaluation } from '#lib/evaluation/evaluate';
import type { ErrorFigures, EvaluatedRow, QuantityErrors, SkippedRow } from '#lib/evaluation/evaluation';
import { column, unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { ABSENT, count, counted, errorShare, milliseconds, percent, quantity } from '#lib/report/format';
import { choiceSections } from '#lib/report/screens/choice-sections';

export interface EvaluationContext {
  readonly file: string;
  /** Worst rows, and worst choices, to show. */
  readonly limit: number;
}

const QUANTITIES: readonly (readonly [keyof QuantityErrors, string])[] = [
  ['outputTokensPerSecondPerGpu', 'output tokens/s per GPU'],
  ['tpotMs', 'TPOT'],
  ['ttftMs', 'TTFT'],
];
/** Reasons shown; more of them are counted in one line. */
const REASONS = 12;
/** Reasons that are counted: a million rows may each have one of their own. */
const MOST_HELD = 10_000;

/** What `landfall sizing evaluate` shows: errors over all runs and by group, the worst runs, what was skipped. */
export function evaluationScreen(evaluation: HeldEvaluation, context: EvaluationContext): Screen {
  const { n, skipped, rows } = evaluation;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `sizing against ${context.file} · ${counted(n, 'run')} predicted, ${count(skipped.length)} skipped`,
      details: [
        'error: |predicted ÷ measured − 1| · bias: median of predicted ÷ measured, above 1 promises too much',
        ...seenLines(evaluation),
      ],
    },
    ...(n === 0 ? [] : overall(evaluation)),
    ...groupTable('by model', 'model', evaluation.byModel),
    ...groupTable('by GPU', 'GPU', evaluation.byGpu),
    ...groupTable('by precision', 'precision', evaluation.byPrecision),
    ...groupTable('by engine', 'engine', evaluation.byEngine),
    ...choiceSections(evaluation.acceleratorChoice, evaluation.acceleratorPrices, context.limit),
    ...worstRows(rows, context.limit),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'faster than memory allows',
      lines: fasterLines(evaluation.fasterThanMemory),
    }),
    ...unlessEmpty({ kind: 'lines', heading: 'skipped', lines: skippedLines(skipped) }),
  ];
}

function seenLines({ bySeen }: HeldEvaluation): readonly string[] {
  const [seen, unseen] = [
    bySeen.seen.outputTokensPerSecondPerGpu.n,
    bySeen.unseen.outputTokensPerSecondPerGpu.n,
  ];
  if (seen === 0) return [];
  const others = unseen === 0 ? 'none is a test of the sizing' : 'only the others test the sizing';
  return [
    `of ${counted(seen + unseen, 'serving run')} ${count(seen)} ${seen === 1 ? 'is' : 'are'} among those that the constants were fitted on; ${others}`,
  ];
}

/** How a figure is called on a screen. */
function titleOf(name: string): string {
  return QUANTITIES.find(([key]) => key === name)?.[1] ?? wordsOf(name);
}

/** `queriesPerSecond` as `queries per second`. */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function overall(evaluation: HeldEvaluation): Screen {
  return [
    {
      kind: 'table',
      columns: [
        column('all runs'),
        column('n', 'right'),
        column('median error', 'right'),
        column('90th percentile', 'right'),
        column('within 25 %', 'right'),
        column('bias', 'right'),
      ],
      rows: [
        ...QUANTITIES.map(([key, title]) => [title, ...figures(evaluation[key])]),
        ...apart(evaluation),
        ...Object.entries(evaluation.byQuantity).map(([name, errors]) => [wordsOf(name), ...figures(errors)]),
      ].filter(([, n]) => n !== '0'),
    },
  ];
}

/** The same of the runs that the fit had seen and of the others, where there are both. */
function apart({ bySeen }: HeldEvaluation): string[][] {
  const { seen, unseen } = bySeen;
  if (seen.outputTokensPerSecondPerGpu.n === 0 || unseen.outputTokensPerSecondPerGpu.n === 0) return [];
  return [
    ...QUANTITIES.map(([key, title]) => [`${title}, seen`, ...figures(seen[key])]),
    ...QUANTITIES.map(([key, title]) => [`${title}, unseen`, ...figures(unseen[key])]),
  ];
}

function figures({ n, medianApe, p90Ape, within25, bias }: ErrorFigures): string[] {
  return [count(n), errorShare(medianApe), errorShare(p90Ape), percent(within25), factor(bias)];
}

function groupTable(
  title: string,
  first: string,
  groups: Readonly<Record<string, QuantityErrors>>,
): readonly Section[] {
  const rows = Object.entries(groups).map(([name, group]) => [
    name,
    ...figures(group.outputTokensPerSecondPerGpu),
    errorShare(group.tpotMs.medianApe),
    errorShare(group.ttftMs.medianApe),
  ]);
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: `${title}, output tokens/s per GPU`, details: [] },
    {
      kind: 'table',
      columns: [
        column(first),
        column('n', 'right'),
        column('median', 'right'),
        column('90th', 'right'),
        column('within 25 %', 'right'),
        column('bias', 'right'),
        column('TPOT median', 'right', 1),
        column('TTFT median', 'right', 2),
      ],
      rows,
    },
  ];
}

function worstRows(rows: Iterable<EvaluatedRow>, limit: number): readonly Section[] {
  const worst = farthest(rows, limit).map((row) => [
    row.id,
    titleOf(row.quantity),
    quantity(row.measured),
    quantity(row.predicted),
    `${quantity(row.low)} – ${quantity(row.high)}`,
    factor(row.predicted / row.measured),
  ]);
  if (worst.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: 'farthest off', details: [] },
    {
      kind: 'table',
      columns: [
        column('run'),
        column('what', 'left', 1),
        column('measured', 'right'),
        column('predicted', 'right'),
        column('band', 'right'),
        column('ratio', 'right'),
      ],
      rows: worst,
    },
  ];
}

/** Of a million rows only those shown are held. */
function farthest(rows: Iterable<EvaluatedRow>, limit: number): readonly EvaluatedRow[] {
  let found: EvaluatedRow[] = [];
  const cut = () => {
    found = found.toSorted((a, b) => distance(b) - distance(a) || (a.id < b.id ? -1 : 1)).slice(0, limit);
  };
  for (const row of rows) {
    found.push(row);
    if (found.length >= 2 * limit + 1000) cut();
  }
  cut();
  return found;
}

/** Half is as far off as double. */
function distance({ measured, predicted }: EvaluatedRow): number {
  return Math.abs(Math.log(predicted / measured));
}

function fasterLines(faster: HeldEvaluation['fasterThanMemory']): readonly string[] {
  if (faster.length === 0) return [];
  const first: string[] = [];
  for (const { id, impliedTpotMs, leastTpotMs } of faster) {
    first.push(
      `${id}: a token in ${milliseconds(impliedTpotMs)}, reading the active weights once takes ${milliseconds(leastTpotMs)}`,
    );
    if (first.length === REASONS) break;
  }
  const more = faster.length - first.length;
  return [
    `${counted(faster.length, 'run')} that no engine reaches at one token a step: speculation or narrower weights that the row does not state, or a unit mistaken; a calibration should not have them`,
    ...first,
    ...(more === 0 ? [] : [`and ${count(more)} more: --json has every row`]),
  ];
}

function skippedLines(skipped: Iterable<SkippedRow>): readonly string[] {
  const groups = new Map<string, { n: number; readonly first: string }>();
  let untold = 0;
  for (const { id, reason } of skipped) {
    const group = groups.get(reason);
    if (group !== undefined) group.n += 1;
    else if (groups.size < MOST_HELD) groups.set(reason, { n: 1, first: id });
    else untold += 1;
  }
  const sorted = [...groups].toSorted(([a, x], [b, y]) => y.n - x.n || (a < b ? -1 : 1));
  const lines = sorted
    .slice(0, REASONS)
    .map(([reason, { n, first }]) =>
      n === 1 ? `1: ${reason} (${first})` : `${count(n)}: ${reason} (${first} and ${count(n - 1)} more)`,
    );
  const more = sorted.length - lines.length;
  if (more === 0) return lines;
  const beyond = untold === 0 ? '' : `, and ${counted(untold, 'row')} for still others`;
  return [...lines, `and ${counted(more, 'other reason')}${beyond}: --json has every row`];
}

function factor(value: number | null): string {
  return value === null ? ABSENT : value.toFixed(2);
}
