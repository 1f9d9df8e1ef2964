import type { Source } from '#lib/catalog/provenance';
import type { BoughtOtherwise } from '#lib/compare/bought-otherwise';
import type { WeighedNodes } from '#lib/compare/weighed-nodes';
import type { Explanation } from '#lib/cost/explain/explain';
import { column, unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { percent, quantity, usd } from '#lib/report/format';
import { hourBars } from '#lib/report/screens/hour-bars';
import { otherwiseLines } from '#lib/report/screens/paid-otherwise';
import type { StepInput } from '#lib/units/derivation';
import { significant } from '#lib/units/figure';

export interface ExplainContext {
  readonly path: string;
  /** Needed in further commands where the environment has several. */
  readonly scenario: string | undefined;
  readonly sources: ReadonlyMap<string, Source>;
  /** Whether a model server runs on its nodes, whose frontier can be shown. @default false */
  readonly hasServer?: boolean;
  /** With the whole bill: what another way to pay for the fleet would save. @default - nothing is known of it */
  readonly otherwise?: readonly BoughtOtherwise[];
  /** With the whole bill: by what the nodes were chosen. @default - the provider runs the model, or it is not asked */
  readonly nodes?: WeighedNodes | null;
  /** With the whole bill: what its plan leaves open, leaves out or binds to. @default - nothing */
  readonly notes?: readonly string[];
}

/** What `landfall explain` shows: the number, the formula, what went into it, and where each input comes from. */
export function explainScreen(asked: Explanation, context: ExplainContext): Screen {
  const explanation = directly(asked);
  const { label, path, formula } = explanation;
  const isSum = addsUp(explanation);
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${path} = ${amount(explanation)}`,
      details: [label, `= ${formula}`, ...inputLines(explanation.inputs, ''), ...sourceOf(explanation)],
    },
    ...unlessEmpty({ kind: 'lines', lines: barsOf(explanation) }),
    ...(isSum ? [partsTable(explanation)] : unlessEmpty(treeLines(explanation.children))),
    ...unlessEmpty({ kind: 'lines', heading: 'Nodes', lines: weighedLines(context.nodes ?? null) }),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Paid otherwise',
      lines: otherwiseLines(context.otherwise ?? []),
    }),
    ...unlessEmpty({ kind: 'lines', heading: 'Notes', lines: context.notes ?? [] }),
    ...sourceSections(explanation, context.sources),
    ...unlessEmpty({ kind: 'next', commands: nextCommands(explanation, context) }),
  ];
}

/** By what the nodes were chosen, and the runner-up. */
function weighedLines(nodes: WeighedNodes | null): string[] {
  if (nodes === null) return [];
  const { next, weighedUsd } = nodes;
  const chosen =
    weighedUsd === null
      ? `${nodes.nodes}, chosen by GPUs: no node has a price`
      : `${nodes.nodes}, chosen by the whole bill over the horizon: ${usd(weighedUsd)} USD a month`;
  if (next === null) return [`${chosen}; no other node that is offered carries it`];
  const more = next.moreUsd === null ? 'without a price' : `${usd(next.moreUsd)} USD a month more`;
  return [`${chosen}; the next:`, `${next.nodes} with ${next.model} in ${next.precision}, ${more}`];
}

function barsOf({ byHour }: Explanation): string[] {
  if (byHour === undefined) return [];
  return hourBars([
    { title: 'replicas, working day', values: byHour.workingDay },
    { title: 'weekend day', values: byHour.weekendDay },
  ]);
}

/** True where the children are amounts in the same unit that make the whole; one without a price does not count. */
function addsUp({ children, value, unit }: Explanation): boolean {
  if (value === null || children.length === 0) return false;
  if (children.some((child) => child.children.length > 0 || child.unit !== unit)) return false;
  const sum = children.reduce((total, child) => total + (child.value ?? 0), 0);
  return Math.abs(sum - value) <= 0.001 * Math.abs(value);
}

function partsTable(explanation: Explanation): Section {
  return {
    kind: 'table',
    columns: [
      column(explanation.unit, 'right'),
      column('share', 'right', 4),
      column('part'),
      column('arithmetic', 'left', 1),
      column('source', 'left', 2),
      column('path', 'left', 3),
      column('basis', 'left', 5),
    ],
    rows: explanation.children.map((child) => [
      child.value === null ? 'unpriced' : usd(child.value),
      child.value === null || explanation.value === null ? '' : percent(child.value / explanation.value),
      child.label,
      child.inputs.map(({ value, unit }) => `${figure(value)} ${unit.replace(/ per .*$/, '')}`).join(' × '),
      child.source?.id ?? '',
      child.path.slice(child.path.indexOf('.') + 1),
      child.formula,
    ]),
  };
}

function treeLines(children: readonly Explanation[]): Section & { kind: 'lines' } {
  return { kind: 'lines', lines: rootsOf(children).flatMap((child) => nodeLines(child, '')) };
}

/** A figure that one step gives is explained by that step. */
function directly(asked: Explanation): Explanation {
  const [root, ...others] = rootsOf(asked.children);
  if (root === undefined || others.length > 0 || root.value !== asked.value) return asked;
  return { ...root, path: asked.path, label: asked.label };
}

/** Without those that stand again under another. */
function rootsOf(children: readonly Explanation[]): Explanation[] {
  const nested = new Set(children.flatMap((child) => child.children.flatMap(paths)));
  return children.filter(({ path }) => !nested.has(path));
}

function paths(node: Explanation): string[] {
  return [node.path, ...node.children.flatMap(paths)];
}

function nodeLines(node: Explanation, indent: string): string[] {
  const inner = `${indent}    `;
  return [
    `${indent}${node.label} = ${amount(node)}`,
    `${inner}= ${node.formula}`,
    ...inputLines(node.inputs, inner),
    ...sourceOf(node).map((line) => inner + line),
    ...node.children.flatMap((child) => nodeLines(child, inner)),
  ];
}

function inputLines(inputs: readonly StepInput[], indent: string): string[] {
  if (inputs.length === 0) return [];
  const parts = inputs.map(({ name, value, unit, source }) => {
    const origin = source === undefined ? '' : ` [${source}]`;
    const measure = typeof value === 'string' || unit === 'share 0–1' ? '' : ` ${unit}`;
    return `${name} ${figure(value)}${measure}${origin}`;
  });
  return [`${indent}with ${parts.join(' · ')}`];
}

function sourceOf({ source }: Explanation): string[] {
  return source === null ? [] : [`price of ${source.asOf} [${source.id}], ${source.method}`];
}

function amount({ value, unit }: Explanation): string {
  if (value === null) return 'without a price';
  return `${unit.startsWith('USD') ? usd(value) : figure(value)} ${unit}`;
}

function figure(value: number | string): string {
  if (typeof value === 'string') return value;
  return value > 0 && value < 0.001 ? significant(value) : quantity(value);
}

/** Each source that any part cites, once. */
function sourceSections(explanation: Explanation, sources: ReadonlyMap<string, Source>): readonly Section[] {
  const rows = citedSources(explanation).map((id) => {
    const source = sources.get(id);
    if (source === undefined) return [id, 'set in the environment', '', '', ''];
    return [id, source.publisher, source.method, source.retrieved, source.document];
  });
  return unlessEmpty({
    kind: 'table',
    columns: [
      column('source'),
      column('publisher', 'left', 1),
      column('method', 'left', 2),
      column('read on', 'left', 3),
      column('document', 'left', 4),
    ],
    rows,
  });
}

/** Ids of the sources of a number and of everything that led to it, sorted. */
export function citedSources(explanation: Explanation): string[] {
  const below = (node: Explanation): string[] => [
    ...(node.source === null ? [] : [node.source.id]),
    ...node.inputs.flatMap(({ source }) => source ?? []),
    ...node.children.flatMap(below),
  ];
  return [...new Set(below(explanation))].toSorted();
}

function nextCommands({ path, children }: Explanation, context: ExplainContext): string[] {
  const start = path.slice(0, path.indexOf('.'));
  const which = context.scenario === undefined ? '' : ` --scenario ${context.scenario}`;
  const command = (rest: string) => `landfall ${rest}${which}`;
  const [first] = children;
  const frontier =
    context.hasServer === true ? [`sizing plan --environment ${context.path} --option ${start}`] : [];
  const others =
    first === undefined
      ? [`explain ${context.path} ${start}.monthly`]
      : [`explain ${context.path} ${first.path}`, `estimate ${context.path} --option ${start}`];
  return [...others, ...frontier].map(command);
}
