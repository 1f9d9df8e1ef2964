/** Draws that are the same for the same seed. */
export interface Dice {
  /** From 0 up to 1. */
  readonly share: () => number;
  readonly chance: (probability: number) => boolean;
  readonly one: <Of>(of: readonly Of[]) => Of;
  readonly whole: (low: number, high: number) => number;
  /** As likely between 1 and 10 as between 10 and 100. */
  readonly magnitude: (low: number, high: number) => number;
}

/** Mulberry32: enough for test cases. */
export function diceOf(seed: number): Dice {
  let state = seed;
  const share = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(share() * (high - low + 1));
  return {
    share,
    whole,
    chance: (probability) => share() < probability,
    one: <Of>(of: readonly Of[]): Of => of[whole(0, of.length - 1)] as Of,
    magnitude: (low, high) => Number((low * (high / low) ** share()).toPrecision(3)),
  };
}
