import { textOf, type Flags } from '#bin/command';

/** Prices of a verb that reads no environment. */
export function statedPrices(flags: Flags): string | undefined {
  return textOf(flags, 'prices') ?? textOf(flags, 'usualPrices');
}
