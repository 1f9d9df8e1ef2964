import type { ErrorCode } from '#lib/errors/codes';
import type { Problem } from '#lib/errors/landfall-error';
import type { Located } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import type { Place } from '#lib/text/place';
import { isSecretKey, secretIn } from '#lib/text/secrets';

/** Texts that a later stage would evaluate rather than print. */
const EXPRESSIONS: readonly { readonly text: string; readonly reader: string }[] = [
  { text: '${', reader: 'Terraform and CloudFormation' },
  { text: '%{', reader: 'Terraform' },
  { text: '#{Token[', reader: 'the CDK' },
  { text: '{{resolve:', reader: 'CloudFormation' },
];

/** Controls (tab and line ends aside), format characters (bidirectional, zero-width), lone surrogates, odd line ends. */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Names through which an object reaches its own machinery. */
const MACHINERY = new Set(['__proto__', 'constructor', 'prototype']);

/** Beyond this no figure of an environment lies; the CDK's number tokens (about -1.9e289) do. */
const LARGEST = 1e15;

/** What a file's text must not hold anywhere, comments included: what one reads must be what is stored. */
export function refuseHiddenText(path: string, text: string): Problem[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const column = line.search(HIDDEN) + 1;
    if (column === 0) return [];
    const place: Place = { source: { path, lines }, line: index + 1, column, length: 1 };
    return [hidden(line, place)];
  });
}

/** Every key and string of a document: nothing passes that could act in a template, a shell or a terminal. */
export function refuseUnsafe(root: Located): Problem[] {
  const problems: Problem[] = [];
  visit(root, undefined, problems);
  return problems;
}

function visit(node: Located, key: string | undefined, problems: Problem[]): void {
  if (node.kind === 'list') for (const item of node.items) visit(item, key, problems);
  else if (node.kind === 'map') {
    for (const [name, entry] of node.entries) {
      problems.push(...textProblems(name, entry.keyPlace));
      if (MACHINERY.has(name)) problems.push(machinery(name, entry.keyPlace));
      visit(entry.value, name, problems);
    }
  } else if (typeof node.value === 'string') {
    const found = textProblems(node.value, node.place);
    if (found.length === 0 && key !== undefined && isSecretKey(key) && node.value !== '')
      found.push(secret('a secret, by its key', node.place));
    problems.push(...found);
  } else if (typeof node.value === 'number' && Math.abs(node.value) > LARGEST) {
    problems.push({
      code: 'OUT_OF_RANGE',
      ...spot(node.place),
      got: shown(node.value),
      expected: `a finite number of at most ${LARGEST}`,
      fix: 'check the exponent and the unit',
    });
  }
}

function textProblems(text: string, place: Place): Problem[] {
  if (HIDDEN.test(text)) return [hidden(text, place)];
  const kind = secretIn(text);
  if (kind !== undefined) return [secret(kind, place)];
  const expression = EXPRESSIONS.find((each) => text.includes(each.text));
  if (expression === undefined) return [];
  return [
    problem('UNSAFE_STRING', place, {
      got: shown(text),
      expected: `text without "${expression.text}", which ${expression.reader} would evaluate`,
      fix: 'write the text without it; values are taken as they stand',
    }),
  ];
}

function hidden(text: string, place: Place): Problem {
  const code = (HIDDEN.exec(text)?.[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return problem('CONTROL_CHARACTER', place, {
    got: `the character U+${code}`,
    expected: 'text without control, bidirectional or zero-width characters',
    fix: 'remove it; it may be invisible in your editor',
  });
}

function secret(kind: string, place: Place): Problem {
  return problem('SECRET_IN_FILE', place, {
    got: `a value that looks like ${kind}`,
    expected: 'no secrets: the file is read by people, logs and pipelines',
    fix: 'remove it, revoke it where it was issued, and keep it in a secret store',
  });
}

function machinery(name: string, place: Place): Problem {
  return problem('UNSAFE_STRING', place, {
    got: shown(name),
    expected: `a key other than ${[...MACHINERY].join(', ')}`,
    fix: 'rename the key',
  });
}

function problem(
  code: ErrorCode,
  place: Place,
  rest: { readonly got: string; readonly expected: string; readonly fix: string },
): Problem {
  return { code, ...spot(place), ...rest };
}
