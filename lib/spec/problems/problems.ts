import * as z from 'zod';
import { closestOfEach, suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Problem } from '#lib/errors/landfall-error';
import { exampleOf, expectation } from '#lib/spec/problems/expectation';
import { locate, plain } from '#lib/text/located';
import type { Located, Path } from '#lib/text/located';
import { printable, shown, spot } from '#lib/text/place';
import { discriminators, fieldAt, isRecord, keysAt, valueAt } from '#lib/spec/schema/schema-walk';
import type { Bare } from '#lib/spec/schema/schema-walk';
import { readMeasured, rounded } from '#lib/spec/problems/wrong-unit';

/** A document beside its schema: what is needed to say where an issue stands and what would have been right. */
interface Reading {
  readonly schema: z.core.$ZodType;
  readonly root: Located;
  readonly input: unknown;
}

/** Problems listed at once; the rest is counted. */
const MOST_PROBLEMS = 20;

/** One error for all problems, in the order of the text; `undefined` where there are none. */
export function asError(problems: readonly Problem[]): LandfallError | undefined {
  const unique = [
    ...new Map(
      problems.map(presentable).map((each) => [`${each.at} ${each.code} ${each.expected}`, each]),
    ).values(),
  ];
  const [first, ...rest] = unique.toSorted(byPlace);
  if (first === undefined) return undefined;
  return new LandfallError(
    [first, ...rest.slice(0, MOST_PROBLEMS - 1)],
    Math.max(0, unique.length - MOST_PROBLEMS),
  );
}

/** A suggestion may quote ids of the document, so every text is cleaned once more. */
function presentable(problem: Problem): Problem {
  const { got, expected, fix } = problem;
  const cleaned = { ...problem, expected: printable(expected), fix: printable(fix) };
  return got === undefined ? cleaned : { ...cleaned, got: printable(got) };
}

function byPlace(a: Problem, b: Problem): number {
  const [fileA, lineA, columnA] = placeIn(a.at);
  const [fileB, lineB, columnB] = placeIn(b.at);
  return fileA.localeCompare(fileB, 'en') || lineA - lineB || columnA - columnB;
}

function placeIn(at: string): [string, number, number] {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/s.exec(at) ?? [];
  return [file ?? at, Number(line ?? 0), Number(column ?? 0)];
}

/** Turns zod's issues into problems: one per mistake, where zod gives two for a misspelt key. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  schema: z.core.$ZodType,
  root: Located,
): Problem[] {
  const reading: Reading = { schema, root, input: plain(root) };
  const flat = issues.flatMap((issue) => withoutUnions(issue, reading));
  const missing = new Set(
    flat.filter((issue) => isMissing(issue, reading)).map(({ path }) => path.join('\0')),
  );
  const explained = new Set<string>();
  const misspelt = flat.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? unknownKeys(issue, reading, missing, explained) : [],
  );
  const others = flat
    .filter((issue) => issue.code !== 'unrecognized_keys' && !explained.has(issue.path.join('\0')))
    .map((issue) => problemOf(issue, reading));
  return [...misspelt, ...others];
}

/** Of a union only the branch that was meant is reported: the mapping for a mapping, else the union itself. */
function withoutUnions(issue: z.core.$ZodIssue, reading: Reading): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || !isRecord(valueAt(reading.input, issue.path))) return [issue];
  const branch = issue.errors.find((errors) =>
    errors.some((each) => each.path.length > 0 || each.code === 'unrecognized_keys'),
  );
  if (branch === undefined) return [issue];
  return branch.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
}

function isMissing(issue: z.core.$ZodIssue, { root }: Reading): boolean {
  return issue.code !== 'unrecognized_keys' && issue.path.length > 0 && !locate(root, issue.path).found;
}

