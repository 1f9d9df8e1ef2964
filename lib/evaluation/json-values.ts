import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { scanJson } from '#lib/evaluation/scan-json';
import { shown } from '#lib/text/place';
import { breaksBefore, placeInText } from '#lib/text/text-place';

/** The longest single value that is taken, in characters. */
export const MAXIMUM_VALUE_CHARACTERS = 64 * 2 ** 20;

/** Characters kept before the place, for the line that an error shows. */
const KEPT_BEFORE = 80;
const SPACE = /[ \t\n\r]*/y;
/** What ends a number or a word. */
const PLAIN_END = /[\s,:"{}[\]]/g;
const STRUCTURE = /["{}[\]]/g;

/** Where a value or a mark stands. */
export type Place = Pick<Problem, 'at' | 'frame'>;

/**
 * A JSON text that comes in chunks, of which values are taken one by one: no more of it is held than one value and one
 * chunk. What stands between the values, marks and keys, is the caller's to ask for.
 */
export class JsonValues {
  private readonly name: string;
  private readonly chunks: Iterator<string>;
  private text = '';
  private at = 0;
  /** Where the value began that was taken last: held until the next is asked for. */
  private takenAt = 0;
  private isEnded = false;
  /** Of the first character that is held. */
  private line = 1;
  private column = 0;

  public constructor(name: string, chunks: Iterable<string>) {
    this.name = name;
    this.chunks = chunks[Symbol.iterator]();
  }

  /** The next character that is no space, not yet passed; `undefined` at the end. */
  public next(): string | undefined {
    do {
      SPACE.lastIndex = this.at;
      SPACE.test(this.text);
      this.at = SPACE.lastIndex;
    } while (this.at === this.text.length && this.refill());
    return this.text[this.at];
  }

  /** Passes a mark if it comes next. */
  public passes(mark: string): boolean {
    if (this.next() !== mark) return false;
    this.at += 1;
    return true;
  }

  /** Where the next character stands. */
  public place(): Place {
    this.next();
    return this.placeAt(this.at);
  }

  /** Where the value stands that was taken last, until anything else is asked for. */
  public placeOfTaken(): Place {
    return this.placeAt(this.takenAt);
  }

  /**
   * Takes the next value, whole.
   *
   * @throws LandfallError where it is no JSON, at its fault, or is longer than any value may be
   */
  public take(): unknown {
    this.next();
    const length = this.lengthOfValue();
    const text = this.text.slice(this.at, this.at + length);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const fault = error instanceof SyntaxError ? scanJson(text).fault : null;
      if (fault === null) throw error;
      const isBehind = fault.expected === 'the end of the file';
      throw this.syntaxError(isBehind ? 'a comma or the closing bracket' : fault.expected, fault.offset);
    }
    this.takenAt = this.at;
    this.at += length;
    return value;
  }

  /** What is wrong with the character that comes next, or so far behind it. */
  public syntaxError(expected: string, offset = 0): LandfallError {
    this.next();
    const place = this.at + offset;
    return new LandfallError({
      code: 'JSON_SYNTAX',
      got:
        place >= this.text.length
          ? 'the end of the file'
          : shown(String.fromCodePoint(this.text.codePointAt(place) ?? 0)),
      expected,
      fix: 'check quotes, commas and brackets at this place',
      ...this.placeAt(place),
    });
  }

  private placeAt(offset: number): Place {
    const place = placeInText(this.name, this.text, offset, this.line);
    const isOnFirst = !this.text.slice(0, offset).includes('\n');
    return isOnFirst ? { ...place, at: `${this.name}:${this.line}:${this.column + offset + 1}` } : place;
  }

  /** Of the value that begins here: to its closing bracket or quote, else to the next mark; to the end where none comes. */
  private lengthOfValue(): number {
    const mark = this.text[this.at];
    if (mark === '"') return this.endOfString(0);
    if (mark !== '{' && mark !== '[') return this.find(PLAIN_END, 0) ?? this.text.length - this.at;
    let depth = 0;
    let from = 0;
    for (;;) {
      const found = this.find(STRUCTURE, from);
      if (found === null) return this.text.length - this.at;
      const structure = this.text[this.at + found];
      if (structure === '"') {
        from = this.endOfString(found);
        continue;
      }
      from = found + 1;
      depth += structure === '{' || structure === '[' ? 1 : -1;
      if (depth === 0) return from;
    }
  }

  /** Behind the closing quote of the string that opens at `start`; all offsets count from the place. */
  private endOfString(start: number): number {
    let from = start + 1;
    for (;;) {
      const quote = this.text.indexOf('"', this.at + from) - this.at;
      if (quote < 0) {
        from = this.text.length - this.at;
        if (!this.refill()) return from;
        continue;
      }
      let escapes = 0;
      while (this.text[this.at + quote - 1 - escapes] === '\\') escapes += 1;
      if (escapes % 2 === 0) return quote + 1;
      from = quote + 1;
    }
  }

  private find(pattern: RegExp, from: number): number | null {
    for (let next = from; ;) {
      pattern.lastIndex = this.at + next;
      if (pattern.test(this.text)) return pattern.lastIndex - 1 - this.at;
      next = this.text.length - this.at;
      if (!this.refill()) return null;
    }
  }

  /** Lets go of what was passed and takes the next chunk; false where none comes. */
  private refill(): boolean {
    if (this.text.length - this.at > MAXIMUM_VALUE_CHARACTERS) {
      throw new LandfallError({
        code: 'FILE_TOO_LARGE',
        got: `one value of more than ${MAXIMUM_VALUE_CHARACTERS / 2 ** 20} million characters`,
        expected: 'each run as one object of its own',
        fix: 'close the quotes and brackets of this value, or split it',
        ...this.placeAt(this.at),
      });
    }
    if (this.isEnded) return false;
    const chunk = this.chunks.next();
    if (chunk.done === true) {
      this.isEnded = true;
      return false;
    }
    const passed = Math.max(0, this.at - KEPT_BEFORE);
    const lastBreak = passed === 0 ? -1 : this.text.lastIndexOf('\n', passed - 1);
    this.line += breaksBefore(this.text, passed);
    this.column = lastBreak === -1 ? this.column + passed : passed - lastBreak - 1;
    this.text = this.text.slice(passed) + chunk.value;
    this.at -= passed;
    return true;
  }
}
