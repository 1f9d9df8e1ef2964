/** Deepest nesting that is followed, over all documents together. Templates and plans of ours have 14 levels. */
const MAXIMUM_DEPTH = 200;

/** Longest text that is put together, in UTF-16 units; a whole template may have 1 MiB. */
const MAXIMUM_TEXT = 2 ** 20;

/** Values and characters that reading may cost before what is left stays unresolved. */
const MAXIMUM_EFFORT = 2 ** 25;

const WEIGHT_OF_COPY = 16;

/**
 * What reading may still cost. Substitutions and loops can double a text at every level: without a limit a few lines
 * would fill the memory, or the stack.
 */
export class Effort {
  private left = MAXIMUM_EFFORT;
  private depth = 0;

  /** One level down for the time of `act`; `refused` where that is too deep or where too much was done already. */
  public within<T>(act: () => T, refused: () => T): T {
    if (!this.enter()) return refused();
    try {
      return act();
    } finally {
      this.leave();
    }
  }

  /** The same where closures would cost more than the act: `true` has to be followed by `leave`. */
  public enter(): boolean {
    this.left -= 1;
    if (this.depth >= MAXIMUM_DEPTH || this.left < 0) return false;
    this.depth += 1;
    return true;
  }

  public leave(): void {
    this.depth -= 1;
  }

  /** Whether there is still so much to spend. */
  public spend(amount: number): boolean {
    this.left -= amount;
    return this.left >= 0;
  }

  /** Whether one more value may be copied. A copy of a loop's body weighs more than reading it once did. */
  public affordsCopy(): boolean {
    return this.spend(WEIGHT_OF_COPY);
  }

  /** Whether a text of this length may be put together. */
  public affords(length: number): boolean {
    return this.spend(length) && length <= MAXIMUM_TEXT;
  }
}

/** Why a value was left alone that another text of the same form would have given. */
export const TOO_MUCH = 'more than this reader follows';
