import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { readTextFile } from '#bin/read-text-file';
import type { ArtifactBill } from '#lib/cost/artifact-bill';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

/** Largest usage file, in bytes: 8 MiB. */
const MAXIMUM_BYTES = 8 * 2 ** 20;

/**
 * Usage of a month by line: `address.component: 1000`, or `"*.component": 1000` for all lines of a kind. `null` leaves a
 * line open.
 *
 * @throws LandfallError at file:line:column for anything else
 */
export function readUsage(file: string): ReadonlyMap<string, number> {
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
  const body = isMap(root) ? root.get('usage', true) : null;
  if (!isMap(body)) {
    throw new LandfallError({
      code: 'MISSING_KEY',
      at: `${file}:1:1`,
      expected: '`usage:` with one line for each amount',
      fix: 'write the file with `landfall estimate --app <path> --init-usage`',
    });
  }
  const usage = new Map<string, number>();
  for (const { key, value } of body.items) {
    const amount = isScalar(value) ? value.value : undefined;
    if (amount === null) continue;
    const name = isScalar(key) ? String(key.value) : '';
    if (typeof amount === 'number' && Number.isFinite(amount) && amount >= 0) {
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
      expected: 'an amount of a month, 0 or more',
      fix: `write ${name}: 1000`,
    });
  }
  return usage;
}

/** @throws LandfallError where a line of the usage file is no line of the bill */
export function refuseUnusedUsage(
  usage: ReadonlyMap<string, number>,
  bill: ArtifactBill,
  file: string,
): void {
  const keys = bill.lines.filter(({ isByUse }) => isByUse).map(({ key }) => key);
  const known = new Set([...keys, ...keys.map(kindOf)]);
  const unused = [...usage.keys()].find((key) => !known.has(key));
  if (unused === undefined) return;
  throw new LandfallError({
    code: 'UNKNOWN_KEY',
    at: file,
    got: `"${unused}"`,
    expected: 'a line of the bill that use decides',
    fix: suggestion(unused, [...known]),
  });
}

/** A usage file with the app's own lines, each with its unit; amounts are left open. */
export function usageTemplate(bill: ArtifactBill, app: string): string {
  const lines = bill.lines.filter(({ isByUse }) => isByUse);
  const kinds = new Map(lines.map((line) => [kindOf(line.key), line]));
  const entry = (key: string, unit: string, label: string) =>
    `  ${JSON.stringify(key)}: null # ${unit} a month: ${label}`;
  return [
    `# What ${app} uses in a month. Amounts that stay null are left out of the bill, and the bill says so.`,
    'usage:',
    '  # all lines of a kind at once; a line of its own below goes before',
    ...[...kinds].map(([key, { unit, label }]) => entry(key, unit, label)),
    '  # line by line',
    ...lines.map(({ key, unit, label }) => entry(key, unit, label)),
    '',
  ].join('\n');
}

function kindOf(key: string): string {
  return `*.${key.slice(key.lastIndexOf('.') + 1)}`;
}
