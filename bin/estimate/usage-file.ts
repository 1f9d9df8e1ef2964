import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { readTextFile } from '#bin/files/read-text-file';
import { statedNodes, type StatedNodes } from '#bin/estimate/stated-nodes';
import type { ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import { RUNS, SECONDS_EACH } from '#lib/cost/resources/usage';
import { presetAmount, type Preset } from '#lib/cost/resources/usage-presets';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

/** Above this an amount is a mistake: no account uses a quadrillion of anything. */
const MAXIMUM_AMOUNT = 1e15;

/** Largest usage file, in bytes: 8 MiB. */
const MAXIMUM_BYTES = 8 * 2 ** 20;

/** What a usage file states. */
export interface StatedUse {
  /** Of a month, by line. */
  readonly usage: ReadonlyMap<string, number>;
  /** Where each line of it stands: `usage.yaml:3:3`. */
  readonly places: ReadonlyMap<string, string>;
  /** Nodes that the pods of manifests run on. */
  readonly nodes: readonly StatedNodes[];
  /** The free tier of AWS is to be taken off. */
  readonly freeTier: boolean;
}

/**
 * Usage of a month by line: `address.component: 1000`, or `"*.component": 1000` for all lines of a kind. `null` leaves a
 * line open. Beside it, the nodes of a cluster that is in no artifact.
 *
 * @throws LandfallError at file:line:column for anything else
 */
export function readUsage(file: string): StatedUse {
  const text = readTextFile(file, 'a usage file', MAXIMUM_BYTES);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    throw new LandfallError({
      code: 'YAML_SYNTAX',
      at: at(syntax.pos[0]),
      expected: 'YAML',
      fix: 'check quotes, colons and indentation at this place',
    });
  }
  const root = document.contents;
  const nodes = isMap(root) ? root.get('nodes', true) : undefined;
  const body = isMap(root) ? root.get('usage', true) : undefined;
  const freeTier = isMap(root) ? statedFreeTier(root, at) : false;
  if (!isMap(body) && nodes === undefined && !freeTier) {
    throw new LandfallError({
      code: 'MISSING_KEY',
      at: `${file}:1:1`,
      expected: '`usage:` with one line for each amount',
      fix: 'write the file with `landfall estimate --app <path> --init-usage`',
    });
  }
  return {
    usage: isMap(body) ? amountsOf(body, at) : new Map(),
    places: isMap(body) ? placesOf(body, at) : new Map(),
    nodes: nodes === undefined ? [] : statedNodes(nodes, at),
    freeTier,
  };
}

/** `freeTier: true` beside the amounts. */
function statedFreeTier(root: YAMLMap, at: (offset: number) => string): boolean {
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === 'freeTier');
  if (pair === undefined) return false;
  const { value, range } = isScalar(pair.value) ? pair.value : { value: null, range: null };
  if (typeof value === 'boolean') return value;
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: at(range?.[0] ?? 0),
    got: typeof value === 'string' ? `"${value}"` : 'no answer',
    expected: 'true or false',
    fix: 'write freeTier: true',
  });
}

function placesOf(body: YAMLMap, at: (offset: number) => string): ReadonlyMap<string, string> {
  return new Map(
    body.items.flatMap(({ key }) => (isScalar(key) ? [[String(key.value), at(key.range?.[0] ?? 0)]] : [])),
  );
}

function amountsOf(body: YAMLMap, at: (offset: number) => string): ReadonlyMap<string, number> {
  const usage = new Map<string, number>();
  for (const { key, value } of body.items) {
    const amount = isScalar(value) ? value.value : undefined;
    if (amount === null) continue;
    const name = isScalar(key) ? String(key.value) : '';
    if (typeof amount === 'number' && amount >= 0 && amount <= MAXIMUM_AMOUNT) {
      usage.set(name, amount);
      continue;
    }
    const offset = isScalar(value) ? value.range?.[0] : isScalar(key) ? key.range?.[0] : 0;
    throw new LandfallError({
      code: 'WRONG_TYPE',
      at: at(offset ?? 0),
      got:
        typeof amount === 'string'
          ? `"${amount}"`
          : typeof amount === 'number'
            ? String(amount)
            : 'no amount',
      expected: 'an amount of a month, from 0 to a quadrillion',
      fix: `write ${name}: 1000`,
    });
  }
  return usage;
}