/** Keys of one object that the schema does not have: no two of them were meant to be the same. */
function unknownKeys(
  { keys, path }: z.core.$ZodIssueUnrecognizedKeys,
  reading: Reading,
  missing: ReadonlySet<string>,
  explained: Set<string>,
): Problem[] {
  const all = keysAt(reading.schema, reading.input, path);
  const present = valueAt(reading.input, path);
  const free = all.filter((each) => !isRecord(present) || !Object.hasOwn(present, each));
  const meant = closestOfEach(keys, free, (each) => missing.has([...path, each].join('\0')));
  const given = new Set(meant.values());
  const left = all.filter((each) => !given.has(each));
  return keys.map((key) => {
    const wanted = meant.get(key);
    if (wanted !== undefined) explained.add([...path, wanted].join('\0'));
    return unknownKey({ key, path, wanted, left }, reading, missing);
  });
}

interface UnknownKey {
  readonly key: string;
  readonly path: Path;
  readonly wanted: string | undefined;
  /** Keys that no other one was meant to be. */
  readonly left: readonly string[];
}

function unknownKey(
  { key, path, wanted, left }: UnknownKey,
  { schema, root, input }: Reading,
  missing: ReadonlySet<string>,
): Problem {
  const at = spot(locate(root, [...path, key]).key);
  const problem = { code: 'UNKNOWN_KEY', ...at, got: shown(key) } as const;
  if (wanted === undefined) {
    const fix = left.length === 0 ? 'remove it' : `remove it, or ${suggestion(key, left)}`;
    return { ...problem, expected: 'a key that the schema has', fix };
  }
  const field = fieldAt(schema, input, [...path, wanted]);
  const takes = field === undefined ? 'a value' : expectation(field);
  const example = field === undefined ? '' : exampleOf(wanted, field);
  const required = missing.has([...path, wanted].join('\0')) ? 'it is required and takes' : 'it takes';
  return {
    ...problem,
    expected: `the key "${wanted}"`,
    fix: `did you mean "${wanted}"? ${required} ${takes}${example}`,
  };
}

function problemOf(issue: z.core.$ZodIssue, reading: Reading): Problem {
  const { schema, root, input } = reading;
  const field = fieldAt(schema, input, issue.path);
  const places = locate(root, issue.path);
  const value = valueAt(input, issue.path);
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return choice(issue, reading, places.found ? spot(places.value) : spot(places.key));
  }
  if (!places.found) return missingKey(issue, field, spot(places.key));
  if (issue.code === 'invalid_key') return badKey(String(issue.path.at(-1)), issue, spot(places.key));
  if (issue.code === 'custom') {
    const stated: unknown = issue.params?.fix;
    const fix = typeof stated === 'string' ? stated : 'change one of the two values';
    return { code: 'CONFLICT', ...spot(places.value), got: shown(value), expected: issue.message, fix };
  }
  const key = String(issue.path.at(-1) ?? 'environment');
  return valueProblem(issue, field, key, value, spot(places.value));
}

type Spot = Pick<Problem, 'at' | 'frame'>;

function missingKey(issue: z.core.$ZodIssue, field: Bare | undefined, at: Spot): Problem {
  const key = String(issue.path.at(-1));
  if (issue.code === 'custom') {
    return { code: 'MISSING_KEY', ...at, expected: issue.message, fix: `add \`${key}\` here` };
  }
  const takes = field === undefined ? 'a value' : expectation(field);
  const example = field === undefined ? '' : exampleOf(key, field);
  return {
    code: 'MISSING_KEY',
    ...at,
    expected: `the key "${key}": ${takes}`,
    fix: `add "${key}"${example}`,
  };
}

/** A union is reported by its discriminator alone. */
function choice(issue: z.core.$ZodIssueInvalidUnion, { schema, input }: Reading, at: Spot): Problem {
  const key = String(issue.path.at(-1));
  const options = discriminators(schema, input, issue.path);
  const value = valueAt(input, issue.path);
  const expected = `one of ${options.join(', ')}`;
  if (value === undefined) {
    const [first] = options;
    const example = first === undefined ? '' : `, for example \`${key}: ${first}\``;
    return {
      code: 'MISSING_KEY',
      ...at,
      expected: `the key "${key}": ${expected}`,
      fix: `add "${key}"${example}`,
    };
  }
  const fix = suggestion(typeof value === 'string' ? value : '', options);
  return { code: 'NOT_A_CHOICE', ...at, got: shown(value), expected, fix };
}

