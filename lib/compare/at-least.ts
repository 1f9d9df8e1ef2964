import type { OptionRow } from '#lib/compare/comparison';

/** Something in its total has no price, or in that of what serves while one waits for it. */
export function isAtLeast({ atLeast, waitAtLeast }: Pick<OptionRow, 'atLeast' | 'waitAtLeast'>): boolean {
  return atLeast || waitAtLeast === true;
}
