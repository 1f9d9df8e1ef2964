import { fromBase64, toBase64 } from '#lib/artifacts/base64';
import { plainValue } from '#lib/artifacts/plain-value';
import type { ArtifactValue } from '#lib/artifacts/resource';
import type { FunctionTable } from '#lib/artifacts/terraform/functions/operands';
import {
  affordable,
  characters,
  compareTexts,
  Failure,
  isList,
  isMapping,
  list,
  mappingOf,
  number,
  numberText,
  text,
  whole,
} from '#lib/artifacts/terraform/values';

const FORMAT = /%(?:%|([-+ 0]*)(\d*)(?:\.(\d+))?([a-zA-Z]))/g;

/** Functions of texts. All operands are known. */
export const TEXTS: FunctionTable = {
  lower: (value) => text(value).toLowerCase(),
  upper: (value) => text(value).toUpperCase(),
  title: (value) => text(value).replaceAll(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase()),
  chomp: (value) => text(value).replace(/[\r\n]+$/, ''),
  trim: (value, cut) => trimmed(text(value), new Set(characters(text(cut)))),
  trimspace: (value) => text(value).trim(),
  trimprefix: (value, start) => {
    const from = text(value).startsWith(text(start)) ? text(start).length : 0;
    return text(value).slice(from);
  },
  trimsuffix: (value, end) => {
    const cut = text(value).endsWith(text(end)) ? text(end).length : 0;
    return text(value).slice(0, text(value).length - cut);
  },
  startswith: (value, start) => text(value).startsWith(text(start)),
  endswith: (value, end) => text(value).endsWith(text(end)),
  strcontains: (value, part) => text(value).includes(text(part)),
  strrev: (value) => characters(text(value)).toReversed().join(''),
  substr: (value, offset, length) => {
    const parts = characters(text(value));
    const start = whole(offset) < 0 ? Math.max(0, parts.length + whole(offset)) : whole(offset);
    const count = whole(length);
    return parts.slice(start, count < 0 ? undefined : start + count).join('');
  },
  split: (delimiter, value) => text(value).split(text(delimiter)),
  replace: (value, part, by) => {
    // Between slashes it is an expression of RE2, which differs from those of this language.
    if (/^\/.*\/$/s.test(text(part))) throw new Failure('a regular expression');
    const pieces = text(value).split(text(part));
    affordable(text(value).length + pieces.length * text(by).length);
    return text(part) === '' ? text(value).replaceAll('', () => text(by)) : pieces.join(text(by));
  },
  format: (template, ...values) => formatted(text(template), values),
  formatlist: (template, ...values) => {
    const lengths = new Set(values.filter(isList).map((value) => value.length));
    const [length = 1, another] = lengths;
    if (another !== undefined) throw new Failure('lists of unequal length');
    affordable(length * text(template).length);
    return Array.from({ length }, (_, index) =>
      formatted(
        text(template),
        values.map((value) => (isList(value) ? (value[index] ?? null) : value)),
      ),
    );
  },
  sort: (values) => list(values).map(text).toSorted(compareTexts),
  jsonencode: (value) => json(value),
  jsondecode: (value) => parsed(text(value)),
  base64encode: (value) => toBase64(text(value)),
  base64decode: (value) => {
    const decoded = fromBase64(text(value));
    if (decoded === null) throw new Failure('no base64 of UTF-8');
    return decoded;
  },
};

function trimmed(value: string, cut: ReadonlySet<string>): string {
  const parts = characters(value);
  const start = parts.findIndex((part) => !cut.has(part));
  const end = parts.findLastIndex((part) => !cut.has(part));
  return start === -1 ? '' : parts.slice(start, end + 1).join('');
}

/** The verbs of `format` that stand in real code; others are refused. */
function formatted(template: string, values: readonly ArtifactValue[]): string {
  let next = 0;
  let length = template.length;
  const result = template.replaceAll(FORMAT, (match, flags: string, width: string, digits: string, verb) => {
    if (match === '%%') return '%';
    const value = values[next];
    next += 1;
    if (value === undefined) throw new Failure('too few operands');
    affordable((length += Number(width) + (typeof value === 'string' ? value.length : 0)));
    const plain = verbText(String(verb), value, digits === undefined ? null : Number(digits));
    const signed = flags.includes('+') && verb !== 's' && !plain.startsWith('-') ? `+${plain}` : plain;
    const size = Math.min(Number(width), 1_000);
    if (flags.includes('-')) return signed.padEnd(size);
    const isZero = flags.includes('0') && verb !== 's';
    const sign = isZero ? (/^[-+]/.exec(signed)?.[0] ?? '') : '';
    return sign + signed.slice(sign.length).padStart(size - sign.length, isZero ? '0' : ' ');
  });
  if (next < values.length || template.replaceAll(FORMAT, '').includes('%'))
    throw new Failure('a wrong number of operands');
  return result;
}

function verbText(verb: string, value: ArtifactValue, digits: number | null): string {
  if (verb === 's') return digits === null ? text(value) : characters(text(value)).slice(0, digits).join('');
  if (verb === 'v') return isList(value) || isMapping(value) || value === null ? json(value) : text(value);
  if (verb === 'q') return json(text(value));
  if (verb === 'd') return numberText(Math.trunc(number(value)));
  if (verb === 'f') return number(value).toFixed(Math.min(digits ?? 6, 20));
  if (verb === 't' && typeof value === 'boolean') return String(value);
  if (verb === 'x' || verb === 'o' || verb === 'b') {
    return whole(value).toString(verb === 'x' ? 16 : verb === 'o' ? 8 : 2);
  }
  throw new Failure(`verb ${verb}`);
}

/** With keys in order and with `<`, `>` and `&` escaped, as Terraform writes it. */
function json(value: ArtifactValue | undefined): string {
  return JSON.stringify(ordered(value ?? null)).replaceAll(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function ordered(value: ArtifactValue): ArtifactValue {
  if (isList(value)) return value.map(ordered);
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => compareTexts(a, b));
  return mappingOf(entries.map(([key, item]) => [key, ordered(item)]));
}

function parsed(value: string): ArtifactValue {
  try {
    return plainValue(JSON.parse(value));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure('no JSON');
    throw error;
  }
}