function badKey(key: string, issue: z.core.$ZodIssueInvalidKey, at: Spot): Problem {
  const slug = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-\d]+|-+$/g, '')
    .slice(0, 40);
  const expected = issue.issues[0]?.message ?? 'an id';
  const fix = slug === '' ? 'choose another id' : `write "${slug.replace(/-+$/, '')}"`;
  return { code: 'NOT_A_CHOICE', ...at, got: shown(key), expected, fix };
}

function valueProblem(
  issue: z.core.$ZodIssue,
  field: Bare | undefined,
  key: string,
  value: unknown,
  at: Spot,
): Problem {
  const got = shown(value);
  const expected = field === undefined ? issue.message : expectation(field);
  const example = field === undefined ? '' : exampleOf(key, field);
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const fix =
      typeof value === 'number'
        ? (asShare(value, field, key) ?? `write a figure in that range${example}`)
        : `change its length${example}`;
    const sized = typeof value === 'number' ? expected : `${expected}, ${lengthOf(issue)}`;
    return { code: 'OUT_OF_RANGE', ...at, got, expected: sized, fix };
  }
  if (issue.code === 'invalid_value') {
    const choices = issue.values.map(String);
    const fix = suggestion(typeof value === 'string' ? value : '', choices);
    return { code: 'NOT_A_CHOICE', ...at, got, expected: `one of ${choices.join(', ')}`, fix };
  }
  if (issue.code === 'invalid_type' && typeof value === 'string' && takesNumber(field)) {
    return numberAsText(value, field, expected, example, key, at);
  }
  if (issue.path.length === 0) {
    return { code: 'WRONG_TYPE', ...at, got, expected, fix: 'start with what `landfall init` writes' };
  }
  if (value === null) {
    return { code: 'WRONG_TYPE', ...at, got, expected, fix: `write a value, or remove "${key}"${example}` };
  }
  if (typeof value === 'string' && readMeasured(value, undefined) !== undefined && isOfAssumption(issue)) {
    const fix = `write the number alone, in the unit that \`landfall catalog ${assumptionOf(issue)}\` names`;
    return { code: 'WRONG_UNIT', ...at, got, expected, fix };
  }
  const form = issue.code === 'invalid_format' && !(field?.schema instanceof z.ZodISODate);
  return {
    code: 'WRONG_TYPE',
    ...at,
    got,
    expected: form ? issue.message : expected,
    fix: `change "${key}"${example}`,
  };
}

/** A percentage where a share is meant: 99.5 for 0.995. */
function asShare(value: number, field: Bare | undefined, key: string): string | undefined {
  if (value <= 1 || field?.facts.unit?.startsWith('share') !== true) return undefined;
  const share = rounded(value / 100);
  return z.safeParse(field.schema, share).success ? `write ${key}: ${share}` : undefined;
}

/** Their units are the catalog's, so that the schema knows none. */
function isOfAssumption({ path }: z.core.$ZodIssue): boolean {
  return path[0] === 'finance' && path[1] === 'assumptions' && path.length > 2;
}

function assumptionOf({ path }: z.core.$ZodIssue): string {
  return String(path[2]);
}

function lengthOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  return issue.code === 'too_small' ? `at least ${issue.minimum} long` : `at most ${issue.maximum} long`;
}

function takesNumber(field: Bare | undefined): field is Bare {
  return field?.schema instanceof z.ZodNumber;
}

function numberAsText(
  value: string,
  field: Bare,
  expected: string,
  example: string,
  key: string,
  at: Spot,
): Problem {
  const got = shown(value);
  const measured = readMeasured(value, field.facts.unit);
  if (measured !== undefined) {
    const fix =
      measured.number === undefined
        ? `write the number alone, in ${field.facts.unit ?? 'the unit of the field'}${example}`
        : `write ${key}: ${measured.number}`;
    return { code: 'WRONG_UNIT', ...at, got, expected, fix };
  }
  const bareNumber = value.trim() !== '' && Number.isFinite(Number(value));
  const fix = bareNumber ? `write ${key}: ${Number(value)}, without quotes` : `write a number${example}`;
  return { code: 'WRONG_TYPE', ...at, got, expected, fix };
}
