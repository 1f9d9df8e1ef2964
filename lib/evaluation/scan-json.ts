/** What a fault is, and where: an offset into the text. */
export interface JsonFault {
  readonly offset: number;
  readonly expected: string;
}

export type JsonPath = readonly (string | number)[];

export interface JsonScan {
  readonly fault: JsonFault | null;
  /** Where the value at the wanted path starts; the last one, where a key stands twice. */
  readonly found: number | null;
}

type Expects = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing more';

interface Open {
  readonly closes: '}' | ']';
  step: string | number;
}

const NAMES: Readonly<Record<Expects, string>> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes or }',
  ':': 'a colon',
  ', or end': 'a comma or the closing bracket',
  'nothing more': 'the end of the file',
};
const SPACE = /[ \t\n\r]*/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks JSON (RFC 8259) for places, which `JSON.parse` does not tell, or only in words that change with the engine.
 * Without recursion: depth costs no stack. Meant for texts that are already known to be at fault.
 */
export function scanJson(text: string, wanted: JsonPath | null = null): JsonScan {
  const open: Open[] = [];
  let expects: Expects = 'value';
  let found: number | null = null;
  let at = 0;
  const failed = (offset: number, expected = NAMES[expects]): JsonScan => ({
    fault: { offset, expected },
    found,
  });
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const mark = text[at];
    const inner = open.at(-1);
    if (mark === undefined) return expects === 'nothing more' ? { fault: null, found } : failed(at);
    const takesValue: boolean = expects === 'value' || expects === 'value or ]';
    const takesKey: boolean = expects === 'key' || expects === 'key or }';
    const closes =
      inner !== undefined &&
      mark === inner.closes &&
      (expects === ', or end' || expects === (mark === ']' ? 'value or ]' : 'key or }'));
    if (closes) {
      open.pop();
      expects = afterValue(open);
      at += 1;
    } else if (takesValue && (mark === '{' || mark === '[')) {
      if (isAt(open, wanted)) found = at;
      open.push(mark === '{' ? { closes: '}', step: '' } : { closes: ']', step: 0 });
      expects = mark === '{' ? 'key or }' : 'value or ]';
      at += 1;
    } else if ((takesValue || takesKey) && mark === '"') {
      const end = endOfString(text, at);
      if (end.fault !== undefined) return failed(end.offset, end.fault);
      if (takesValue && isAt(open, wanted)) found = at;
      if (takesKey && inner !== undefined) inner.step = JSON.parse(text.slice(at, end.offset)) as string;
      expects = takesKey ? ':' : afterValue(open);
      at = end.offset;
    } else if (expects === ':' && mark === ':') {
      expects = 'value';
      at += 1;
    } else if (expects === ', or end' && mark === ',') {
      if (typeof inner?.step === 'number') inner.step += 1;
      expects = inner?.closes === '}' ? 'key' : 'value';
      at += 1;
    } else {
      const end = takesValue ? endOf(PLAIN, text, at) : null;
      if (end === null) return failed(at);
      if (isAt(open, wanted)) found = at;
      expects = afterValue(open);
      at = end;
    }
  }
}

function afterValue(open: readonly Open[]): Expects {
  return open.length === 0 ? 'nothing more' : ', or end';
}

function isAt(open: readonly Open[], wanted: JsonPath | null): boolean {
  return wanted?.length === open.length && open.every(({ step }, index) => step === wanted[index]);
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function endOfString(text: string, start: number): { offset: number; fault?: string } {
  let at = start + 1;
  while (at < text.length) {
    const mark = text[at];
    if (mark === '"') return { offset: at + 1 };
    if (mark === '\\') {
      const end = endOf(ESCAPE, text, at);
      if (end === null) return { offset: at, fault: 'an escape such as \\n or \\u0041' };
      at = end;
    } else if (text.charCodeAt(at) < 0x20) {
      return { offset: at, fault: 'the closing quote, or a control character written as an escape' };
    } else at += 1;
  }
  return { offset: start, fault: 'a text that ends with a double quote' };
}
