import type { DiffDocument } from '#lib/diff/environment-diff';
import type { Change } from '#lib/diff/plan-diff';
import { column, unlessEmpty, type Lines, type Screen, type Table } from '#lib/report/document-model';
import { ABSENT, count, counted, milliseconds, percent, quantity, signedUsd, usd } from '#lib/report/format';

/** Lines of the bill and decisions that are listed; the rest is summed up. */
const SHOWN = 12;

/** In their order. */
const PART_NAMES = [
  'verdict',
  'dangers',
  'gates',
  'money',
  'lines',
  'capacity',
  'security',
  'resources',
  'prices',
  'decisions',
  'notKnown',
] as const;

/** A screen's parts, from the gravest to the finest; one that has nothing to say is empty. */
export type DiffParts = Readonly<Record<(typeof PART_NAMES)[number], Screen>>;

/** What `landfall diff` shows: the verdict, then from the gravest to the finest. */
export function diffScreen(diff: DiffDocument, options: { readonly wide: boolean }): Screen {
  const parts = diffParts(diff, options);
  return PART_NAMES.flatMap((name) => parts[name]);
}

export function diffParts(diff: DiffDocument, options: { readonly wide: boolean }): DiffParts {
  const limit = options.wide ? Infinity : SHOWN;
  return {
    verdict: [
      { kind: 'heading', level: 1, text: `${diff.from} → ${diff.to}`, details: [diff.verdict] },
      ...unlessEmpty(scenarioTable(diff)),
    ],
    dangers: [...unlessEmpty(options.wide ? dangerTable(diff) : dangerLines(diff))],
    gates: [...unlessEmpty(gateTable(diff))],
    money: moneySections(diff),
    lines: lineSections(diff, limit),
    capacity: [{ kind: 'lines', heading: 'Capacity', lines: capacityLines(diff) }],
    security: [...unlessEmpty(changeLines('Security', diff.security, Infinity))],
    resources: [...unlessEmpty(resourceLines(diff))],
    prices: [...unlessEmpty(changeLines('Unit prices', diff.assumptions, limit))],
    decisions: [...unlessEmpty(changeLines('Decisions', decisions(diff), limit))],
    notKnown: [...unlessEmpty({ kind: 'lines', heading: 'Not known', lines: notKnownLines(diff) })],
  };
}

const SIGNS = { added: '+', changed: '~', replaced: '±', removed: '−' } as const;

function resourceLines({ resources }: DiffDocument): Lines {
  const groups = Object.entries(SIGNS).map(([state, sign]) => {
    const found = resources.filter((resource) => resource.state === state);
    return { sign, addresses: found.map(({ address }) => address) };
  });
  return {
    kind: 'lines',
    heading: ['Resources', ...groups.map(({ sign, addresses }) => `${sign}${addresses.length}`)].join('  '),
    lines: groups.flatMap(({ sign, addresses }) =>
      addresses.length === 0 ? [] : [`${sign} ${addresses.join(', ')}`],
    ),
  };
}

function gateTable({ gates = [] }: DiffDocument): Table {
  return {
    kind: 'table',
    columns: [column('gate'), column('state'), column('why')],
    rows: gates.map(({ gate, state, message }) => [gate, state, message]),
  };
}

/** What a document that stands in for a side does not say. */
function notKnownLines({ notKnown = [] }: DiffDocument): string[] {
  if (notKnown.length === 0) return [];
  return [`${notKnown.join(', ')}: a side is a document that does not say; this is not "none"`];
}

function scenarioTable({ scenarios = [] }: DiffDocument): Table {
  return {
    kind: 'table',
    columns: [
      column('scenario'),
      column('state'),
      column('option'),
      column('USD/month before', 'right'),
      column('after', 'right'),
      column('verdict', 'left', 1),
    ],
    rows: scenarios.map(({ id, state, from, to, beforeMonthlyUsd, afterMonthlyUsd, verdict }) => [
      id,
      state,
      from === to ? (from ?? ABSENT) : `${from ?? ABSENT} → ${to ?? ABSENT}`,
      usd(beforeMonthlyUsd),
      usd(afterMonthlyUsd),
      verdict,
    ]),
  };
}

/** Each with the line that causes it, and all that is lost: a table of this width would cut both. */
function dangerLines({ dangers }: DiffDocument): Lines {
  const width = Math.max(...dangers.map((danger) => danger.class.length));
  return {
    kind: 'lines',
    heading: `Dangers  ${dangers.length}`,
    lines: dangers.flatMap(({ class: name, address, before, after, at }) => [
      `${name.padEnd(width)}  ${address}  ${at}`,
      `  ${before} → ${after}`,
    ]),
  };
}

function dangerTable({ dangers }: DiffDocument): Table {
  return {
    kind: 'table',
    columns: [column('danger'), column('what'), column('before'), column('after'), column('at', 'left', 2)],
    rows: dangers.map((danger) => [danger.class, danger.address, danger.before, danger.after, danger.at]),
  };
}

