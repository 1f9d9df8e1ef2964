import { SPLAT_ITEM, type Expression } from '#lib/artifacts/terraform/expression';
import { NotFollowed, Scanner } from '#lib/artifacts/terraform/scanner';

const MAXIMUM_CHARACTERS = 2 ** 18;

/** Binary operators by how tightly they bind, loosest first. Source: the HCL native syntax specification. */
const LEVELS = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * A text of a Terraform JSON file: literal characters with `${…}` in between. `$${` and `%%{` stand for `${` and `%{`.
 *
 * @returns `null` for a form that is not followed: directives such as `%{ if }`, heredocs, a text that is wrong
 */
export function parseTemplate(text: string): Expression | null {
  return attempt(text, (scanner) => template(scanner, null));
}

/** An expression as it stands between `${` and `}`; `null` as for templates. */
export function parseExpression(text: string): Expression | null {
  return attempt(text, expression);
}

function attempt(text: string, parse: (scanner: Scanner) => Expression): Expression | null {
  if (text.length > MAXIMUM_CHARACTERS) return null;
  const scanner = new Scanner(text);
  try {
    const parsed = parse(scanner);
    scanner.skipSpace();
    return scanner.isAtEnd ? parsed : null;
  } catch (error) {
    if (error instanceof NotFollowed) return null;
    throw error;
  }
}

/** Up to the closing quote, or to the end of the text; within quotes, backslashes escape. */
function template(scanner: Scanner, quote: '"' | null): Expression {
  const parts: Expression[] = [];
  let literal = '';
  const endLiteral = (): void => {
    if (literal !== '') parts.push({ kind: 'literal', value: literal });
    literal = '';
  };
  while (quote === null ? !scanner.isAtEnd : !scanner.startsWith(quote)) {
    if (scanner.startsWith('$${') || scanner.startsWith('%%{')) {
      literal += scanner.rest.slice(1, 3);
      scanner.skip(3);
    } else if (scanner.startsWith('%{') || scanner.startsWith('${~')) throw new NotFollowed('a directive');
    else if (scanner.startsWith('${')) {
      endLiteral();
      scanner.skip(2);
      parts.push(expression(scanner));
      scanner.expects('}');
    } else {
      const char = scanner.char();
      literal += quote !== null && char === '\\' ? escape(scanner) : char;
    }
  }
  endLiteral();
  const [only] = parts;
  if (only === undefined) return { kind: 'literal', value: '' };
  return parts.length === 1 ? only : { kind: 'template', parts };
}

function escape(scanner: Scanner): string {
  const char = scanner.char();
  const plain = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined;
  if (plain !== undefined) return plain;
  const digits = char === 'u' ? 4 : char === 'U' ? 8 : 0;
  const hex = scanner.rest.slice(0, digits);
  const code = Number.parseInt(hex, 16);
  if (digits === 0 || !/^[0-9a-fA-F]+$/.test(hex) || hex.length < digits || code > 0x10ffff) {
    throw new NotFollowed('an escape');
  }
  scanner.skip(digits);
  return String.fromCodePoint(code);
}

function expression(scanner: Scanner): Expression {
  return scanner.nested(() => {
    const condition = binary(scanner, 0);
    if (!scanner.takes('?')) return condition;
    const whenTrue = expression(scanner);
    scanner.expects(':');
    return { kind: 'conditional', condition, whenTrue, whenFalse: expression(scanner) };
  });
}

function binary(scanner: Scanner, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return unary(scanner);
  let left = binary(scanner, level + 1);
  for (;;) {
    const operator = scanner.operator();
    if (operator === null || !operators.includes(operator)) return left;
    scanner.expects(operator);
    left = { kind: 'binary', operator, left, right: binary(scanner, level + 1) };
  }
}

function unary(scanner: Scanner): Expression {
  for (const operator of ['-', '!'] as const) {
    if (scanner.takes(operator)) {
      return scanner.nested(() => ({ kind: 'unary', operator, operand: unary(scanner) }));
    }
  }
  return traversal(scanner, term(scanner));
}

