/** The text has a form that this reader does not follow, or that is wrong. */
export class NotFollowed extends Error {}

const MAXIMUM_DEPTH = 100;
const SPACE = /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /==|!=|<=|>=|&&|\|\||=>|\.\.\.|[-+*/%<>!?:.,()[\]{}=]/y;

/** A place in the text of an expression that moves forward only. */
export class Scanner {
  public readonly text: string;
  private at: number;
  private depth = 0;

  public constructor(text: string) {
    this.text = text;
    this.at = 0;
  }

  public get rest(): string {
    return this.text.slice(this.at);
  }

  public get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** One level of nesting. */
  public nested<T>(act: () => T): T {
    if (this.depth >= MAXIMUM_DEPTH) throw new NotFollowed('nesting');
    this.depth += 1;
    const result = act();
    this.depth -= 1;
    return result;
  }

  /** The characters as they stand, spaces among them. */
  public startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  public skip(count: number): void {
    this.at += count;
  }

  public char(): string {
    const found = this.text[this.at];
    if (found === undefined) throw new NotFollowed('an open text');
    this.at += 1;
    return found;
  }

  public name(): string | null {
    // Written here, since to make it takes 2 ms: most apps have no text to scan.
    return this.token(/[\p{ID_Start}_][\p{ID_Continue}-]*/uy);
  }

  public number(): number | null {
    const found = this.token(NUMBER);
    return found === null ? null : Number(found);
  }

  /** The operator or bracket that stands next, which stays there. */
  public operator(): string | null {
    const before = this.at;
    const found = this.token(OPERATOR);
    if (found === null) return null;
    this.at = before + this.spaceFrom(before);
    return found;
  }

  /** Takes the operator or bracket where it stands next. */
  public takes(operator: string): boolean {
    if (this.operator() !== operator) return false;
    this.at += operator.length;
    return true;
  }

  public expects(operator: string): void {
    if (!this.takes(operator)) throw new NotFollowed(`no ${operator}`);
  }

  /** Takes the word where it stands next. */
  public takesWord(word: string): boolean {
    const before = this.at;
    if (this.name() === word) return true;
    this.at = before;
    return false;
  }

  public skipSpace(): void {
    this.at += this.spaceFrom(this.at);
  }

  private spaceFrom(at: number): number {
    SPACE.lastIndex = at;
    return SPACE.exec(this.text)?.[0].length ?? 0;
  }

  private token(pattern: RegExp): string | null {
    this.skipSpace();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }
}