function moneySections({ cost }: DiffDocument): Screen {
  const { before, after, delta, because, oneOff, atLeast } = cost;
  const relative = before === 0 || delta === 0 ? '' : ` (${signedPercent(delta / before)})`;
  return [
    {
      kind: 'lines',
      heading: 'Cost',
      lines: [
        `${atLeast ? 'at least ' : ''}${signedUsd(delta)} USD/month${relative} · ${usd(before)} → ${usd(after)}`,
        ...(delta === 0 ? [] : [`because: ${becauseWords(because)}`]),
        ...(oneOff.delta === 0 || oneOff.delta === null
          ? []
          : [`one-off ${signedUsd(oneOff.delta)} USD · ${usd(oneOff.before)} → ${usd(oneOff.after)}`]),
      ],
    },
  ];
}

function lineSections({ cost: { lines } }: DiffDocument, limit: number): Screen {
  const rest = lines.slice(limit);
  const sum = rest.reduce((total, line) => total + (line.delta ?? 0), 0);
  const more = rest.length === 0 ? [] : [`and ${counted(rest.length, 'line')} more: ${signedUsd(sum)}`];
  return [
    ...unlessEmpty({
      kind: 'table',
      columns: [
        column('line'),
        column('USD/month before', 'right'),
        column('after', 'right'),
        column('difference', 'right'),
        column('state', 'left', 1),
      ],
      rows: lines
        .slice(0, limit)
        .map((line) => [line.key, usd(line.before), usd(line.after), difference(line.delta), line.state]),
    }),
    ...unlessEmpty({ kind: 'lines', lines: more.map((line) => `  ${line}`) }),
  ];
}

/** What cannot be told apart is named together. */
function becauseWords({ spec, catalog, engine, undivided }: DiffDocument['cost']['because']): string {
  const causes = [
    ['specification', spec],
    ['prices', catalog],
    ['program', engine],
  ] as const;
  const known = causes.flatMap(([name, usd]) => (usd === null ? [] : [`${name} ${signedUsd(usd)}`]));
  const open = causes.flatMap(([name, usd]) => (usd === null ? [name] : []));
  const rest = undivided === undefined ? [] : [`${open.join(' or ')} ${signedUsd(undivided)}`];
  return [...rest, ...known].join(' · ');
}

function difference(delta: number | null): string {
  return delta === null ? ABSENT : signedUsd(delta);
}

function capacityLines({ capacity }: DiffDocument): string[] {
  const { gpus, replicas, tokensPerSecond, ttftMs, tpotMs, headroom, availability } = capacity;
  const { withoutOneNode, coldStartSeconds } = capacity;
  const pair = (
    name: string,
    { before, after }: { readonly before: number | null; readonly after: number | null },
    show: (value: number | null) => string,
  ) => (before === null && after === null ? [] : [`${name} ${show(before)} → ${show(after)}`]);
  return [
    [
      ...pair('GPUs', gpus, count),
      ...pair('replicas', replicas, count),
      ...pair('tokens/s', tokensPerSecond, count),
      ...pair('TTFT', ttftMs, milliseconds),
      ...pair('TPOT', tpotMs, milliseconds),
    ].join(' · '),
    [
      ...pair('headroom', headroom, percent),
      ...pair('with a node down', withoutOneNode, percent),
      ...pair('availability', availability, (value) => percent(value, 3)),
      ...pair('cold start', coldStartSeconds, (value) => milliseconds(value === null ? null : value * 1000)),
    ].join(' · '),
  ].filter((line) => line !== '');
}

/** Decisions that no section above has shown; what only follows from them comes last. */
function decisions({ changes, security }: DiffDocument): readonly Change[] {
  const shown = new Set(security.map(({ path }) => path));
  const isFigure = ({ path }: Change) => Number(/^(purchases|sizing)\b/.test(path));
  return changes.filter(({ path }) => !shown.has(path)).toSorted((a, b) => isFigure(a) - isFigure(b));
}

function changeLines(heading: string, changes: readonly Change[], limit: number): Lines {
  const rest = changes.length - limit;
  return {
    kind: 'lines',
    heading: changes.length === 0 ? heading : `${heading}  ${changes.length}`,
    lines: [
      ...changes
        .slice(0, limit)
        .map(({ path, before, after }) => `${path}: ${inShort(before)} → ${inShort(after)}`),
      ...(rest > 0 ? [`and ${count(rest)} more: --wide`] : []),
    ],
  };
}

/** A value in one line: what is large is named by its size. */
function inShort(value: unknown): string {
  if (value === null || value === undefined) return ABSENT;
  if (typeof value === 'number') return Number.isInteger(value) ? count(value) : quantity(value);
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((entry) => typeof entry === 'string') && value.length <= 4) {
      return value.join(', ');
    }
    return value.length === 0 ? 'none' : `${value.length} entries`;
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  const name: unknown = 'id' in value ? value.id : 'key' in value ? value.key : undefined;
  return typeof name === 'string' ? name : `{ ${Object.keys(value).slice(0, 4).join(', ')}… }`;
}

function signedPercent(share: number): string {
  return `${share > 0 ? '+' : '−'}${percent(Math.abs(share))}`;
}