/** What follows a term: `.name`, `.0`, `[key]`, `[*]`, `.*`. */
function traversal(scanner: Scanner, start: Expression): Expression {
  let of = start;
  for (;;) {
    if (scanner.takes('.')) {
      if (scanner.takes('*')) return { kind: 'splat', of, each: attributesOf(scanner, splatItem()) };
      of = step(scanner, of);
    } else if (scanner.takes('[')) {
      if (scanner.takes('*')) {
        scanner.expects(']');
        return { kind: 'splat', of, each: traversal(scanner, splatItem()) };
      }
      of = { kind: 'index', of, key: expression(scanner) };
      scanner.expects(']');
    } else return of;
  }
}

function splatItem(): Expression {
  return { kind: 'name', name: SPLAT_ITEM };
}

/** After `.*` only attributes belong to each item. */
function attributesOf(scanner: Scanner, start: Expression): Expression {
  let of = start;
  while (scanner.takes('.')) of = step(scanner, of);
  return of;
}

function step(scanner: Scanner, of: Expression): Expression {
  const name = scanner.name();
  if (name !== null) return { kind: 'attribute', of, name };
  const index = scanner.number();
  if (index === null || !Number.isInteger(index)) throw new NotFollowed('no name after a point');
  return { kind: 'index', of, key: { kind: 'literal', value: index } };
}

function term(scanner: Scanner): Expression {
  const number = scanner.number();
  if (number !== null) return { kind: 'literal', value: number };
  if (scanner.startsWith('"')) {
    scanner.skip(1);
    const text = scanner.nested(() => template(scanner, '"'));
    scanner.skip(1);
    return text;
  }
  if (scanner.takes('(')) {
    const inner = expression(scanner);
    scanner.expects(')');
    return inner;
  }
  if (scanner.takes('[')) return scanner.takesWord('for') ? comprehension(scanner, ']') : list(scanner);
  if (scanner.takes('{')) return scanner.takesWord('for') ? comprehension(scanner, '}') : mapping(scanner);
  const name = scanner.name();
  if (name === null) throw new NotFollowed('no term');
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  if (name === 'null') return { kind: 'literal', value: null };
  return scanner.takes('(') ? call(scanner, name) : { kind: 'name', name };
}

function call(scanner: Scanner, name: string): Expression {
  const operands: Expression[] = [];
  let spread = false;
  while (!scanner.takes(')')) {
    operands.push(expression(scanner));
    spread = scanner.takes('...');
    if (!scanner.takes(',') && scanner.operator() !== ')') throw new NotFollowed('no )');
  }
  return { kind: 'call', name, operands, spread };
}

function list(scanner: Scanner): Expression {
  const items: Expression[] = [];
  while (!scanner.takes(']')) {
    items.push(expression(scanner));
    if (!scanner.takes(',') && scanner.operator() !== ']') throw new NotFollowed('no ]');
  }
  return { kind: 'list', items };
}

/** Keys that are a bare name are texts; entries are set apart by commas or line ends. */
function mapping(scanner: Scanner): Expression {
  const entries: (readonly [Expression, Expression])[] = [];
  while (!scanner.takes('}')) {
    const key = expression(scanner);
    if (!scanner.takes('=')) scanner.expects(':');
    entries.push([key.kind === 'name' ? { kind: 'literal', value: key.name } : key, expression(scanner)]);
    scanner.takes(',');
  }
  return { kind: 'mapping', entries };
}

function comprehension(scanner: Scanner, end: ']' | '}'): Expression {
  const first = scanner.name();
  const second = scanner.takes(',') ? scanner.name() : null;
  if (first === null || !scanner.takesWord('in')) throw new NotFollowed('no `in`');
  const collection = expression(scanner);
  scanner.expects(':');
  const start = expression(scanner);
  const hasKey = end === '}';
  if (hasKey) scanner.expects('=>');
  const value = hasKey ? expression(scanner) : start;
  const grouped = scanner.takes('...');
  const condition = scanner.takesWord('if') ? expression(scanner) : null;
  scanner.expects(end);
  return {
    kind: 'for',
    keyName: second === null ? null : first,
    valueName: second ?? first,
    collection,
    key: hasKey ? start : null,
    value,
    condition,
    grouped,
  };
}