/** @throws LandfallError where a line of the usage file is no line of any of the bills; `null` is an unknown bill */
export function refuseUnusedUsage(
  { usage, places }: Pick<StatedUse, 'usage' | 'places'>,
  bills: readonly (ArtifactBill | null)[],
  file: string,
): void {
  if (bills.includes(null)) return;
  const keys = bills.flatMap((bill) => (bill === null ? [] : linesByUse(bill).flatMap(keysOf)));
  const known = new Set([...keys.map(({ key }) => key), ...keys.map(({ key, part }) => kindOf(key, part))]);
  const unused = [...usage.keys()].find((key) => !known.has(key));
  if (unused === undefined) return;
  throw new LandfallError({
    code: 'UNKNOWN_KEY',
    at: places.get(unused) ?? file,
    got: `"${unused}"`,
    expected: 'a line of the bill that use decides',
    fix: suggestion(unused, [...known]),
  });
}

/** A usage file with the app's own lines, each with its unit. Amounts are left open, or those of a size to start from. */
export function usageTemplate(
  { bill, needsNodes, app }: { bill: ArtifactBill; needsNodes: boolean; app: string },
  preset?: Preset,
): string {
  const lines = linesByUse(bill);
  const entry = (key: string, unit: string, label: string, amount?: number) =>
    `  ${JSON.stringify(key)}: ${amount ?? 'null'} # ${unit} a month: ${label}`;
  const own = lines.flatMap((line) =>
    keysOf(line).map(({ key, unit, part }) =>
      entry(
        key,
        unit,
        line.item.label,
        part === '' && preset !== undefined ? presetAmount(preset, line.item.unit) : undefined,
      ),
    ),
  );
  return [
    `# What ${app} uses in a month. Amounts that stay null are left out of the bill, and the bill says so.`,
    ...(preset === undefined
      ? []
      : [`# Amounts are planning figures of a ${preset} app: put your own in their place.`]),
    ...(needsNodes
      ? [
          '# Nodes that the pods run on: none are in these artifacts. Without a count: as many as pods ask for.',
          '# nodes:',
          '#   - { type: g6e.12xlarge, count: 2 }',
          '#   - { type: m6i.xlarge }',
        ]
      : []),
    'usage:',
    ...(preset === undefined
      ? [
          '  # all lines of a kind at once; a line of its own below goes before',
          ...kindsOf(lines).map(([key, { item }]) => entry(key, item.unit, item.label)),
        ]
      : []),
    '  # line by line',
    ...own,
    '',
  ].join('\n');
}

/** Each line once: the upper steps of a ladder follow from the first. */
function linesByUse({ lines }: ArtifactBill): readonly ArtifactLine[] {
  const seen = new Set<string>();
  return lines.filter(({ isByUse, usageKey }) => {
    if (!isByUse || seen.has(usageKey)) return false;
    seen.add(usageKey);
    return true;
  });
}

interface UsageKey {
  readonly key: string;
  readonly unit: string;
  /** What follows the line's own key. */
  readonly part: string;
}

/** The keys that a line can be stated by: its amount, or runs of a duration. */
function keysOf({ usageKey, item, takesRuns }: ArtifactLine): readonly UsageKey[] {
  const amount = { key: usageKey, unit: item.unit, part: '' };
  if (!takesRuns) return [amount];
  return [
    amount,
    { key: `${usageKey}.${RUNS}`, unit: 'or instead: runs', part: `.${RUNS}` },
    { key: `${usageKey}.${SECONDS_EACH}`, unit: 'with runs: seconds each', part: `.${SECONDS_EACH}` },
  ];
}

/** Kinds of lines that share one unit: one amount for several units would be wrong for all but one. */
function kindsOf(lines: readonly ArtifactLine[]): readonly (readonly [string, ArtifactLine])[] {
  const kinds = new Map<string, ArtifactLine>();
  const mixed = new Set<string>();
  for (const line of lines) {
    const kind = kindOf(line.usageKey, '');
    const known = kinds.get(kind);
    if (known !== undefined && known.item.unit !== line.item.unit) mixed.add(kind);
    kinds.set(kind, line);
  }
  return [...kinds].filter(([kind]) => !mixed.has(kind));
}

function kindOf(key: string, part: string): string {
  const own = part === '' ? key : key.slice(0, -part.length);
  return `*.${own.slice(own.lastIndexOf('.') + 1)}${part}`;
}
